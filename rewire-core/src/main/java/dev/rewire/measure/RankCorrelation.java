package dev.rewire.measure;

import java.util.stream.IntStream;

/**
 * Spearman's rank correlation of two numbers of each feature, with an interval of 95 %: do the
 * features that have more of one thing have more of the other? Ties share their mean rank.
 *
 * <p>The interval is the one of Bonett and Wright (Psychometrika 65, 2000): the transform of Fisher
 * with a standard error of &radic;((1 + &rho;&sup2;/2) / (n - 3)). It treats features as
 * independent, which the neighbouring pixels of a picture are not: there it is too narrow. Costs
 * two sorts.
 *
 * @param rho -1 to 1; 0 where one of the two is the same for all features
 * @param low lower end of the interval, -1 with fewer than 4 features
 * @param high upper end of the interval, 1 with fewer than 4 features
 */
public record RankCorrelation(double rho, double low, double high) {
  private static final double NORMAL_97_5 = 1.959963984540054;

  /**
   * Correlates.
   *
   * @param first one number a feature
   * @param second as many numbers
   * @return the correlation
   */
  public static RankCorrelation of(double[] first, double[] second) {
    if (first.length != second.length || first.length == 0) {
      throw new IllegalArgumentException(
          "a correlation needs two numbers of each feature, not %d and %d"
              .formatted(first.length, second.length));
    }
    double rho = pearson(ranks(first), ranks(second));
    int n = first.length;
    if (n < 4) {
      return new RankCorrelation(rho, -1, 1);
    }
    // A correlation of 1 would be infinitely far away.
    double z = 0.5 * (Math.log1p(rho) - Math.log1p(-rho));
    double error = NORMAL_97_5 * Math.sqrt((1 + rho * rho / 2) / (n - 3));
    return Math.abs(rho) >= 1
        ? new RankCorrelation(rho, rho, rho)
        : new RankCorrelation(rho, Math.tanh(z - error), Math.tanh(z + error));
  }

  /** Ranks from 0 on. */
  static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a], values[b]))
            .mapToInt(i -> i)
            .toArray();
    double[] ranks = new double[values.length];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int k = from; k < to; k++) {
        ranks[order[k]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double middle = (x.length - 1) / 2.0;
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - middle) * (y[i] - middle);
      xx += (x[i] - middle) * (x[i] - middle);
      yy += (y[i] - middle) * (y[i] - middle);
    }
    return xx == 0 || yy == 0 ? 0 : Math.clamp(xy / Math.sqrt(xx * yy), -1, 1);
  }
}
