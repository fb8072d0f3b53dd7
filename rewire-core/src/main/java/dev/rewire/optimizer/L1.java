package dev.rewire.optimizer;

import dev.rewire.schedule.Schedule;

/**
 * A penalty on absolute values, which makes weights exactly 0 or nearly so. Together with {@link
 * WeightDecay} it is the elastic net (Zou and Hastie 2005). Biases are spared unless an exception
 * names them.
 *
 * @param kind how the penalty reaches the weights
 * @param strength 0 or more
 * @param exceptions layers and kinds of parameters with another strength
 */
public record L1(Kind kind, Schedule strength, LayerStrengths exceptions) {
  /** How the penalty reaches the weights. */
  public enum Kind {
    /** A subgradient: {@code strength * sign(w)} is added to the gradient; momentum sees it. */
    COUPLED,
    /**
     * After the step weights move towards 0 by {@code rate * strength}, and stay there if they
     * would pass it (proximal gradient, soft threshold; Parikh and Boyd 2014).
     */
    PROXIMAL
  }

  /** No penalty. */
  public static final L1 NONE = coupled(0);

  /** Checks the strength. */
  public L1 {
    strength.requireWithin("l1", 0, Double.MAX_VALUE);
  }

  /**
   * Returns the same penalty on all weights, as part of the gradient.
   *
   * @param strength 0 or more
   * @return coupled penalty
   */
  public static L1 coupled(double strength) {
    return new L1(Kind.COUPLED, Schedule.constant(strength), LayerStrengths.NONE);
  }

  /**
   * Returns the same penalty on all weights, as a soft threshold after the step.
   *
   * @param strength 0 or more
   * @return proximal penalty
   */
  public static L1 proximal(double strength) {
    return new L1(Kind.PROXIMAL, Schedule.constant(strength), LayerStrengths.NONE);
  }
}
