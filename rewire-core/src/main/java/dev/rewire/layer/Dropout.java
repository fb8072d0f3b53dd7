package dev.rewire.layer;

/**
 * Switching off a random part of a layer's outputs in each training step (Srivastava et al. 2014).
 *
 * @param rate probability of an output to be switched off, 0 to below 1
 * @param style what is done about the missing ones
 */
public record Dropout(double rate, Style style) {
  /** What is done about the missing outputs. */
  public enum Style {
    /** The remaining ones are multiplied by {@code 1 / (1 - rate)}; prediction does nothing. */
    INVERTED,
    /**
     * As in the tutorial of 2019: training multiplies by nothing and lets gradients through to
     * switched-off outputs; prediction multiplies the sums of the next layer, bias included, by
     * {@code 1 - rate}. Only for repeating results obtained with it.
     */
    TUTORIAL_2019
  }

  /** No dropout. */
  public static final Dropout NONE = new Dropout(0, Style.INVERTED);

  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout must be 0 or more and below 1: " + rate);
    }
  }

  /**
   * The usual dropout.
   *
   * @param rate probability of an output to be switched off, 0 to below 1
   * @return inverted dropout
   */
  public static Dropout of(double rate) {
    return new Dropout(rate, Style.INVERTED);
  }

  /**
   * Returns what a remaining output is multiplied with while training.
   *
   * @return 1 or more
   */
  float survivorScale() {
    return style == Style.INVERTED ? (float) (1 / (1 - rate)) : 1f;
  }
}
