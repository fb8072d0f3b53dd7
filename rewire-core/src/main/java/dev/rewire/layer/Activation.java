package dev.rewire.layer;

import dev.rewire.kernel.Units;
import dev.rewire.memory.Floats;
import java.util.List;

/**
 * What a neuron makes of its weighted sum. Works on whole rows in place. The derivative is a
 * function of the output where it can be, so that the sums need not be kept.
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
          new Elu(),
          new Softplus(),
          new Silu(),
          new Gelu(),
          new HardTanh(),
          new AllRelu(AllRelu.DEFAULT_SLOPE),
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
   * @param units the loops
   * @param x weighted sums, become outputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  void forward(Units units, Floats x, long from, long to);

  /**
   * Multiplies a gradient by the derivative, in place.
   *
   * @param units the loops
   * @param x weighted sums, if {@link #keepsSums}; otherwise not to be looked at
   * @param y outputs of {@link #forward}
   * @param d gradient of the outputs, becomes the gradient of the weighted sums
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  void backward(Units units, Floats x, Floats y, Floats d, long from, long to);

  /**
   * Says whether the derivative needs the weighted sums.
   *
   * @return false if the outputs tell enough
   */
  default boolean keepsSums() {
    return false;
  }

  /**
   * Returns the function of one hidden layer, where layers differ.
   *
   * @param hidden number of the hidden layer, from 0
   * @return this one, if they do not
   */
  default Activation forHidden(int hidden) {
    return this;
  }

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
   * @param id as {@link #id} returns it; slopes may be left out
   * @return the function
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  static Activation of(String id) {
    if (id.startsWith(LeakyRelu.NAME + ":")) {
      return new LeakyRelu(Double.parseDouble(id.substring(LeakyRelu.NAME.length() + 1)));
    }
    if (id.equals(LeakyRelu.NAME)) {
      return new LeakyRelu(LeakyRelu.DEFAULT_SLOPE);
    }
    if (id.startsWith(AllRelu.NAME + ":")) {
      return new AllRelu(Double.parseDouble(id.substring(AllRelu.NAME.length() + 1)));
    }
    if (id.equals(AllRelu.NAME)) {
      return new AllRelu(AllRelu.DEFAULT_SLOPE);
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
    public void forward(Units units, Floats x, long from, long to) {
      units.leakyRelu(x, from, to, 0f);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.leakyReluGradient(y, d, from, to, 0f);
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

    /** Name in settings and files, without its slope. */
    static final String NAME = "leaky-relu";

    /** Checks the slope; at 0 and below the output would not tell the side of its input. */
    public LeakyRelu {
      if (!(slope > 0 && slope < 1)) {
        throw new IllegalArgumentException(
            "slope of leaky-relu must be above 0 and below 1: " + slope);
      }
    }

    @Override
    public String id() {
      return NAME + ":" + slope;
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.leakyRelu(x, from, to, (float) slope);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.leakyReluGradient(y, d, from, to, (float) slope);
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
    public void forward(Units units, Floats x, long from, long to) {
      units.sigmoid(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.sigmoidGradient(y, d, from, to);
    }
  }

  /** Hyperbolic tangent. */
  record Tanh() implements Activation {
    @Override
    public String id() {
      return "tanh";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.tanh(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.tanhGradient(y, d, from, to);
    }
  }

  /** The weighted sum itself. */
  record Identity() implements Activation {
    @Override
    public String id() {
      return "identity";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      // nothing to do
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      // the derivative is 1
    }
  }

  /** {@code x > 0 ? x : exp(x) - 1} (Clevert et al. 2016). */
  record Elu() implements Activation {
    @Override
    public String id() {
      return "elu";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.elu(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.eluGradient(y, d, from, to);
    }
  }

  /** {@code ln(1 + exp(x))} (Dugas et al. 2001). */
  record Softplus() implements Activation {
    @Override
    public String id() {
      return "softplus";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.softplus(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.softplusGradient(y, d, from, to);
    }
  }

  /** {@code x / (1 + exp(-x))}, also known as swish (Elfwing et al. 2018). */
  record Silu() implements Activation {
    @Override
    public String id() {
      return "silu";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.silu(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.siluGradient(x, d, from, to);
    }

    @Override
    public boolean keepsSums() {
      return true;
    }

    @Override
    public double gain() {
      return 2;
    }
  }

  /** {@code x} times the normal distribution up to {@code x}, exact (Hendrycks and Gimpel 2016). */
  record Gelu() implements Activation {
    @Override
    public String id() {
      return "gelu";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.gelu(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.geluGradient(x, y, d, from, to);
    }

    @Override
    public boolean keepsSums() {
      return true;
    }

    @Override
    public double gain() {
      return 2;
    }
  }

  /** {@code x}, cut off at -1 and 1. */
  record HardTanh() implements Activation {
    @Override
    public String id() {
      return "hard-tanh";
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.hardTanh(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.hardTanhGradient(y, d, from, to);
    }
  }

  /**
   * Alternating left ReLU (Curci et al. 2021): {@code x > 0 ? x : slope * x}, with a slope that is
   * negative in the first hidden layer, positive in the second, and so on in turn.
   *
   * @param slope of the negative side, above -1, below 1, not 0; {@link #forHidden} gives it its
   *     sign
   */
  record AllRelu(double slope) implements Activation {
    /** The slope of the paper for MNIST and Fashion-MNIST. */
    public static final double DEFAULT_SLOPE = 0.6;

    /** Name in settings and files, without its slope. */
    static final String NAME = "all-relu";

    /** Checks the slope. */
    public AllRelu {
      if (!(Math.abs(slope) < 1 && slope != 0)) {
        throw new IllegalArgumentException(
            "slope of all-relu must be above -1 and below 1, but not 0: " + slope);
      }
    }

    @Override
    public String id() {
      return NAME + ":" + slope;
    }

    @Override
    public Activation forHidden(int hidden) {
      return new AllRelu(hidden % 2 == 0 ? -Math.abs(slope) : Math.abs(slope));
    }

    @Override
    public void forward(Units units, Floats x, long from, long to) {
      units.leakyRelu(x, from, to, (float) slope);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.leakyReluGradient(x, d, from, to, (float) slope);
    }

    /** With a negative slope both sides have positive outputs. */
    @Override
    public boolean keepsSums() {
      return true;
    }

    @Override
    public double gain() {
      return 2 / (1 + slope * slope);
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
    public void forward(Units units, Floats x, long from, long to) {
      units.sigmoid(x, from, to);
    }

    @Override
    public void backward(Units units, Floats x, Floats y, Floats d, long from, long to) {
      units.squashedSigmoidGradient(y, d, from, to);
    }
  }
}
