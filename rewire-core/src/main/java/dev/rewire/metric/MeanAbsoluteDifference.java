package dev.rewire.metric;

/** The mean absolute error, in the units of what is predicted. */
public final class MeanAbsoluteDifference {
  private double sum;
  private long count;

  /** Begins without samples. */
  public MeanAbsoluteDifference() {}

  /**
   * Adds a number.
   *
   * @param predicted what was said
   * @param actual what it should have been
   */
  public void add(double predicted, double actual) {
    sum += Math.abs(predicted - actual);
    count++;
  }

  /**
   * Returns the error.
   *
   * @return 0 or more, or NaN without samples
   */
  public double value() {
    return sum / count;
  }
}
