package dev.rewire.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is done to raw features. */
class ScalingTest {
  /** The second feature is constant. */
  private static final InMemoryDataset DATA =
      InMemoryDataset.of(
          "small", new float[][] {{1, 7, -10}, {3, 7, 0}, {5, 7, 10}, {7, 7, 0}}, new int[4]);

  private static float scaled(Scaling scaling, float x, int feature) {
    return (x - scaling.shift(feature)) * scaling.scale(feature);
  }

  @Test
  void unitBringsTheLargestAbsoluteValueToOne() {
    Scaling scaling = Scaling.unit(DATA);
    assertThat(scaling.width()).isEqualTo(1);
    assertThat(scaled(scaling, -10, 2)).isEqualTo(-1f);
    assertThat(scaled(scaling, 7, 0)).isEqualTo(0.7f);
    InMemoryDataset zeros = InMemoryDataset.of("zeros", new float[2][3], new int[2]);
    assertThat(Scaling.unit(zeros).isNone()).isTrue();
  }

  @Test
  void globalBringsMeanAndDeviationOfAllFeaturesToZeroAndOne() {
    Scaling scaling = Scaling.global(DATA);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < 4; i++) {
      for (int f = 0; f < 3; f++) {
        double x = scaled(scaling, DATA.feature(i, f), f);
        sum += x;
        squares += x * x;
      }
    }
    assertThat(sum / 12).isCloseTo(0, within(1e-6));
    assertThat(squares / 12).isCloseTo(1, within(1e-6));
    InMemoryDataset constant = InMemoryDataset.of("same", new float[][] {{3, 3}}, new int[1]);
    assertThat(scaled(Scaling.global(constant), 3, 1)).isZero();
  }

  @Test
  void standardDoesSoForEachFeature() {
    Scaling scaling = Scaling.standard(DATA, 0.5);
    assertThat(scaling.width()).isEqualTo(3);
    // Mean 4, deviation sqrt 5.
    assertThat(scaling.shift(0)).isEqualTo(4f);
    assertThat((double) scaling.scale(0)).isCloseTo(1 / (Math.sqrt(5) + 0.5), within(1e-7));
    assertThat(scaled(scaling, 7, 1)).isZero();
    assertThat((double) scaling.scale(1)).isCloseTo(2, within(1e-7));
    assertThat(Scaling.standard(DATA, 0).scale(1)).isZero();
  }

  @Test
  void equality() {
    assertThat(Scaling.none().isNone()).isTrue();
    assertThat(Scaling.all(0, 2).isNone()).isFalse();
    assertThat(Scaling.all(1, 2))
        .isEqualTo(Scaling.all(1, 2))
        .hasSameHashCodeAs(Scaling.all(1, 2))
        .isNotEqualTo(Scaling.all(1, 3))
        .isNotEqualTo(Scaling.all(2, 2))
        .isNotEqualTo(new Scaling(new float[] {1, 1}, new float[] {2, 2}));
  }

  @Test
  void asManyShiftsAsScales() {
    assertThatThrownBy(() -> new Scaling(new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("as many shifts as scales are needed: 2, 3");
    assertThatThrownBy(() -> new Scaling(new float[0], new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
