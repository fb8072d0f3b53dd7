package dev.rewire.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
  /** Values of tables, in the middle and in both tails. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 0",
    "0.6, 0.2533471031357997",
    "0.8413447460685429, 1",
    "0.975, 1.959963984540054",
    "0.99, 2.3263478740408408",
    "0.001, -3.090232306167813",
    "1e-6, -4.753424308822899",
    "1e-10, -6.361340902404056"
  })
  void isTheInverseOfTheDistribution(double p, double x) {
    assertThat(Normal.quantile(p)).isCloseTo(x, within(1e-8));
    assertThat(Normal.quantile(1 - p)).isCloseTo(-x, within(1e-6));
  }

  @Test
  void allBitsGiveANumber() {
    assertThat(Normal.of(0)).isCloseTo(-8.2095, within(1e-3));
    assertThat(Normal.of(-1)).isEqualTo(-Normal.of(0));
  }

  /** Mean, variance, skewness and kurtosis of numbers that are counted, not drawn one by one. */
  @Test
  void momentsOfCountedNumbers() {
    int count = 200_000;
    double[] moments = new double[5];
    long key = new RandomStreams(3).key(Purpose.NOISE, 1, 2);
    for (int i = 0; i < count; i++) {
      double x = Normal.of(RandomStreams.mix(key + i));
      for (int m = 1; m < 5; m++) {
        moments[m] += Math.pow(x, m) / count;
      }
    }
    // Five standard deviations of each of them.
    assertThat(moments[1]).isCloseTo(0, within(0.012));
    assertThat(moments[2]).isCloseTo(1, within(0.016));
    assertThat(moments[3]).isCloseTo(0, within(0.044));
    assertThat(moments[4]).isCloseTo(3, within(0.11));
  }
}
