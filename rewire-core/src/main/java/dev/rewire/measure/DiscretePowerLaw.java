package dev.rewire.measure;

/**
 * p(k) = k<sup>-&alpha;</sup> / &zeta;(&alpha;, k<sub>min</sub>) for k = k<sub>min</sub>,
 * k<sub>min</sub> + 1, …: the zeta distribution of Clauset, Shalizi and Newman (SIAM Review 51,
 * 2009).
 */
record DiscretePowerLaw(double alpha, int least, double logSum) implements TailModel {
  private static final double MOST_ALPHA = 100;
  private static final double LEAST_ALPHA = 1 + 1e-4;
  private static final double STEP = 1e-4;

  DiscretePowerLaw(double alpha, int least) {
    this(alpha, least, logSum(alpha, least));
  }

  /**
   * ln &Sigma;<sub>j</sub> (1 + j/q)<sup>-&alpha;</sup>, which is ln &zeta;(&alpha;, q) + &alpha;
   * ln q: some terms, then the formula of Euler and Maclaurin.
   */
  static double logSum(double alpha, double q) {
    double sum = 0;
    double x = q;
    double until = Math.max(10, 2 * alpha);
    while (x < until) {
      sum += Math.pow(x / q, -alpha);
      x++;
    }
    double rising = alpha / x;
    double tail = x / (alpha - 1) + 0.5 + rising / 12;
    rising *= (alpha + 1) / x * ((alpha + 2) / x);
    tail -= rising / 720;
    rising *= (alpha + 3) / x * ((alpha + 4) / x);
    tail += rising / 30_240;
    return Math.log(sum + Math.pow(x / q, -alpha) * tail);
  }

  /**
   * Maximises the likelihood of a tail: where the derivative of its logarithm, which falls, is 0.
   *
   * @param tail 2 distinct degrees or more, the first one is the least
   */
  static DiscretePowerLaw fit(DegreeSample tail) {
    int least = tail.value()[0];
    double meanLog = tail.meanLog(least);
    // The approximation of Clauset et al. is near: look around it first.
    double guess = Math.clamp(1 + 1 / tail.meanLog(least - 0.5), LEAST_ALPHA, MOST_ALPHA);
    double low = Math.max(LEAST_ALPHA, 1 + (guess - 1) * 0.5);
    double high = Math.min(MOST_ALPHA, 1 + (guess - 1) * 1.5);
    while (low > LEAST_ALPHA && slope(low, least, meanLog) > 0) {
      low = Math.max(LEAST_ALPHA, 1 + (low - 1) * 0.5);
    }
    while (high < MOST_ALPHA && slope(high, least, meanLog) < 0) {
      high = Math.min(MOST_ALPHA, 1 + (high - 1) * 2);
    }
    return new DiscretePowerLaw(
        RootSearch.rising(alpha -> slope(alpha, least, meanLog), low, high), least);
  }

  /** The derivative of minus the mean log-likelihood. */
  private static double slope(double alpha, int least, double meanLog) {
    double step = Math.min(STEP, (alpha - 1) / 2);
    double change = logSum(alpha + step, least) - logSum(alpha - step, least);
    return change / (2 * step) + meanLog;
  }

  @Override
  public double logProbability(int degree) {
    return -alpha * Math.log((double) degree / least) - logSum;
  }

  /** P(K &ge; degree). */
  double survival(double degree) {
    return Math.exp(logSum(alpha, degree) - alpha * Math.log(degree / least) - logSum);
  }

  /**
   * The distance of Kolmogorov and Smirnov between a tail and this law: the largest difference of
   * their distribution functions. The one of the data is a step, so it is enough to look at both
   * ends of each step.
   */
  double distance(DegreeSample tail) {
    double neurons = tail.size();
    double upTo = 0;
    double distance = 0;
    double above = 1;
    int at = least;
    for (int i = 0; i < tail.distinct(); i++) {
      int degree = tail.value()[i];
      // Before the step: everything below this degree.
      above = above(above, at, degree);
      distance = Math.max(distance, Math.abs(upTo / neurons - (1 - above)));
      above = above(above, degree, degree + 1);
      at = degree + 1;
      upTo += tail.count()[i];
      distance = Math.max(distance, Math.abs(upTo / neurons - (1 - above)));
    }
    return distance;
  }

  /** Goes from P(K &ge; from) to P(K &ge; to). */
  private double above(double above, int from, int to) {
    if (to - from > 20) {
      return survival(to);
    }
    double rest = above;
    for (int k = from; k < to; k++) {
      rest -= Math.exp(logProbability(k));
    }
    return Math.max(0, rest);
  }
}
