package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Our exponential, sigmoid and tanh against those of StrictMath. */
class ExponentialTest {
  private interface Function {
    float apply(float x);
  }

  /** Every 997th float from {@code from} to {@code to}, both of one sign, both included. */
  private static double worst(Function function, DoubleUnaryOperator exact, float from, float to) {
    double worst = 0;
    int end = Float.floatToRawIntBits(to);
    for (int bits = Float.floatToRawIntBits(from); bits <= end; bits += 997) {
      float x = Float.intBitsToFloat(bits);
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(function.apply(x) - expected) / Math.ulp((float) expected);
      worst = Math.max(worst, error);
    }
    return worst;
  }

  private static double worstOnBothSides(
      Function function, DoubleUnaryOperator exact, float least, float most) {
    return Math.max(
        worst(function, exact, Float.MIN_NORMAL, most),
        worst(function, exact, -Float.MIN_NORMAL, least));
  }

  /** Found: 1.006 units in the last place. */
  @Test
  void exponential() {
    assertThat(worstOnBothSides(Exponential::exp, StrictMath::exp, -87f, 88f)).isLessThan(1.01);
  }

  /** Found: 2.222 units in the last place. */
  @Test
  void sigmoid() {
    assertThat(
            worstOnBothSides(Exponential::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), -87f, 100f))
        .isLessThan(2.25);
  }

  /** Found: 2.247 units in the last place. */
  @Test
  void tanh() {
    assertThat(worstOnBothSides(Exponential::tanh, StrictMath::tanh, -100f, 100f)).isLessThan(2.25);
  }

  @Test
  void largeArgumentsSaturate() {
    for (float x : new float[] {88f, 100f, 1e10f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
      assertThat(Exponential.exp(x)).isBetween(1.6e38f, Float.MAX_VALUE);
      assertThat(Exponential.exp(-x)).isBetween(0f, 1.7e-38f);
      assertThat(Exponential.sigmoid(x)).isEqualTo(1f);
      assertThat(Exponential.sigmoid(-x)).isBetween(0f, 1e-38f);
      assertThat(Exponential.tanh(x)).isEqualTo(1f);
      assertThat(Exponential.tanh(-x)).isEqualTo(-1f);
    }
  }

  @Test
  void notANumberStaysNotANumber() {
    // Both signs, and a NaN with a payload, as a file may hold it.
    for (int bits : new int[] {0x7fc00000, 0xffc00000, 0x7fc00001, 0x7fffffff, 0xffc12345}) {
      float x = Float.intBitsToFloat(bits);
      assertThat(Exponential.exp(x)).as("%x", bits).isNaN();
      assertThat(Exponential.sigmoid(x)).as("%x", bits).isNaN();
      assertThat(Exponential.tanh(x)).as("%x", bits).isNaN();
    }
  }

  @Test
  void exactValues() {
    assertThat(Exponential.exp(0f)).isEqualTo(1f);
    assertThat(Exponential.exp(-0f)).isEqualTo(1f);
    assertThat(Exponential.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(Exponential.tanh(0f)).isEqualTo(0f);
  }
}
