package dev.rewire.saliency;

import dev.rewire.layer.Activation;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Second derivatives of activation functions. */
final class Curvature {
  private static final double NORMAL = 1 / Math.sqrt(2 * Math.PI);

  private Curvature() {}

  /**
   * Returns the second derivative of a function at a weighted sum.
   *
   * @param activation the function
   * @return null where it is 0 (almost) everywhere
   * @throws IllegalArgumentException if what the function takes for its derivative is none
   */
  static @Nullable DoubleUnaryOperator of(Activation activation) {
    return switch (activation) {
      case Activation.Relu _,
          Activation.LeakyRelu _,
          Activation.AllRelu _,
          Activation.HardTanh _,
          Activation.Identity _ ->
          null;
      case Activation.Sigmoid _ ->
          x -> {
            double s = sigmoid(x);
            return s * (1 - s) * (1 - 2 * s);
          };
      case Activation.Tanh _ ->
          x -> {
            double y = StrictMath.tanh(x);
            return -2 * y * (1 - y * y);
          };
      case Activation.Elu _ -> x -> x > 0 ? 0 : StrictMath.exp(x);
      case Activation.Softplus _ ->
          x -> {
            double s = sigmoid(x);
            return s * (1 - s);
          };
      case Activation.Silu _ ->
          x -> {
            double s = sigmoid(x);
            return s * (1 - s) * (2 + x * (1 - 2 * s));
          };
      case Activation.Gelu _ -> x -> NORMAL * StrictMath.exp(-x * x / 2) * (2 - x * x);
      case Activation.ScipySigmoid _ ->
          throw new IllegalArgumentException(
              "GraSP needs second derivatives, and what scipy-sigmoid takes for its first one is"
                  + " none: use sigmoid");
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
