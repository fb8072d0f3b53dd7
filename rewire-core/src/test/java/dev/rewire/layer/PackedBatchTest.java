package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches without their zeros against the same batches as they were. */
class PackedBatchTest {
  private static final int INPUTS = 150;
  private static final int OUTPUTS = 90;

  /** Part of the numbers is 0; what pads the last tile is not, but in gradients. */
  private static Activations rows(
      int units, int samples, double zeros, boolean padded, SplittableRandom random) {
    Activations rows = new Activations(units, samples);
    for (int unit = 0; unit < units; unit++) {
      for (int b = 0; b < rows.samples(); b++) {
        boolean zero = b < samples ? unit % 7 == 3 || random.nextDouble() < zeros : !padded;
        rows.set(unit, b, zero ? 0f : (float) random.nextGaussian());
      }
    }
    return rows;
  }

  private static SparseBatch entries(int samples, SplittableRandom random) {
    long[] rowStart = new long[samples + 1];
    List<Integer> features = new ArrayList<>();
    for (int b = 0; b < samples; b++) {
      for (int i = 0; i < INPUTS; i++) {
        if (random.nextInt(5) == 0) {
          features.add(i);
        }
      }
      rowStart[b + 1] = features.size();
    }
    Ints column = new Ints(features.size());
    Floats value = new Floats(features.size());
    for (int k = 0; k < features.size(); k++) {
      column.set(k, features.get(k));
      value.set(k, (float) random.nextGaussian());
    }
    SparseBatch entries = new SparseBatch(INPUTS, 1f);
    entries.fill(rowStart, column, value, IntStream.range(0, samples).toArray(), 0, samples);
    return entries;
  }

  private static Signals.Batch batch(
      int samples, boolean sparse, double zeros, SplittableRandom random) {
    return new Signals.Batch(
        sparse ? null : rows(INPUTS, samples, zeros, true, random),
        sparse ? entries(samples, random) : null,
        rows(OUTPUTS, samples, zeros, false, random),
        rows(OUTPUTS, samples, zeros, true, random),
        samples);
  }

  private static float[] cells(Consumer<Signals.Blocks> source) {
    float[] cells = new float[INPUTS * OUTPUTS];
    source.accept((worker, output, outputs, input, inputs, values) -> {
      for (int r = 0; r < outputs; r++) {
        for (int i = 0; i < inputs; i++) {
          long at = (long) r * DenseGradient.PANEL + i;
          cells[(output + r) * INPUTS + input + i] = values.get(at);
        }
      }
    });
    return cells;
  }

  @ParameterizedTest
  @CsvSource({
    "128, false, 0.5, 1",
    "100, false, 0.7, 2",
    "64, false, 0, 3",
    "20, false, 0.5, 2",
    "1, false, 0.3, 1",
    "100, true, 0.6, 2"
  })
  void nothingIsLost(int samples, boolean sparse, double zeros, int threads) {
    SplittableRandom random = new SplittableRandom(samples);
    Signals.Batch newest = batch(samples, sparse, zeros, random);
    List<Signals.Batch> all = new ArrayList<>(List.of(newest));
    List<PackedBatch> older = new ArrayList<>();
    for (int k = 0; k < 3; k++) {
      PackedBatch packed = new PackedBatch(newest, true, true);
      // Memory that another batch was in.
      packed.keep(batch(samples, sparse, 1 - zeros, random));
      Signals.Batch next = batch(samples, sparse, zeros, random);
      packed.keep(next);
      older.add(packed);
      all.add(next);
    }
    Topology topology =
        Topology.ofCells(
            INPUTS,
            OUTPUTS,
            random.longs(0, INPUTS * OUTPUTS).distinct().limit(600).sorted().toArray());
    Floats[] connections = {new Floats(600), new Floats(600)};
    try (Compute compute = new Compute(threads)) {
      Signals plain = new Signals(compute, all);
      Signals packed = new Signals(compute, List.of(newest)).with(older);
      assertThat(packed.batches()).hasSize(4);
      float[] sums = cells(blocks -> plain.dense(0.9, blocks));
      assertThat(cells(blocks -> packed.dense(0.9, blocks))).isEqualTo(sums);
      assertThat(sums).doesNotContain(Float.NaN).contains(0f);
      assertThat(cells(packed::everyCell)).isEqualTo(cells(plain::everyCell));
      assertThat(cells(packed::cosine)).isEqualTo(cells(plain::cosine));
      plain.ofConnections(topology, connections[0]);
      packed.ofConnections(topology, connections[1]);
      assertThat(connections[1].toArray()).isEqualTo(connections[0].toArray());
    }
  }

  /** What nobody wanted is not there, and that is said. */
  @Test
  void whatIsNotKeptIsMissed() {
    SplittableRandom random = new SplittableRandom(1);
    Signals.Batch batch = batch(30, false, 0.5, random);
    PackedBatch packed = new PackedBatch(batch, false, true);
    packed.keep(batch);
    assertThat(packed.gradients()).isFalse();
    assertThat(packed.outputs()).isTrue();
    try (Compute compute = new Compute(1)) {
      Signals signals = new Signals(compute, List.of(batch)).with(List.of(packed));
      assertThat(cells(signals::cosine)).isNotEmpty();
      assertThatThrownBy(() -> signals.dense(0.9, (a, b, c, d, e, f) -> {}))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("gradients()");
    }
  }
}
