package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ImageShape;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Numbers about maps of inputs: profile, inequality, rank correlation. */
class MapMeasuresTest {
  @Test
  void profilesOfKnownPictures() {
    double[] picture = {
      0, 0, 0, 0, //
      0, 0, 2, 0, //
      0, 0, 6, 0
    };
    RadialProfile profile = RadialProfile.of(picture, new ImageShape(3, 4, 1));
    assertThat(profile.row()).isEqualTo(1.75);
    assertThat(profile.column()).isEqualTo(2);
    // The middle is (1, 1.5): two pixels are 0.5 away, ten 1.1 to 1.8.
    assertThat(profile.means()).containsExactly(1, 0.6);
    RadialProfile empty = RadialProfile.of(new double[9], new ImageShape(3, 3, 1));
    assertThat(empty)
        .extracting(RadialProfile::row, RadialProfile::column)
        .containsExactly(1.0, 1.0);
    assertThatThrownBy(() -> RadialProfile.of(picture, new ImageShape(3, 3, 1)))
        .hasMessage("a picture of 3 x 3 pixels cannot have 12 numbers");
  }

  @Test
  void inequalityIsHalfTheMeanDifferenceOverTheMean() {
    assertThat(Gini.of(3, 3, 3)).isZero();
    assertThat(Gini.of(0, 0, 0, 8)).isEqualTo(0.75);
    assertThat(Gini.of(new double[] {0, 0})).isZero();
    double[] values = new SplittableRandom(3).doubles(50).toArray();
    double differences = 0;
    double sum = 0;
    for (double a : values) {
      sum += a;
      for (double b : values) {
        differences += Math.abs(a - b);
      }
    }
    assertThat(Gini.of(values)).isCloseTo(differences / (2 * 50 * sum), within(1e-12));
    assertThatThrownBy(() -> Gini.of(-1, 2))
        .hasMessage("a Gini coefficient needs numbers of 0 or more");
  }

  @Test
  void ranksAndCorrelationsThatAreKnown() {
    assertThat(RankCorrelation.ranks(new double[] {5, 1, 5, 0})).containsExactly(2.5, 1, 2.5, 0);
    double[] up = {1, 2, 3, 4, 5};
    assertThat(RankCorrelation.of(up, new double[] {10, 20, 21, 99, 1000}).rho()).isEqualTo(1);
    assertThat(RankCorrelation.of(up, new double[] {9, 8, 7, 6, 5}))
        .isEqualTo(new RankCorrelation(-1, -1, -1));
    // 1 - 6 sum(d^2) / (n (n^2 - 1)) = 1 - 6 * 4 / 120 for two exchanged pairs.
    RankCorrelation exchanged = RankCorrelation.of(up, new double[] {2, 1, 4, 3, 5});
    assertThat(exchanged.rho()).isCloseTo(0.8, within(1e-15));
    assertThat(exchanged.low()).isLessThan(0);
    assertThat(exchanged.high()).isBetween(0.97, 1.0);
    assertThat(RankCorrelation.of(up, new double[5]).rho()).isZero();
    assertThat(RankCorrelation.of(new double[] {1, 2}, new double[] {1, 2}))
        .isEqualTo(new RankCorrelation(1, -1, 1));
    assertThatThrownBy(() -> RankCorrelation.of(up, new double[4]))
        .hasMessage("a correlation needs two numbers of each feature, not 5 and 4");
  }

  @Test
  void intervalsOfUnrelatedNumbersHoldZeroAsOftenAsTheySay() {
    SplittableRandom random = new SplittableRandom(9);
    int missed = 0;
    for (int round = 0; round < 1000; round++) {
      double[] first = random.doubles(40).toArray();
      double[] second = random.doubles(40).toArray();
      RankCorrelation correlation = RankCorrelation.of(first, second);
      missed += correlation.low() > 0 || correlation.high() < 0 ? 1 : 0;
    }
    // 5 % of 1000 with a deviation of 7.
    assertThat(missed).isBetween(22, 78);
  }
}
