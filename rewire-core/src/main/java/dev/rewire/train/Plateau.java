package dev.rewire.train;

/**
 * Lowers the learning rate when the test no longer gets better: reduce on plateau, in the form of
 * PyTorch. The loss of the samples that are looked at after each epoch counts; a better one is
 * lower by the share {@code threshold} at least.
 *
 * @param patience epochs without a better loss after which the rate is lowered, 1 or more
 *     (PyTorch's patience plus one)
 * @param factor of the rate, above 0 and below 1
 * @param threshold 0 or more, below 1
 */
public record Plateau(int patience, double factor, double threshold) {
  /** What PyTorch multiplies the rate with. */
  public static final double USUAL_FACTOR = 0.1;

  /** How much better PyTorch wants a loss. */
  public static final double USUAL_THRESHOLD = 1e-4;

  /** Checks the numbers. */
  public Plateau {
    if (patience < 1) {
      throw new IllegalArgumentException("patience on a plateau must be 1 or more: " + patience);
    }
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException(
          "the factor of the rate on a plateau must be above 0 and below 1: " + factor);
    }
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "the threshold of a plateau must be 0 or more and below 1: " + threshold);
    }
  }

  /**
   * What is known after some epochs.
   *
   * @param best the lowest loss so far
   * @param waited epochs without a better one since then, or since the rate was lowered
   * @param scale what the learning rate of the schedule is multiplied with
   */
  public record State(double best, int waited, double scale) {
    /** Before the first epoch. */
    public static final State START = new State(Double.MAX_VALUE, 0, 1);
  }

  /**
   * Looks at one more epoch.
   *
   * @param before what was known before it
   * @param loss mean loss of its test
   * @return what is known now
   */
  public State after(State before, double loss) {
    if (loss < before.best() * (1 - threshold)) {
      return new State(loss, 0, before.scale());
    }
    int waited = before.waited() + 1;
    return waited < patience
        ? new State(before.best(), waited, before.scale())
        : new State(before.best(), 0, before.scale() * factor);
  }
}
