package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.train.Preset;
import dev.rewire.train.ScalingKind;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparseInMemoryDatasetTest {
  private static final List<String> CLASSES = List.of("ham", "spam");

  private static SparseInMemoryDataset.Builder builder() {
    return new SparseInMemoryDataset.Builder("mail", 5, CLASSES);
  }

  private static SparseInMemoryDataset mail() {
    return builder()
        .add(new int[] {4, 0}, new float[] {-8, 2}, 0)
        .add(new int[0], new float[0], 1)
        .add(new int[] {1, 3, 4}, new float[] {4, 0, 1}, 1)
        .build();
  }

  /** The same samples with their zeros, for comparison. */
  private static InMemoryDataset dense(SparseInMemoryDataset data) {
    float[][] rows = new float[data.size()][];
    int[] labels = new int[data.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = data.sample(i);
      labels[i] = data.label(i);
    }
    return InMemoryDataset.of(data.name(), rows, labels);
  }

  private static SparseInMemoryDataset random(int samples, int features) {
    SplittableRandom random = new SplittableRandom(samples);
    var builder = new SparseInMemoryDataset.Builder("random", features, CLASSES);
    for (int s = 0; s < samples; s++) {
      int first = random.nextInt(features - 3);
      builder.add(
          new int[] {first + random.nextInt(2, 4), first, first + 1},
          new float[] {1, (float) random.nextGaussian(), 3},
          first % 2);
    }
    return builder.build();
  }

  @Test
  void keepsWhatIsPresent() {
    SparseInMemoryDataset data = mail();

    assertThat(data.size()).isEqualTo(3);
    assertThat(data.features()).isEqualTo(5);
    assertThat(data.entries()).isEqualTo(5);
    assertThat(data.sample(0)).containsExactly(2, 0, 0, 0, -8);
    assertThat(data.sample(1)).containsExactly(0, 0, 0, 0, 0);
    assertThat(data.sample(2)).containsExactly(0, 4, 0, 0, 1);
    for (int s = 0; s < 3; s++) {
      for (int f = 0; f < 5; f++) {
        assertThat(data.feature(s, f)).isEqualTo(data.sample(s)[f]);
      }
    }
    assertThat(new int[] {data.label(0), data.label(1), data.label(2)}).containsExactly(0, 1, 1);
    assertThat(data.image()).isNull();
  }

  @Test
  void selects() {
    SparseInMemoryDataset chosen = mail().select(new int[] {2, 0, 2});

    assertThat(chosen.entries()).isEqualTo(8);
    assertThat(chosen.sample(1)).containsExactly(2, 0, 0, 0, -8);
    assertThat(chosen.sample(2)).containsExactly(0, 4, 0, 0, 1);
    assertThat(chosen.label(0)).isEqualTo(1);
    assertThat(chosen.select(new int[] {1}).sample(0)).containsExactly(2, 0, 0, 0, -8);
  }

  @Test
  void fillsRowsWithZeros() {
    SparseInMemoryDataset data = random(40, 70);
    InMemoryDataset twin = dense(data);
    Floats row = new Floats(70);
    for (int sample : new int[] {3, 39, 0, 17}) {
      row.fill(0, 70, Float.NaN);
      // In two parts, as two threads do it.
      data.copyFeatures(sample, 0, 33, row, 0);
      data.copyFeatures(sample, 33, 70, row, 33);
      assertThat(row.toArray()).isEqualTo(twin.sample(sample));
    }
  }

  @Test
  void fillsBatches() {
    SparseInMemoryDataset data = random(40, 70);
    SparseBatch batch = Scaling.all(0, 2).batch(70);
    int[] order = {3, 39, 0, 17, 17};
    data.fillSparse(order, 1, 4, batch);

    assertThat(batch.entries()).isEqualTo(12);
    float[][] rows = new float[4][70];
    for (int f = 0; f < 70; f++) {
      for (int k = batch.start()[f]; k < batch.start()[f + 1]; k++) {
        rows[batch.sample()[k]][f] += batch.value()[k] / 2;
      }
    }
    for (int b = 0; b < 4; b++) {
      assertThat(rows[b]).containsExactly(data.sample(order[1 + b]));
    }
    assertThatThrownBy(() -> data.fillSparse(order, 0, 1, new SparseBatch(69, 1f)))
        .hasMessageContaining("has 70 features, the batch is made for 69");
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalingKind.class,
      names = {"NONE", "UNIT", "MAX_ABS"})
  void isScaledAsWithItsZeros(ScalingKind kind) {
    SparseInMemoryDataset data = random(40, 70);
    assertThat(kind.fit(data)).isEqualTo(kind.fit(dense(data)));
    assertThat(kind.keepsZeros()).isTrue();
    assertThat(kind.fit(data).keepsZeros()).isTrue();
  }

  @Test
  void everyFeatureHasItsOwnScale() {
    Scaling scaling = Scaling.maxAbs(mail());
    float[] scale = new float[5];
    for (int f = 0; f < 5; f++) {
      scale[f] = scaling.scale(f);
      assertThat(scaling.shift(f)).isZero();
    }
    assertThat(scale).containsExactly(0.5f, 0.25f, 1, 1, 0.125f);
  }

  @ParameterizedTest
  @EnumSource(
      value = ScalingKind.class,
      names = {"GLOBAL", "STANDARD"})
  void meansAreNotSubtracted(ScalingKind kind) {
    assertThat(kind.keepsZeros()).isFalse();
    assertThat(kind.fit(dense(mail())).keepsZeros()).isFalse();
    assertThatThrownBy(() -> kind.fit(mail()))
        .hasMessageContaining("mail is sparse")
        .hasMessageContaining("max-abs");
    assertThatThrownBy(() -> kind.fit(dense(mail())).batch(5)).hasMessageContaining("max-abs");
  }

  @Test
  void trainsToTheBitsOfItsDenseTwin() {
    SparseInMemoryDataset data = random(300, 60);
    TrainingPlan plan = Preset.DEFAULT.recipe().plan().withEpochs(3).withBatch(32);
    Network[] networks = new Network[2];
    for (int k = 0; k < 2; k++) {
      LoadedDataset samples = k == 0 ? data : dense(data);
      networks[k] =
          new NetworkBuilder(60, samples.classNames())
              .hidden(50)
              .epsilon(5)
              .scaling(Scaling.maxAbs(samples))
              .seed(3)
              .build();
      new Trainer(plan).train(networks[k], samples, samples);
    }
    for (int l = 0; l < 2; l++) {
      assertThat(networks[0].layers().get(l).weight().toArray())
          .containsExactly(networks[1].layers().get(l).weight().toArray());
    }
    assertThat(networks[0].evaluate(data).accuracy()).isGreaterThan(0.55);
  }

  @Test
  void builderRefusesWhatIsNoSample() {
    assertThatThrownBy(() -> builder().add(new int[] {1, 1}, new float[2], 0))
        .hasMessageContaining("features of sample 0 must be distinct, 0 to 4: 1");
    assertThatThrownBy(() -> builder().add(new int[] {5}, new float[1], 0))
        .hasMessageContaining("0 to 4: 5");
    assertThatThrownBy(() -> builder().add(new int[] {-1}, new float[1], 0))
        .hasMessageContaining("0 to 4: -1");
    assertThatThrownBy(() -> builder().add(new int[] {1, 2}, new float[1], 0))
        .hasMessageContaining("2 features and 1 values");
    assertThatThrownBy(() -> builder().add(new int[0], new float[0], 2).build())
        .hasMessageContaining("label of sample 0 is 2, allowed 0 to 1");
  }

  @Test
  void rowsThatDoNotFit() {
    assertThatThrownBy(() -> wrap(new long[] {0, 2}, 1, 1)).hasMessageContaining("must ascend");
    assertThatThrownBy(() -> wrap(new long[] {0, 2}, 1, 5)).hasMessageContaining("below 5: 5");
    assertThatThrownBy(() -> wrap(new long[] {0, 1}, 1, 2)).hasMessageContaining("fit together");
    assertThatThrownBy(() -> wrap(new long[] {0, 2, 2}, 1, 2)).hasMessageContaining("fit together");
    assertThat(wrap(new long[] {0, 2}, 1, 2).entries()).isEqualTo(2);
  }

  private static SparseInMemoryDataset wrap(long[] start, int... features) {
    return new SparseInMemoryDataset(
        "wrapped", 5, start, Ints.of(features), new Floats(features.length), new int[1], CLASSES);
  }

  /** A view of some rows is the copy of those rows. */
  @Test
  void viewsOfMappedSamplesAreTheirCopies() {
    SparseInMemoryDataset all = random(300, 40);
    int[] first = new SplittableRandom(3).ints(250, 0, 300).toArray();
    int[] second = new SplittableRandom(4).ints(200, 0, 250).toArray();
    SparseInMemoryDataset copy = all.select(first).select(second);
    SparseInMemoryDataset view = all.mapped().select(first).select(second);
    assertThat(view.entries()).isEqualTo(copy.entries());
    assertThat(view.bytes()).isLessThan(copy.bytes());
    for (int i = 0; i < 200; i++) {
      assertThat(view.sample(i)).isEqualTo(copy.sample(i)).isEqualTo(all.sample(first[second[i]]));
      assertThat(view.label(i)).isEqualTo(copy.label(i));
      assertThat(view.feature(i, 7)).isEqualTo(copy.feature(i, 7));
    }
    assertThat(ScalingKind.LOG1P_MAX_ABS.fit(view)).isEqualTo(ScalingKind.LOG1P_MAX_ABS.fit(copy));
    assertThat(trained(view, ScalingKind.MAX_ABS)).isEqualTo(trained(copy, ScalingKind.MAX_ABS));
  }

  /** The logarithm of sparse samples is the logarithm of their rows. */
  @Test
  void theLogarithmOfSparseSamples() {
    SparseInMemoryDataset data = random(200, 30);
    Network network =
        NetworkBuilder.forData(data)
            .hidden(20)
            .scaling(ScalingKind.LOG1P_MAX_ABS.fit(data))
            .build();
    float[][] sparse = network.predict(data, 3, 1, 199);
    float[][] rows =
        network.predict(new float[][] {data.sample(3), data.sample(1), data.sample(199)});
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 2; k++) {
        assertThat(sparse[i][k]).isCloseTo(rows[i][k], within(1e-5f));
      }
    }
  }

  private static String trained(SparseInMemoryDataset data, ScalingKind scaling) {
    Network network =
        NetworkBuilder.forData(data).hidden(30).scaling(scaling.fit(data)).epsilon(3).build();
    new Trainer(TrainingPlan.defaults().withEpochs(2).withBatch(30).withThreads(2))
        .train(network, data, data);
    return Fingerprint.of(network);
  }
}
