package dev.rewire.random;

/** Numbers of the standard normal distribution, one for each 64 random bits: no state, no order. */
public final class Normal {
  /** Below this probability, and above 1 minus it, the tail. */
  private static final double TAIL = 0.02425;

  private static final double[] A = {
    -3.969683028665376e+01,
    2.209460984245205e+02,
    -2.759285104469687e+02,
    1.383577518672690e+02,
    -3.066479806614716e+01,
    2.506628277459239e+00
  };
  private static final double[] B = {
    -5.447609879822406e+01,
    1.615858368580409e+02,
    -1.556989798598866e+02,
    6.680131188771972e+01,
    -1.328068155288572e+01,
    1
  };
  private static final double[] C = {
    -7.784894002430293e-03,
    -3.223964580411365e-01,
    -2.400758277161838e+00,
    -2.549732539343734e+00,
    4.374664141464968e+00,
    2.938163982698783e+00
  };
  private static final double[] D = {
    7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
  };

  private Normal() {}

  /**
   * Turns bits into a number.
   *
   * @param bits well mixed, as {@link RandomStreams#mix} makes them; the upper 52 count
   * @return between -8.3 and 8.3
   */
  public static double of(long bits) {
    return quantile(((bits >>> 12) + 0.5) * 0x1p-52);
  }

  /**
   * The inverse of the normal distribution function, to a relative error of 1.2e-9 (Acklam 2003).
   *
   * @param p probability, above 0 and below 1
   * @return the number that a normal one is below with this probability
   */
  static double quantile(double p) {
    if (p < TAIL) {
      return tail(p);
    }
    if (p > 1 - TAIL) {
      return -tail(1 - p);
    }
    double q = p - 0.5;
    double r = q * q;
    return polynomial(A, r) * q / polynomial(B, r);
  }

  private static double tail(double p) {
    // The same bits on every machine, which Math.log does not promise.
    double q = Math.sqrt(-2 * StrictMath.log(p));
    return polynomial(C, q) / polynomial(D, q);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (double coefficient : coefficients) {
      sum = Math.fma(sum, x, coefficient);
    }
    return sum;
  }
}
