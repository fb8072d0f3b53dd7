package dev.rewire.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitTest {
  @Test
  void everyClassHasTheSameShare() {
    InMemoryDataset all = samples(100, 50, 10);

    DatasetPair pair = Split.stratified(all, .2, 7);

    assertThat(counts(pair.test())).containsExactly(20, 10, 2);
    assertThat(counts(pair.train())).containsExactly(80, 40, 8);
    Set<Float> seen = new HashSet<>();
    for (LoadedDataset part : new LoadedDataset[] {pair.train(), pair.test()}) {
      IntStream.range(0, part.size()).forEach(i -> seen.add(part.feature(i, 0)));
    }
    assertThat(seen).hasSize(160);
  }

  @Test
  void theSeedDecides() {
    InMemoryDataset all = samples(30, 30);

    assertThat(ids(Split.stratified(all, .3, 5))).isEqualTo(ids(Split.stratified(all, .3, 5)));
    assertThat(ids(Split.stratified(all, .3, 5))).isNotEqualTo(ids(Split.stratified(all, .3, 6)));
    // A fixed example: splits must not change from one version to the next.
    assertThat(ids(Split.stratified(samples(6, 6), .34, 1))).containsExactly(FIXED);
  }

  @Test
  void aSingleSampleIsTrained() {
    DatasetPair pair = Split.stratified(samples(10, 1, 2), .9, 1);

    assertThat(counts(pair.train())).containsExactly(1, 1, 1);
    assertThat(counts(pair.test())).containsExactly(9, 0, 1);
  }

  @Test
  void tooFewSamples() {
    assertThatThrownBy(() -> Split.stratified(samples(2, 2), .2, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("too few samples (4) to set aside a share of 0.2");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1, Double.NaN})
  void wrongShare(double share) {
    assertThatThrownBy(() -> Split.stratified(samples(9, 9), share, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Double.toString(share));
  }

  @Test
  void partsThatDoNotFit() {
    assertThatThrownBy(() -> new DatasetPair(samples(2, 2), samples(2, 2, 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has the classes [0, 1] for training and [0, 1, 2] for testing");
  }

  /** Each sample is tested once, and each class is spread evenly. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void foldsTestEverySampleOnce(int folds) {
    InMemoryDataset all = samples(53, 30, 7, 1);
    int[] tested = new int[all.size()];
    int[] least = {99, 99, 99, 99};
    int[] most = new int[4];
    for (int fold = 1; fold <= folds; fold++) {
      DatasetPair pair = Split.fold(all, folds, fold, 3);
      for (float id : ids(pair)) {
        tested[(int) id]++;
      }
      assertThat(pair.train().size() + pair.test().size()).isEqualTo(all.size());
      int[] counts = counts(pair.test());
      for (int c = 0; c < 4; c++) {
        least[c] = Math.min(least[c], counts[c]);
        most[c] = Math.max(most[c], counts[c]);
      }
    }
    assertThat(tested).containsOnly(1);
    for (int c = 0; c < 4; c++) {
      assertThat(most[c] - least[c]).isLessThanOrEqualTo(1);
    }
    assertThat(ids(Split.fold(all, folds, 1, 3))).isEqualTo(ids(Split.fold(all, folds, 1, 3)));
    assertThat(ids(Split.fold(all, folds, 1, 3))).isNotEqualTo(ids(Split.fold(all, folds, 1, 4)));
  }

  @Test
  void threePartsWithoutCommonSamples() {
    InMemoryDataset all = samples(100, 50);
    DatasetPair pair = new Holdout(.25, 0, 0).divide(all, .2, 9);
    LoadedDataset validation = requireNonNull(pair.validation());
    assertThat(counts(pair.test())).containsExactly(20, 10);
    assertThat(counts(validation)).containsExactly(20, 10);
    assertThat(counts(pair.train())).containsExactly(60, 30);
    assertThat(pair.watched()).isSameAs(validation);
    assertThat(ids(pair)).isEqualTo(ids(Split.stratified(all, .2, 9)));
    Set<Float> seen = new HashSet<>();
    for (LoadedDataset part : new LoadedDataset[] {pair.train(), pair.test(), validation}) {
      IntStream.range(0, part.size()).forEach(i -> seen.add(part.feature(i, 0)));
    }
    assertThat(seen).hasSize(150);
  }

  @Test
  void aFoldOfDataWithTheirOwnTestIsForValidation() {
    DatasetPair own = new DatasetPair(samples(20, 10), samples(5, 5));
    DatasetPair pair = new Holdout(0, 5, 2).divide(own, 1);
    assertThat(pair.test()).isSameAs(own.test());
    assertThat(counts(requireNonNull(pair.validation()))).containsExactly(4, 2);
    assertThat(counts(pair.train())).containsExactly(16, 8);
    assertThat(Holdout.NONE.divide(own, 1)).isSameAs(own);
    assertThat(own.watched()).isSameAs(own.test());
    assertThatThrownBy(() -> new Holdout(.1, 5, 2).divide(own, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fold 2 is for validation");
  }

  @Test
  void fewerSamplesKeepTheSharesOfTheClasses() {
    DatasetPair own = new DatasetPair(samples(200, 100), samples(50, 10));
    DatasetPair pair = new Holdout(.1, 0, 0, 90, 7).divide(own, 1);
    assertThat(counts(pair.train())).containsExactly(60, 30);
    assertThat(counts(pair.test())).containsExactly(6, 1);
    assertThat(counts(requireNonNull(pair.validation()))).containsExactly(20, 10);
    assertThat(ids(new Holdout(.1, 0, 0, 90, 7).divide(own, 1))).isEqualTo(ids(pair));
    assertThat(ids(new Holdout(.1, 0, 0, 90, 7).divide(own, 2))).isNotEqualTo(ids(pair));
    assertThat(Split.sample(own.train(), 300, 5)).isSameAs(own.train());
    assertThat(Split.sample(own.train(), 301, 5)).isSameAs(own.train());
    assertThatThrownBy(() -> Split.sample(own.train(), 0, 5))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Holdout(0, 0, 0, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void impossibleFolds() {
    assertThatThrownBy(() -> Split.fold(samples(2, 2), 5, 1, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("4 samples, too few for 5 folds");
    assertThatThrownBy(() -> new Holdout(0, 5, 6)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Holdout(0, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Holdout(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final float[] FIXED = {0, 3, 9, 10};

  private static InMemoryDataset samples(int... counts) {
    int size = IntStream.of(counts).sum();
    float[][] rows = new float[size][1];
    int[] labels = new int[size];
    int at = 0;
    for (int c = 0; c < counts.length; c++) {
      for (int i = 0; i < counts[c]; i++) {
        rows[at][0] = at;
        labels[at++] = c;
      }
    }
    return InMemoryDataset.of("samples", rows, labels);
  }

  private static int[] counts(LoadedDataset data) {
    int[] counts = new int[data.classNames().size()];
    IntStream.range(0, data.size()).forEach(i -> counts[data.label(i)]++);
    return counts;
  }

  private static float[] ids(DatasetPair pair) {
    float[] ids = new float[pair.test().size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = pair.test().feature(i, 0);
    }
    return ids;
  }
}
