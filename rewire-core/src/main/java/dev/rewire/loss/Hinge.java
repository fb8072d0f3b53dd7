package dev.rewire.loss;

/**
 * {@code max(0, 1 - s y)} with s = 1 for the target 1 and s = -1 for the target 0, mean over the
 * outputs: each output is a support vector machine for its own class, for one output as well as for
 * several labels. Gradient: {@code -s} inside of the margin, 0 at its edge and outside.
 *
 * <p>Source: C. Cortes and V. Vapnik, Support-Vector Networks, Machine Learning 20 (1995). For the
 * margin between classes see {@link MultiMargin}.
 */
public record Hinge() implements ElementwiseLoss {
  @Override
  public String id() {
    return "hinge";
  }

  @Override
  public double loss(double output, double target) {
    return Math.max(0, 1 - side(target) * output);
  }

  @Override
  public double slope(double output, double target) {
    double side = side(target);
    return 1 - side * output > 0 ? -side : 0;
  }

  @Override
  public double threshold() {
    return 0;
  }

  private static double side(double target) {
    return target > 0.5 ? 1 : -1;
  }
}
