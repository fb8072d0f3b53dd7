package dev.rewire.metric;

/**
 * The coefficient of determination: the share of the variance that is explained, 1 minus squared
 * errors divided by squared distances from the mean of these samples. 0 is what their mean would
 * get, and less than 0 is possible.
 *
 * <p>The mean is followed from sample to sample, so that one pass is enough and large numbers do
 * not cancel. Source: S. Wright, Correlation and Causation (1921); B. P. Welford, Technometrics 4
 * (1962).
 */
public final class RSquared {
  private double squaredErrors;
  private double squaredDistances;
  private double mean;
  private long count;

  /** Begins without samples. */
  public RSquared() {}

  /**
   * Adds a number.
   *
   * @param predicted what was said
   * @param actual what it should have been
   */
  public void add(double predicted, double actual) {
    squaredErrors += (predicted - actual) * (predicted - actual);
    double before = actual - mean;
    mean += before / ++count;
    squaredDistances += before * (actual - mean);
  }

  /**
   * Returns the share.
   *
   * @return at most 1; NaN if all numbers are the same, of which there is nothing to explain
   */
  public double value() {
    return squaredDistances == 0 ? Double.NaN : 1 - squaredErrors / squaredDistances;
  }
}
