package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/**
 * The inner loops of activations, forward in place and backward, in two implementations with the
 * same bits, see {@link Kernels}.
 *
 * <p>Ranges are half open. Nothing is checked here except by assertions.
 */
public abstract sealed class Units permits ScalarUnits, VectorUnits {
  Units() {}

  /**
   * {@code x = x > 0 ? x : slope * x}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param slope of the negative side, -1 to 1
   */
  public abstract void leakyRelu(Floats x, long from, long to, float slope);

  /**
   * {@code d = y > 0 ? d : slope * d}.
   *
   * @param y outputs of {@link #leakyRelu}, or its inputs
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param slope of the negative side, -1 to 1
   */
  public abstract void leakyReluGradient(Floats y, Floats d, long from, long to, float slope);

  /**
   * {@code x = 1 / (1 + exp(-x))}, to about 2 units in the last place.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void sigmoid(Floats x, long from, long to);

  /**
   * {@code d = d * y * (1 - y)}.
   *
   * @param y outputs of {@link #sigmoid}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void sigmoidGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code d = d * s(y) * (1 - s(y))} with {@code s} the sigmoid: the derivative taken at the
   * output instead of at the sum, as the SciPy implementation of SET does. Not worth a vector.
   *
   * @param y outputs of {@link #sigmoid}, left as they are
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element
   * @param to one past the last element
   */
  public final void squashedSigmoidGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      float s = Exponential.sigmoid(y.get(i));
      d.set(i, d.get(i) * (s * (1f - s)));
    }
  }

  /**
   * {@code x = tanh(x)}, to about 4 units in the last place.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void tanh(Floats x, long from, long to);

  /**
   * {@code d = d * (1 - y * y)}.
   *
   * @param y outputs of {@link #tanh}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void tanhGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = x > 0 ? x : exp(x) - 1}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void elu(Floats x, long from, long to);

  /**
   * {@code d = y > 0 ? d : d * (y + 1)}.
   *
   * @param y outputs of {@link #elu}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void eluGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = ln(1 + exp(x))}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void softplus(Floats x, long from, long to);

  /**
   * {@code d = d * (1 - exp(-y))}.
   *
   * @param y outputs of {@link #softplus}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void softplusGradient(Floats y, Floats d, long from, long to);

  /**
   * {@code x = x * sigmoid(x)}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void silu(Floats x, long from, long to);

  /**
   * {@code d = d * s * (1 + x * (1 - s))} with {@code s = sigmoid(x)}.
   *
   * @param x inputs of {@link #silu}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void siluGradient(Floats x, Floats d, long from, long to);

  /**
   * {@code x = x * Phi(x)} with the normal distribution {@code Phi}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void gelu(Floats x, long from, long to);

  /**
   * {@code d = d * (Phi(x) + x * phi(x))}, with {@code Phi(x) = y / x}: the polynomial of the
   * distribution and two exponentials are more than C2 puts into one loop.
   *
   * @param x inputs of {@link #gelu}
   * @param y its outputs
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void geluGradient(Floats x, Floats y, Floats d, long from, long to);

  /**
   * {@code x = x < -1 ? -1 : x > 1 ? 1 : x}.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void hardTanh(Floats x, long from, long to);

  /**
   * {@code d = -1 < y && y < 1 ? d : 0}.
   *
   * @param y outputs of {@link #hardTanh}
   * @param d gradient of the outputs, becomes the gradient of the inputs
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   */
  public abstract void hardTanhGradient(Floats y, Floats d, long from, long to);

  /**
   * The S-shaped rectified linear unit: {@code left + leftSlope * (x - left)} up to {@code left},
   * {@code right + rightSlope * (x - right)} from {@code right} on, {@code x} between.
   *
   * @param x in place
   * @param from first element, a multiple of 16
   * @param to one past the last element, a multiple of 16
   * @param left where the left piece ends
   * @param leftSlope its slope
   * @param right where the right piece begins, {@code left} or more
   * @param rightSlope its slope
   */
  public abstract void sRelu(
      Floats x, long from, long to, float left, float leftSlope, float right, float rightSlope);

  /**
   * Adds up the gradient where inputs lie in one of the outer pieces, and its products with the
   * distance to the end of the piece, each in 16 stripes and a fixed tree.
   *
   * @param x inputs of {@link #sRelu}
   * @param xFrom first of them, a multiple of 16
   * @param d gradient of the outputs
   * @param from first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @param left where the left piece ends
   * @param right where the right piece begins
   * @param above whether the right piece is meant
   * @param sums receives the two sums
   * @param at where in {@code sums}
   */
  public abstract void sReluSums(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float right,
      boolean above,
      Floats sums,
      long at);

  /**
   * Multiplies the gradient by the slope of the piece in which each input lies.
   *
   * @param x inputs of {@link #sRelu}
   * @param xFrom first of them, a multiple of 16
   * @param d gradient of the outputs, becomes that of the inputs
   * @param from first element, a multiple of 16
   * @param count elements, a multiple of 16
   * @param left where the left piece ends
   * @param leftSlope its slope
   * @param right where the right piece begins
   * @param rightSlope its slope
   */
  public abstract void sReluGradient(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float leftSlope,
      float right,
      float rightSlope);
}
