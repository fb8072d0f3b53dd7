package dev.rewire.measure;

/**
 * The upper tail of the normal distribution, Q(z) = P(Z &gt; z), also where it is far too small for
 * a double: by the series of Kummer for small z and the continued fraction of Laplace for large
 * (Abramowitz and Stegun 26.2.11 and 26.2.14), to about 14 digits.
 */
final class NormalTail {
  private static final double SERIES_BELOW = 3;
  private static final int TERMS = 200;
  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);
  private static final double LOG_DENSITY_AT_0 = Math.log(DENSITY_AT_0);

  private NormalTail() {}

  static double of(double z) {
    return Math.exp(log(z));
  }

  /** The logarithm of Q. */
  static double log(double z) {
    if (z < -SERIES_BELOW) {
      return Math.log1p(-Math.exp(log(-z)));
    }
    if (z < SERIES_BELOW) {
      return Math.log(0.5 - centre(z));
    }
    // Q = density / (z + 1/(z + 2/(z + 3/(z + ...)))), from the inside out.
    double fraction = z;
    for (int k = TERMS; k > 0; k--) {
      fraction = z + k / fraction;
    }
    return LOG_DENSITY_AT_0 - z * z / 2 - Math.log(fraction);
  }

  /** P(0 &lt; Z &lt; z): all terms have the same sign, nothing cancels. */
  private static double centre(double z) {
    double term = z;
    double sum = z;
    for (int k = 3; Math.abs(term) > 1e-18 * Math.abs(sum) && k < TERMS; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return sum * DENSITY_AT_0 * Math.exp(-z * z / 2);
  }

  /** The logarithm of P(a &lt; Z &lt; b), a below b. */
  static double logBetween(double a, double b) {
    if (a > 0) {
      return logDifference(log(a), log(b));
    }
    // On the lower side both tails are measured from below.
    return b < 0 ? logDifference(log(-b), log(-a)) : Math.log(1 - of(b) - of(-a));
  }

  /** The logarithm of e<sup>x</sup> - e<sup>y</sup>, x above y. */
  private static double logDifference(double x, double y) {
    return x + Math.log(-Math.expm1(y - x));
  }
}
