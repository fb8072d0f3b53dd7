package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.ScalingKind;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in files beside the same samples in memory. */
class MappedDatasetTest {
  private static final int SAMPLES = 333;
  private static final int WIDTH = 37;
  private static final List<String> CLASSES = List.of("a", "b", "c");

  /** The same samples twice: in memory, and as records of three parts with a byte at each end. */
  private record Twins(InMemoryDataset memory, MappedDataset mapped) {
    static Twins of(RecordLayout.Type type) {
      SplittableRandom random = new SplittableRandom(1);
      RecordLayout layout = new RecordLayout(2 + WIDTH * (long) type.bytes(), 1, WIDTH, type);
      MemorySegment bytes = Arena.ofAuto().allocate(SAMPLES * layout.bytes());
      Floats values = new Floats(SAMPLES * WIDTH);
      int[] labels = new int[SAMPLES];
      for (int i = 0; i < SAMPLES; i++) {
        labels[i] = random.nextInt(3);
        for (int f = 0; f < WIDTH; f++) {
          long at = i * layout.bytes() + 1 + (long) f * type.bytes();
          float value;
          if (type == RecordLayout.Type.FLOAT) {
            value = (float) random.nextGaussian();
            bytes.set(
                ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), at, value);
          } else {
            value = random.nextInt(256);
            bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
          }
          values.set((long) i * WIDTH + f, value);
        }
      }
      long a = 100 * layout.bytes();
      long b = 101 * layout.bytes();
      return new Twins(
          new InMemoryDataset("twin", values, WIDTH, labels, CLASSES, null),
          new MappedDataset(
              "twin",
              List.of(bytes.asSlice(0, a), bytes.asSlice(a, b - a), bytes.asSlice(b)),
              layout,
              labels,
              CLASSES,
              null,
              List.of()));
    }
  }

  private static void same(LoadedDataset found, LoadedDataset expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      assertThat(found.sample(i)).isEqualTo(expected.sample(i));
      assertThat(found.label(i)).isEqualTo(expected.label(i));
      assertThat(found.feature(i, i % WIDTH)).isEqualTo(expected.feature(i, i % WIDTH));
    }
    int[] order = new SplittableRandom(5).ints(100, 0, expected.size()).toArray();
    Floats a = new Floats(WIDTH);
    Floats b = new Floats(WIDTH);
    for (int sample : order) {
      found.copyFeatures(sample, 0, 20, a, 0);
      found.copyFeatures(sample, 20, WIDTH, a, 20);
      expected.copyFeatures(sample, 0, WIDTH, b, 0);
      assertThat(a.toArray()).isEqualTo(b.toArray());
    }
  }

  @ParameterizedTest
  @EnumSource(RecordLayout.Type.class)
  void recordsAreRows(RecordLayout.Type type) {
    Twins twins = Twins.of(type);
    same(twins.mapped, twins.memory);
    int[] some = new SplittableRandom(2).ints(200, 0, SAMPLES).toArray();
    int[] fewer = new SplittableRandom(3).ints(150, 0, 200).toArray();
    same(twins.mapped.select(some).select(fewer), twins.memory.select(some).select(fewer));
    assertThat(twins.mapped.bytes()).isEqualTo(4L * SAMPLES);
    assertThat(twins.mapped.select(some).bytes()).isEqualTo(8L * 200);
  }

  @ParameterizedTest
  @EnumSource(ScalingKind.class)
  void scalingsAreTheSame(ScalingKind kind) {
    Twins twins = Twins.of(RecordLayout.Type.FLOAT);
    assertThat(kind.fit(twins.mapped)).isEqualTo(kind.fit(twins.memory));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void trainingGivesTheSameBits(int threads) {
    Twins twins = Twins.of(RecordLayout.Type.UNSIGNED_BYTE);
    assertThat(trained(twins.mapped, threads)).isEqualTo(trained(twins.memory, 2));
  }

  private static String trained(LoadedDataset data, int threads) {
    Network network = NetworkBuilder.forData(data).hidden(30).epsilon(3).build();
    new Trainer(TrainingPlan.defaults().withEpochs(2).withBatch(40).withThreads(threads))
        .train(network, data, data);
    return Fingerprint.of(network);
  }

  @Test
  void partsMustHoldWholeRecordsAndAsManyAsLabels() {
    MemorySegment bytes = MemorySegment.ofArray(new byte[12]);
    RecordLayout layout = RecordLayout.packed(5, RecordLayout.Type.UNSIGNED_BYTE);
    assertThatThrownBy(() -> of(bytes, layout, 2))
        .hasMessageContaining("12 bytes, no multiple of 5");
    assertThatThrownBy(() -> of(bytes.asSlice(0, 10), layout, 3))
        .hasMessageContaining("2 records and 3 labels");
    assertThatThrownBy(() -> new RecordLayout(4, 1, 1, RecordLayout.Type.FLOAT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static MappedDataset of(MemorySegment bytes, RecordLayout layout, int labels) {
    return new MappedDataset(
        "d", List.of(bytes), layout, new int[labels], List.of("a"), null, List.of());
  }
}
