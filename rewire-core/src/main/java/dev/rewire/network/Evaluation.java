package dev.rewire.network;

/**
 * How well a network does on a data set.
 *
 * @param samples how many were looked at
 * @param correct how many got the highest output at the right class, the first one on a tie; how
 *     many got all outputs on the right side, where targets are 0 or 1; {@link #NUMBERS} if targets
 *     are numbers
 * @param loss mean loss of a sample
 */
public record Evaluation(int samples, int correct, double loss) {
  /** Instead of a number of right samples: targets are numbers, which are never quite right. */
  public static final int NUMBERS = -1;

  /**
   * Returns the fraction that is right.
   *
   * @return 0 to 1, or NaN without samples and where targets are numbers
   */
  public double accuracy() {
    return samples == 0 || correct == NUMBERS ? Double.NaN : (double) correct / samples;
  }
}
