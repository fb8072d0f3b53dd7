package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import java.util.List;

/**
 * What a neuron makes of its weighted sum. Works on whole rows in place; the derivative is a
 * function of the output, so the sum itself is not kept.
 */
public sealed interface Activation {
  /** Every activation function without settings, and those with settings at their defaults. */
  List<Activation> ALL =
      List.of(
          new Relu(),
          new LeakyRelu(LeakyRelu.DEFAULT_SLOPE),
          new Sigmoid(),
          new Tanh(),
          new Identity(),
          new ScipySigmoid());

  /**
   * Returns the name used on the command line and in files.
   *
   * @return for example {@code relu} or {@code leaky-relu:0.01}
   */
  String id();

  /**
   * Applies the function in place.
   *
   * @param kernels the loops
   * @param x weighted sums, become outputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  void forward(Kernels kernels, Floats x, long from, long to);

  /**
   * Multiplies a gradient by the derivative, in place.
   *
   * @param kernels the loops
   * @param y outputs of {@link #forward}
   * @param d gradient of the outputs, becomes the gradient of the weighted sums
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  void backward(Kernels kernels, Floats y, Floats d, long from, long to);

  /**
   * Returns by how much the variance of weights may exceed 1/fan-in so that signals neither grow
   * nor fade (He et al. 2015): 2 where half of the inputs are cut off, 1 elsewhere.
   *
   * @return about 1 or 2
   */
  default double gain() {
    return 1;
  }

  /**
   * Finds an activation function by its name.
   *
   * @param id as {@link #id} returns it; {@code leaky-relu} may leave out its slope
   * @return the function
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  static Activation of(String id) {
    if (id.startsWith("leaky-relu:")) {
      return new LeakyRelu(Double.parseDouble(id.substring("leaky-relu:".length())));
    }
    if (id.equals("leaky-relu")) {
      return new LeakyRelu(LeakyRelu.DEFAULT_SLOPE);
    }
    return ALL.stream()
        .filter(activation -> activation.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no activation '"
                    + id
                    + "', there are "
                    + String.join(", ", ALL.stream().map(Activation::id).toList())));
  }

  /** {@code max(0, x)}. */
  record Relu() implements Activation {
    @Override
    public String id() {
      return "relu";
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      kernels.leakyRelu(x, from, to, 0f);
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      kernels.leakyReluGradient(y, d, from, to, 0f);
    }

    @Override
    public double gain() {
      return 2;
    }
  }

  /**
   * {@code x > 0 ? x : slope * x} (Maas et al. 2013).
   *
   * @param slope of the negative side, above 0, below 1
   */
  record LeakyRelu(double slope) implements Activation {
    /** The slope of the paper. */
    public static final double DEFAULT_SLOPE = 0.01;

    /** Checks the slope; at 0 and below the output would not tell the side of its input. */
    public LeakyRelu {
      if (!(slope > 0 && slope < 1)) {
        throw new IllegalArgumentException(
            "slope of leaky-relu must be above 0 and below 1: " + slope);
      }
    }

    @Override
    public String id() {
      return "leaky-relu:" + slope;
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      kernels.leakyRelu(x, from, to, (float) slope);
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      kernels.leakyReluGradient(y, d, from, to, (float) slope);
    }

    @Override
    public double gain() {
      return 2 / (1 + slope * slope);
    }
  }

  /** {@code 1 / (1 + exp(-x))}. */
  record Sigmoid() implements Activation {
    @Override
    public String id() {
      return "sigmoid";
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      kernels.sigmoid(x, from, to);
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      kernels.sigmoidGradient(y, d, from, to);
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements Activation {
    @Override
    public String id() {
      return "tanh";
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      kernels.tanh(x, from, to);
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      kernels.tanhGradient(y, d, from, to);
    }
  }

  /** The weighted sum itself. */
  record Identity() implements Activation {
    @Override
    public String id() {
      return "identity";
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      // nothing to do
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      // the derivative is 1
    }
  }

  /**
   * The sigmoid with the derivative that the SciPy implementation of SET uses by mistake: it is
   * taken at the output instead of at the sum, so it lies between 0.197 and 0.25 and never
   * saturates. Only for repeating results obtained with it.
   */
  record ScipySigmoid() implements Activation {
    @Override
    public String id() {
      return "scipy-sigmoid";
    }

    @Override
    public void forward(Kernels kernels, Floats x, long from, long to) {
      kernels.sigmoid(x, from, to);
    }

    @Override
    public void backward(Kernels kernels, Floats y, Floats d, long from, long to) {
      kernels.squashedSigmoidGradient(y, d, from, to);
    }
  }
}
