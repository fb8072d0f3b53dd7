package dev.rewire.layer;

/**
 * What a training step may not exceed; 0 stands for no limit. Of several limits that of the values
 * comes first, then that of the norm, then the step, then that of the weights.
 *
 * @param gradientValue largest absolute value of one number of the gradient
 * @param gradientNorm largest Euclidean norm of the gradient of the whole network; a longer one is
 *     made shorter in its own direction (Pascanu, Mikolov and Bengio 2013). The gradient of all
 *     parameters is kept until its norm is known: 4 bytes each
 * @param weightNorm largest Euclidean norm of the weights that come into one neuron (Srebro and
 *     Shraibman 2005; Srivastava et al. 2014)
 */
public record Limits(double gradientValue, double gradientNorm, double weightNorm) {
  /** No limits. */
  public static final Limits NONE = new Limits(0, 0, 0);

  /** In the denominator, as PyTorch has it. */
  private static final double SPARE = 1e-6;

  /** Checks the numbers. */
  public Limits {
    require("largest gradient", gradientValue);
    require("largest norm of the gradient", gradientNorm);
    require("largest norm of the weights of a neuron", weightNorm);
  }

  private static void require(String name, double limit) {
    if (!(limit >= 0 && limit <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "the %s must be above 0, or 0 for no limit: %s".formatted(name, limit));
    }
  }

  /**
   * Says whether the gradient of a step is kept until all of it is known.
   *
   * @return true if its norm is limited
   */
  public boolean keepsGradient() {
    return gradientNorm > 0;
  }

  /**
   * Returns what a gradient is multiplied with.
   *
   * @param squares sum of the squares of all its numbers
   * @return 1, or less if it is too long
   */
  public double scale(double squares) {
    return Math.min(1, gradientNorm / (Math.sqrt(squares) + SPARE));
  }
}
