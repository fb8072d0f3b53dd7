package dev.rewire.loss;

/**
 * Half the square of small differences and the absolute value of large ones, mean over the outputs,
 * as PyTorch's {@code HuberLoss} has it: {@code d²/2} up to delta, {@code delta (|d| - delta/2)}
 * beyond. Gradient: the difference, cut off at delta.
 *
 * <p>Source: P. J. Huber, Robust Estimation of a Location Parameter, Annals of Mathematical
 * Statistics 35 (1964).
 *
 * @param delta where a difference begins to be a large one, above 0 and finite, in the units of the
 *     targets that the network sees: those of regression are scaled to deviation 1
 */
public record Huber(double delta) implements ElementwiseLoss {
  /** Where large differences begin unless it is said. */
  public static final double DEFAULT_DELTA = 1;

  static final String WITH_DELTA = "huber:";

  /** Checks the number. */
  public Huber {
    if (!(delta > 0) || Double.isInfinite(delta)) {
      throw new IllegalArgumentException("delta must be above 0 and finite: " + delta);
    }
  }

  @Override
  public String id() {
    return delta == DEFAULT_DELTA ? "huber" : WITH_DELTA + delta;
  }

  @Override
  public double loss(double output, double target) {
    double distance = Math.abs(output - target);
    return distance <= delta ? distance * distance / 2 : delta * (distance - delta / 2);
  }

  @Override
  public double slope(double output, double target) {
    return Math.max(-delta, Math.min(delta, output - target));
  }
}
