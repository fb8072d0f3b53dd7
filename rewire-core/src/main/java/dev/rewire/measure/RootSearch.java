package dev.rewire.measure;

import java.util.function.DoubleUnaryOperator;

/** Where a function that rises is 0. */
final class RootSearch {
  private static final double PRECISION = 1e-10;
  private static final int MOST_STEPS = 200;

  private RootSearch() {}

  /**
   * Regula falsi in the way of Illinois: secants that keep the root between their ends.
   *
   * @param function rises from {@code low} to {@code high}
   * @return the root; an end of the range if it lies outside
   */
  static double rising(DoubleUnaryOperator function, double low, double high) {
    double a = low;
    double b = high;
    double atA = function.applyAsDouble(a);
    double atB = function.applyAsDouble(b);
    if (atA >= 0) {
      return a;
    }
    if (atB <= 0) {
      return b;
    }
    int side = 0;
    for (int step = 0; step < MOST_STEPS && b - a > PRECISION * (1 + Math.abs(a)); step++) {
      double c = (a * atB - b * atA) / (atB - atA);
      if (!(c > a && c < b)) {
        c = (a + b) / 2;
      }
      double atC = function.applyAsDouble(c);
      if (atC == 0) {
        return c;
      }
      if (atC < 0) {
        a = c;
        atA = atC;
        atB = side < 0 ? atB / 2 : atB;
        side = -1;
      } else {
        b = c;
        atB = atC;
        atA = side > 0 ? atA / 2 : atA;
        side = 1;
      }
      if (Math.abs(atC) < PRECISION * PRECISION) {
        return c;
      }
    }
    return (a + b) / 2;
  }
}
