package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Floats;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The optimizer's loop against its three lines in double precision. */
class SgdKernelTest {
  private static final List<SgdStep> STEPS =
      List.of(
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0.01f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0.02f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0.03f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 1f, false, new Pull(0f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 0.7f, false, new Pull(0f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 1f, true, new Pull(0f, 0f, 0f, 0f, 1f)),
          new SgdStep(0.1f, 0.9f, 0.7f, true, new Pull(0.01f, 0.02f, 0.03f, 0f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0.4f, 1f)),
          new SgdStep(0.1f, 0f, 1f, false, new Pull(0f, 0f, 0f, 0f, 0.7f)),
          new SgdStep(0.1f, 0.9f, 0.7f, true, new Pull(0.01f, 0.02f, 0.03f, 0.4f, 1f)),
          new SgdStep(0.1f, 0.9f, 0.7f, true, new Pull(0.01f, 0.02f, 0.03f, 0.4f, 0.7f)));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 63, 64, 65})
  void isItsFormula(int length) {
    int from = 3;
    for (Kernels kernels : List.of(KernelProvider.get(), KernelProvider.scalar())) {
      for (SgdStep step : STEPS) {
        SplittableRandom random = new SplittableRandom(length);
        Floats gradient = gaussian(length, random);
        Floats value = gaussian(length + 7, random);
        Floats velocity = gaussian(length + 7, random);
        Floats newValue = value.duplicate();
        Floats newVelocity = step.momentum() == 0 ? newValue : velocity.duplicate();
        kernels.descent().sgd(gradient, newValue, newVelocity, from, from + length, step);
        for (int i = 0; i < length + 7; i++) {
          boolean inside = i >= from && i < from + length;
          double w = value.get(i);
          double g =
              inside
                  ? gradient.get(i - from)
                      + step.pull().l2() * w
                      + step.pull().l1() * Math.signum(w)
                  : 0;
          double v = step.momentum() == 0 ? g : step.momentum() * velocity.get(i) + step.keep() * g;
          double move = step.nesterov() ? g + step.momentum() * v : v;
          double moved = w - step.pull().shrink() * w - step.rate() * move;
          double soft = Math.signum(moved) * Math.max(Math.abs(moved) - step.pull().threshold(), 0);
          double expected = inside ? soft * step.pull().scale() : w;
          String where = step + " in " + kernels.name() + " at " + i;
          assertThat((double) newValue.get(i)).as(where).isCloseTo(expected, within(w, g, v));
          if (step.momentum() != 0) {
            assertThat((double) newVelocity.get(i))
                .as(where)
                .isCloseTo(inside ? v : velocity.get(i), within(w, g, v));
          }
        }
      }
    }
  }

  /** Eight roundings of numbers about this large. */
  private static org.assertj.core.data.Offset<Double> within(double w, double g, double v) {
    double size = Math.abs(w) + Math.abs(g) + Math.abs(v) + 1;
    return org.assertj.core.api.Assertions.within(8 * 0x1p-24 * size);
  }

  private static Floats gaussian(int length, SplittableRandom random) {
    Floats floats = new Floats(length);
    for (int i = 0; i < length; i++) {
      floats.set(i, i % 11 == 5 ? 0f : (float) random.nextGaussian());
    }
    return floats;
  }
}
