package dev.rewire.network;

/**
 * How well a network does on a data set.
 *
 * @param samples how many were looked at
 * @param correct how many got the highest output at the right class, the first one on a tie
 * @param loss mean loss of a sample
 */
public record Evaluation(int samples, int correct, double loss) {
  /**
   * Returns the fraction that is right.
   *
   * @return 0 to 1
   */
  public double accuracy() {
    return samples == 0 ? Double.NaN : (double) correct / samples;
  }
}
