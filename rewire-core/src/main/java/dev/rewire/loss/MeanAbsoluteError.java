package dev.rewire.loss;

/**
 * Absolute difference, mean over the outputs: its best constant is the median, so that few wrong
 * targets do little harm. Gradient: the sign of {@code y - t}, 0 where they are equal, divided by
 * {@code batch * outputs}, as PyTorch's {@code L1Loss} has it.
 */
public record MeanAbsoluteError() implements ElementwiseLoss {
  @Override
  public String id() {
    return "mae";
  }

  @Override
  public double loss(double output, double target) {
    return Math.abs(output - target);
  }

  @Override
  public double slope(double output, double target) {
    return Math.signum(output - target);
  }
}
