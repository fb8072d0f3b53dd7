package dev.rewire.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NumberMetricsTest {
  private static final double[] ACTUAL = {3, -0.5, 2, 7};
  private static final double[] PREDICTED = {2.5, 0, 2, 8};

  /** The example of scikit-learn's documentation. */
  @Test
  void byHand() {
    RootMeanSquaredError rmse = new RootMeanSquaredError();
    MeanAbsoluteDifference mae = new MeanAbsoluteDifference();
    RSquared r2 = new RSquared();
    for (int i = 0; i < 4; i++) {
      rmse.add(PREDICTED[i], ACTUAL[i]);
      mae.add(PREDICTED[i], ACTUAL[i]);
      r2.add(PREDICTED[i], ACTUAL[i]);
    }
    assertThat(rmse.value()).isCloseTo(Math.sqrt(0.375), within(1e-15));
    assertThat(mae.value()).isEqualTo(0.5);
    assertThat(r2.value()).isCloseTo(0.9486081370449679, within(1e-14));
  }

  @Test
  void theMeanExplainsNothingAndWorseIsNegative() {
    RSquared mean = new RSquared();
    RSquared worse = new RSquared();
    for (double actual : new double[] {1, 2, 3}) {
      mean.add(2, actual);
      worse.add(4 - actual, actual);
    }
    assertThat(mean.value()).isCloseTo(0, within(1e-15));
    assertThat(worse.value()).isCloseTo(-3, within(1e-14));
  }

  @Test
  void whatIsNotDefined() {
    assertThat(new RootMeanSquaredError().value()).isNaN();
    assertThat(new MeanAbsoluteDifference().value()).isNaN();
    assertThat(new RSquared().value()).isNaN();
    RSquared same = new RSquared();
    same.add(1, 5);
    same.add(2, 5);
    assertThat(same.value()).as("nothing varies").isNaN();
  }

  /** A difference of squares would have no digit left here. */
  @Test
  void largeNumbersDoNotCancel() {
    RSquared r2 = new RSquared();
    for (int i = 0; i < 4; i++) {
      r2.add(1e9 + PREDICTED[i], 1e9 + ACTUAL[i]);
    }
    assertThat(r2.value()).isCloseTo(0.9486081370449679, within(1e-6));
  }
}
