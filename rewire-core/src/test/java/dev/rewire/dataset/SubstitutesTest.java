package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.ScalingKind;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples with gaps beside the same samples with the gaps filled in. */
class SubstitutesTest {
  private static final int SAMPLES = 150;
  private static final int WIDTH = 11;
  private static final List<String> CLASSES = List.of("a", "b");

  private final float[] gaps = new float[SAMPLES * WIDTH];
  private final float[] filled = new float[SAMPLES * WIDTH];
  private final float[] substitutes = new float[WIDTH];
  private final int[] labels = new int[SAMPLES];

  SubstitutesTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int f = 0; f < WIDTH; f++) {
      substitutes[f] = (float) random.nextDouble(1, 4);
    }
    for (int i = 0; i < gaps.length; i++) {
      boolean missing = random.nextInt(6) == 0;
      float value = (float) random.nextDouble(0, 5);
      gaps[i] = missing ? Float.NaN : value;
      filled[i] = missing ? substitutes[i % WIDTH] : value;
    }
    for (int s = 0; s < SAMPLES; s++) {
      labels[s] = filled[s * WIDTH] > 2 ? 1 : 0;
    }
  }

  private InMemoryDataset memory(float[] values) {
    Floats copied = new Floats(values.length);
    copied.copy(values, 0, 0, values.length);
    return new InMemoryDataset("twin", copied, WIDTH, labels, CLASSES, null);
  }

  private MappedDataset mapped() {
    return new MappedDataset(
        "twin",
        List.of(MemorySegment.ofArray(gaps)),
        RecordLayout.packed(WIDTH, RecordLayout.Type.FLOAT),
        labels,
        CLASSES,
        null,
        List.of());
  }

  private static Network trained(LoadedDataset data, ScalingKind kind) {
    Network network =
        new NetworkBuilder(WIDTH, CLASSES)
            .hidden(9)
            .epsilon(4)
            .scaling(kind.fit(data).withSubstitutes(data.substitutes()))
            .build();
    TrainingPlan plan = TrainingPlan.defaults().withBatch(20).withEpochs(2).withThreads(2);
    new Trainer(plan).train(network, data, data);
    return network;
  }

  @Test
  void aFileWithGapsIsReadAsIfTheyWereFilledIn() {
    MappedDataset file = mapped().withSubstitutes(substitutes);
    InMemoryDataset twin = memory(filled);
    int[] some = {7, 3, 149, 0, 0, 21};
    LoadedDataset part = file.select(some);
    for (int s = 0; s < SAMPLES; s++) {
      assertThat(file.sample(s)).isEqualTo(twin.sample(s));
      assertThat(file.feature(s, s % WIDTH)).isEqualTo(twin.feature(s, s % WIDTH));
    }
    for (int s = 0; s < some.length; s++) {
      assertThat(part.sample(s)).isEqualTo(twin.sample(some[s]));
    }
    assertThat(part.substitutes()).isEqualTo(substitutes);
    assertThat(mapped().withSubstitutes(0).sample(1)).doesNotContain(Float.NaN).contains(0);
    assertThat(Fingerprint.of(trained(file, ScalingKind.STANDARD)))
        .isEqualTo(Fingerprint.of(trained(twin, ScalingKind.STANDARD)));
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalingKind.class,
      names = {"NONE", "STANDARD", "LOG1P", "LOG1P_STANDARD"})
  void aNetworkFillsGapsBeforeItScales(ScalingKind kind) {
    Network network = trained(memory(filled).withSubstitutes(substitutes), kind);
    for (int count : new int[] {1, 3, 64, 100}) {
      float[][] raw = new float[count][];
      float[][] whole = new float[count][];
      for (int s = 0; s < count; s++) {
        raw[s] = memory(gaps).sample(s);
        whole[s] = memory(filled).sample(s);
      }
      assertThat(network.predict(raw)).isDeepEqualTo(network.predict(whole));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalingKind.class,
      names = {"MAX_ABS", "LOG1P", "NONE"})
  void sparseSamplesToo(ScalingKind kind) {
    SparseInMemoryDataset whole = sparse(filled);
    Network network = trained(whole.withSubstitutes(substitutes), kind);
    assertThat(network.evaluate(sparse(gaps))).isEqualTo(network.evaluate(whole));
  }

  private SparseInMemoryDataset sparse(float[] values) {
    long[] starts = new long[SAMPLES + 1];
    Ints features = new Ints(values.length);
    Floats entries = new Floats(values.length);
    for (int i = 0; i < values.length; i++) {
      features.set(i, i % WIDTH);
      entries.set(i, values[i]);
      starts[i / WIDTH + 1] = i + 1;
    }
    return new SparseInMemoryDataset("twin", WIDTH, starts, features, entries, labels, CLASSES);
  }

  @Test
  void theModelFileKeepsThem(@TempDir Path folder) throws IOException {
    Network network = trained(memory(filled).withSubstitutes(substitutes), ScalingKind.UNIT);
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(network, file);
    Network read = ModelFile.read(file);
    assertThat(read.scaling()).isEqualTo(network.scaling());
    assertThat(read.scaling().substitutes()).isEqualTo(substitutes);
    assertThat(read.predict(memory(gaps).sample(0)))
        .isEqualTo(network.predict(memory(filled).sample(0)));
  }

  @Test
  void whatCannotStandIn() {
    assertThatThrownBy(() -> memory(filled).withSubstitutes(1, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or 11");
    assertThatThrownBy(() -> memory(filled).withSubstitutes(Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
    Scaling scaling = Scaling.none();
    assertThat(scaling.withSubstitutes(2)).isNotEqualTo(scaling);
    assertThat(scaling.withSubstitutes(2).isNone()).isFalse();
  }
}
