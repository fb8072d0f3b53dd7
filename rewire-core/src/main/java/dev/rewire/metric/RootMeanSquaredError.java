package dev.rewire.metric;

/** The root of the mean squared difference, in the units of what is predicted. */
public final class RootMeanSquaredError {
  private double sum;
  private long count;

  /** Begins without samples. */
  public RootMeanSquaredError() {}

  /**
   * Adds a number.
   *
   * @param predicted what was said
   * @param actual what it should have been
   */
  public void add(double predicted, double actual) {
    double difference = predicted - actual;
    sum += difference * difference;
    count++;
  }

  /**
   * Returns the error.
   *
   * @return 0 or more, or NaN without samples
   */
  public double value() {
    return Math.sqrt(sum / count);
  }
}
