package dev.rewire.study;

/**
 * A published number and how near ours has to come.
 *
 * @param measure what it is
 * @param published as it was published; words, because ranges and two numbers occur
 * @param low least value that is near enough; negative infinity for no limit, NaN if the number is
 *     only shown
 * @param high greatest value that is near enough; infinity for no limit, NaN if it is only shown
 */
public record Goal(Measure measure, String published, double low, double high) {
  /**
   * A number with a share of it as tolerance.
   *
   * @param measure what it is
   * @param published as it was published
   * @param least the smaller of two published values, or the only one
   * @param most the greater of them
   * @param share tolerance, as a share of the value
   * @return the goal
   */
  public static Goal within(
      Measure measure, String published, double least, double most, double share) {
    return new Goal(measure, published, least * (1 - share), most * (1 + share));
  }

  /**
   * An accuracy with a tolerance in points.
   *
   * @param published as it was published
   * @param least the smaller of two published values in percent, or the only one
   * @param most the greater of them
   * @param points tolerance in percentage points
   * @return the goal
   */
  public static Goal accuracy(String published, double least, double most, double points) {
    return new Goal(
        Measure.TEST_ACCURACY, published, (least - points) / 100, (most + points) / 100);
  }

  /**
   * A range that was published as such.
   *
   * @param measure what it is
   * @param published the number beside it
   * @param low least value; negative infinity for no limit
   * @param high greatest value; infinity for no limit
   * @return the goal
   */
  public static Goal range(Measure measure, String published, double low, double high) {
    return new Goal(measure, published, low, high);
  }

  /**
   * A number without a tolerance.
   *
   * @param measure what it is
   * @param published as it was published
   * @return a goal that is neither reached nor missed
   */
  public static Goal shown(Measure measure, String published) {
    return new Goal(measure, published, Double.NaN, Double.NaN);
  }

  /**
   * Says whether it can be missed.
   *
   * @return false for numbers that are only shown
   */
  public boolean binding() {
    return !Double.isNaN(low);
  }

  /**
   * Says whether a value is near enough.
   *
   * @param value ours
   * @return true if it lies within the limits, both included
   */
  public boolean holds(double value) {
    return value >= low && value <= high;
  }

  /**
   * Writes the limits.
   *
   * @return for example {@code 0.0796 to 0.0994}, or {@code -} without any
   */
  public String limits() {
    if (!binding()) {
      return "-";
    }
    if (Double.isInfinite(low)) {
      return "at most " + measure.print(high);
    }
    return Double.isInfinite(high)
        ? "at least " + measure.print(low)
        : measure.print(low) + " to " + measure.print(high);
  }
}
