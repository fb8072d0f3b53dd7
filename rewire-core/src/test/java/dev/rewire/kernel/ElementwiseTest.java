package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each loop over single elements against its formula in double precision. */
class ElementwiseTest {
  private static final int LENGTH = 16 * 9;

  private interface InPlace {
    void run(Kernels kernels, Floats x, Floats y, long from, long to);
  }

  /**
   * A kernel that changes x and reads y, its formula, and the roundings in it, in units in the last
   * place of the result or, where digits cancel, of {@code scale}.
   */
  private record Case(
      String name, InPlace kernel, DoubleBinaryOperator formula, double roundings, double scale) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static List<Case> cases() {
    float slope = 0.01f;
    return List.of(
        new Case(
            "relu",
            (k, x, y, from, to) -> k.units().leakyRelu(x, from, to, 0f),
            (x, y) -> x > 0 ? x : 0,
            0,
            0),
        new Case(
            "leaky relu",
            (k, x, y, from, to) -> k.units().leakyRelu(x, from, to, slope),
            (x, y) -> x > 0 ? x : slope * x,
            1,
            0),
        new Case(
            "leaky relu gradient",
            (k, x, y, from, to) -> k.units().leakyReluGradient(y, x, from, to, slope),
            (x, y) -> y > 0 ? x : slope * x,
            1,
            0),
        new Case(
            "sigmoid",
            (k, x, y, from, to) -> k.units().sigmoid(x, from, to),
            (x, y) -> sigmoid(x),
            4,
            0),
        new Case(
            "sigmoid gradient",
            (k, x, y, from, to) -> k.units().sigmoidGradient(y, x, from, to),
            (x, y) -> x * (y * (1 - y)),
            3,
            0),
        new Case(
            "squashed sigmoid gradient",
            (k, x, y, from, to) -> k.units().squashedSigmoidGradient(y, x, from, to),
            (x, y) -> x * (sigmoid(y) * (1 - sigmoid(y))),
            3,
            4),
        new Case(
            "tanh",
            (k, x, y, from, to) -> k.units().tanh(x, from, to),
            (x, y) -> StrictMath.tanh(x),
            8,
            0),
        new Case(
            "tanh gradient",
            (k, x, y, from, to) -> k.units().tanhGradient(y, x, from, to),
            (x, y) -> x * (1 - y * y),
            2,
            16),
        new Case(
            "multiply",
            (k, x, y, from, to) -> k.norms().multiply(x, y, x, from, to),
            (x, y) -> x * y,
            1,
            0),
        new Case(
            "shift and scale",
            (k, x, y, from, to) -> k.norms().shiftAndScale(x, from, to, 0.25f, 3f),
            (x, y) -> (x - 0.25) * 3,
            2,
            0));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isItsFormula(Case c) {
    for (Kernels kernels : List.of(KernelProvider.get(), KernelProvider.scalar())) {
      SplittableRandom random = new SplittableRandom(1);
      Floats before = new Floats(LENGTH);
      Floats y = new Floats(LENGTH);
      for (int i = 0; i < LENGTH; i++) {
        before.set(i, (float) (random.nextGaussian() * 3));
        y.set(i, (float) random.nextGaussian());
      }
      Floats x = before.duplicate();
      c.kernel().run(kernels, x, y, 32, LENGTH - 16);
      for (int i = 0; i < LENGTH; i++) {
        if (i < 32 || i >= LENGTH - 16) {
          assertThat(x.get(i)).as("outside the range").isEqualTo(before.get(i));
        } else {
          double expected = c.formula().applyAsDouble(before.get(i), y.get(i));
          double scale = Math.max(Math.abs(expected), c.scale());
          assertThat(Math.abs(x.get(i) - expected))
              .as("%s of %s, %s in %s", c, before.get(i), y.get(i), kernels.name())
              .isLessThanOrEqualTo(c.roundings() * 0x1p-24 * scale);
        }
      }
    }
  }
}
