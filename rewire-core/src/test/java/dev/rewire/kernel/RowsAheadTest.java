package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations larger than the caches, whose rows are read ahead: the bits of the obvious loops. */
class RowsAheadTest {
  private static final int OUTPUTS = 90;
  private static final int FULLEST = 700;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 5, 8})
  void readingAheadChangesNoResult(int batch) {
    int width = Activations.width(batch);
    int inputs = (int) (RowsAhead.LEAST_BYTES / (width * 4L)) + 7;
    SplittableRandom random = new SplittableRandom(batch);
    Topology t = topology(inputs, random);
    Activations x = random(inputs, batch, random);
    Activations d = random(OUTPUTS, batch, random);
    assertThat(RowsAhead.pays(x)).isTrue();
    assertThat(RowsAhead.pays(d)).isFalse();
    Floats weight = random(t.connections(), random);
    Floats bias = random(OUTPUTS, random);
    Kernels[] both = {KernelProvider.get(), KernelProvider.scalar()};
    Activations[] y = {new Activations(OUTPUTS, batch), new Activations(OUTPUTS, batch)};
    Activations[] dx = {new Activations(inputs, batch), new Activations(inputs, batch)};
    Floats[] g = {new Floats(t.connections()), new Floats(t.connections())};
    for (int k = 0; k < both.length; k++) {
      Ints rowStart = t.rowStart();
      both[k].gather(rowStart, t.column(), weight, 0, bias, x, y[k], 0, 0, 33);
      both[k].gather(rowStart, t.column(), weight, 0, bias, x, y[k], 0, 33, OUTPUTS);
      scatterInTwoParts(both[k], t, weight, d, dx[k]);
      products(both[k], t, x, d, g[k]);
    }
    assertThat(y[0].values().toArray()).isEqualTo(y[1].values().toArray());
    assertThat(dx[0].values().toArray()).isEqualTo(dx[1].values().toArray());
    assertThat(g[0].toArray()).isEqualTo(g[1].toArray());
  }

  /** Rows without connections, short ones, and some that are longer than a run. */
  private static Topology topology(int inputs, SplittableRandom random) {
    long[] cells =
        LongStream.range(0, OUTPUTS)
            .flatMap(j -> {
              long fanIn = j % 7 == 3 ? 0 : j % 10 == 5 ? FULLEST : random.nextInt(60);
              return LongStream.generate(() -> j * inputs + random.nextInt(inputs)).limit(fanIn);
            })
            .sorted()
            .distinct()
            .toArray();
    return Topology.ofCells(inputs, OUTPUTS, cells);
  }

  /** As two threads do: the lower half of the inputs, then the upper one. */
  private static void scatterInTwoParts(
      Kernels kernels, Topology t, Floats weight, Activations d, Activations dx) {
    Ints split = new Ints(OUTPUTS);
    for (int j = 0; j < OUTPUTS; j++) {
      int e = t.rowStart().get(j);
      while (e < t.rowStart().get(j + 1L) && t.column().get(e) < t.inputs() / 2) {
        e++;
      }
      split.set(j, e);
    }
    kernels.scatter(t.rowStart(), split, 0, t.column(), weight, d, dx, 0, 0, t.outputs());
    kernels.scatter(split, t.rowStart(), 1, t.column(), weight, d, dx, 0, 0, t.outputs());
  }

  private static void products(
      Kernels kernels, Topology t, Activations x, Activations d, Floats out) {
    Floats scratch = new Floats(Kernels.SCRATCH);
    kernels.products(t.rowStart(), t.column(), x, d, 0, 0, 0, t.connections(), out, false, scratch);
  }

  private static Activations random(int units, int batch, SplittableRandom random) {
    Activations activations = new Activations(units, batch);
    return Activations.view(random(activations.values().length(), random), units, batch);
  }

  private static Floats random(long length, SplittableRandom random) {
    Floats floats = new Floats(length);
    for (long i = 0; i < length; i++) {
      floats.set(i, random.nextFloat() - 0.5f);
    }
    return floats;
  }
}
