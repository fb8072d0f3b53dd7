package dev.rewire.optimizer;

import dev.rewire.schedule.Schedule;

/**
 * How weights are pulled towards zero. The three kinds differ by orders of magnitude at the same
 * strength, and published settings use all of them.
 *
 * @param kind what the strength means
 * @param strength 0 or more
 * @param biases whether biases decay too, as they do in PyTorch and in the SciPy implementation
 * @param exceptions layers and kinds of parameters with another strength
 */
public record WeightDecay(Kind kind, Schedule strength, boolean biases, LayerStrengths exceptions) {
  /** What the strength is multiplied with. */
  public enum Kind {
    /** L2 penalty: {@code strength * w} is added to the gradient, so momentum sees it. */
    COUPLED,
    /** {@code w - rate * strength * w}, past the momentum (Loshchilov and Hutter 2019). */
    DECOUPLED,
    /** {@code w - strength * w}, without the learning rate: the SciPy implementation of SET. */
    SCIPY,
    /**
     * {@code w / (1 + rate * strength)}, after the step and after the soft threshold of a proximal
     * {@link L1}: together the proximal step of the elastic net (Parikh and Boyd 2014).
     */
    PROXIMAL
  }

  /** No decay. */
  public static final WeightDecay NONE = coupled(0);

  /** Checks the strength. */
  public WeightDecay {
    strength.requireWithin("weight decay", 0, Double.MAX_VALUE);
  }

  /**
   * The same strength everywhere and always.
   *
   * @param kind what the strength means
   * @param strength 0 or more
   * @param biases whether biases decay too
   */
  public WeightDecay(Kind kind, double strength, boolean biases) {
    this(kind, Schedule.constant(strength), biases, LayerStrengths.NONE);
  }

  /**
   * Returns the usual L2 penalty on weights and biases.
   *
   * @param strength 0 or more
   * @return coupled decay
   */
  public static WeightDecay coupled(double strength) {
    return new WeightDecay(Kind.COUPLED, strength, true);
  }
}
