package dev.rewire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Metrics of classes on cases that can be counted by hand. */
class ClassMetricsTest {
  @Test
  void topKNamesTheHighestOutputs() {
    TopK first = new TopK(1);
    TopK second = new TopK(2);
    float[][] outputs = {{0.7f, 0.2f, 0.1f}, {0.5f, 0.4f, 0.1f}, {0.1f, 0.3f, 0.6f}};
    int[] labels = {0, 1, 0};
    for (int s = 0; s < 3; s++) {
      first.add(outputs[s], labels[s]);
      second.add(outputs[s], labels[s]);
    }
    assertThat(first.value()).isEqualTo(1 / 3.0);
    assertThat(second.value()).isEqualTo(2 / 3.0);
  }

  @Test
  void topKGivesNothingForSayingTheSameOfAll() {
    TopK second = new TopK(2);
    second.add(new float[] {1, 1, 1}, 0);
    assertThat(second.value()).isZero();
    second.add(new float[] {Float.NaN, Float.NaN, Float.NaN}, 0);
    assertThat(second.value()).as("NaN names nothing").isZero();
    second.add(new float[] {1, 1, 0}, 0);
    assertThat(second.value()).as("a tie within the first two").isEqualTo(1 / 3.0);
    assertThat(new TopK(1).value()).isNaN();
    assertThatThrownBy(() -> new TopK(0)).hasMessageContaining("1 or more");
  }

  /** Classes a, b, c: a twice right, once taken for b; b once right; c once taken for a. */
  @Test
  void f1OfEachClassAndItsMeans() {
    F1 f1 = new F1(3);
    f1.add(0, 0);
    f1.add(0, 0);
    f1.add(0, 1);
    f1.add(1, 1);
    f1.add(2, 0);
    assertThat(f1.value(0)).isCloseTo(4 / 6.0, within(1e-15));
    assertThat(f1.value(1)).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(f1.value(2)).isZero();
    assertThat(f1.macro()).isCloseTo(4 / 9.0, within(1e-15));
    assertThat(f1.micro()).as("of one label a sample, the accuracy").isCloseTo(0.6, within(1e-15));
  }

  @Test
  void f1LeavesOutWhatNeitherOccursNorIsSaid() {
    F1 f1 = new F1(3);
    f1.add(0, 0);
    assertThat(f1.value(1)).isNaN();
    assertThat(f1.macro()).isEqualTo(1);
    f1.add(0, 2);
    assertThat(f1.macro()).as("said, but never there").isEqualTo((2 / 3.0 + 0) / 2);
    assertThat(new F1(2).macro()).isNaN();
    assertThat(new F1(2).micro()).isNaN();
  }

  @Test
  void f1OfSeveralLabels() {
    F1 f1 = new F1(2);
    f1.add(0, true, true);
    f1.add(1, true, false);
    f1.add(0, false, true);
    f1.add(1, true, true);
    f1.add(0, false, false);
    assertThat(f1.value(0)).isEqualTo(2 / 3.0);
    assertThat(f1.value(1)).isEqualTo(2 / 3.0);
    assertThat(f1.micro()).isEqualTo(4 / 6.0);
  }

  @Test
  void confusionsAreCountedByRow() {
    ConfusionMatrix matrix = new ConfusionMatrix(3);
    matrix.add(0, 0);
    matrix.add(0, 2);
    matrix.add(0, 2);
    matrix.add(0, 1);
    matrix.add(2, 2);
    assertThat(matrix.counts()).isDeepEqualTo(new int[][] {{1, 1, 2}, {0, 0, 0}, {0, 0, 1}});
    assertThat(matrix.samples(0)).isEqualTo(4);
    assertThat(matrix.recall(0)).isEqualTo(0.25);
    assertThat(matrix.recall(1)).isNaN();
    assertThat(matrix.worst(0)).isEqualTo(2);
    assertThat(matrix.worst(2)).isEqualTo(-1);
    assertThatThrownBy(() -> new ConfusionMatrix(1001)).hasMessageContaining("1 to 1000");
  }

  /** Two bins: 0.4 and 0.5, one of them right; 0.9 and 0.7, both right. */
  @Test
  void calibrationIsTheDistanceOfWhatIsSaidFromWhatIsSo() {
    CalibrationError error = new CalibrationError(2);
    error.add(0.4, true);
    error.add(0.5, false);
    error.add(0.9, true);
    error.add(0.7, true);
    double low = Math.abs(0.5 - 0.45) * 2 / 4;
    double high = Math.abs(1 - 0.8) * 2 / 4;
    assertThat(error.value()).isCloseTo(low + high, within(1e-15));
  }

  @Test
  void calibrationAtTheEnds() {
    CalibrationError error = new CalibrationError();
    assertThat(error.value()).isNaN();
    error.add(1, true);
    assertThat(error.value()).isZero();
    error.add(0, false);
    assertThat(error.value()).isZero();
    error.add(1, false);
    assertThat(error.value()).as("one of two that were certain").isCloseTo(1 / 3.0, within(1e-15));
  }
}
