package dev.rewire.saliency;

/**
 * The inverse of the normal distribution: one uniform number becomes one normal number, so that a
 * weight needs no state and no neighbour. Rational functions to seven digits, more than a float
 * weight has use for; only one number in seven needs a logarithm (Wichura 1988, algorithm AS 241,
 * PPND7).
 */
final class NormalQuantile {
  private static final double CENTRE = 0.425;
  private static final double FAR = 5;

  private NormalQuantile() {}

  /**
   * Returns the number that a normal variable is below with a probability.
   *
   * @param p above 0, below 1
   */
  static double at(double p) {
    double q = p - 0.5;
    if (Math.abs(q) <= CENTRE) {
      double r = CENTRE * CENTRE - q * q;
      return q
          * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
          / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1);
    }
    return tail(q);
  }

  private static double tail(double q) {
    double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? 0.5 + q : 0.5 - q));
    double x;
    if (r <= FAR) {
      r -= 1.6;
      x =
          (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
              / ((0.12021132975 * r + 0.73700164250) * r + 1);
    } else {
      r -= FAR;
      x =
          (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150)
              / ((0.012258202635 * r + 0.24197894225) * r + 1);
    }
    return q < 0 ? -x : x;
  }
}
