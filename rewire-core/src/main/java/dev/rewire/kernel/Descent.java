package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;

/**
 * The inner loops of optimizers and of what limits gradients and weights, in two implementations
 * with the same bits, see {@link Kernels}.
 *
 * <p>Ranges are half open. Nothing is checked here except by assertions.
 */
public abstract sealed class Descent permits ScalarDescent, VectorDescent {
  Descent() {}

  /**
   * One step of gradient descent with momentum on a run of parameters, see {@link SgdStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param velocity momentum, or {@code value} itself when there is none
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step);

  /**
   * One step of Adam on a run of parameters, see {@link AdamStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param state the slots in their order
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers that are the same in every step
   * @param rate learning rate, divided by {@code 1 - beta1^t} unless corrected from birth
   * @param root {@code 1 / sqrt(1 - beta2^t)}; nobody reads it if corrected from birth
   */
  public abstract void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to,
      AdamStep step,
      float rate,
      float root);

  /**
   * One step of RMSprop on a run of parameters, see {@link RmsPropStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param state the slots in their order
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step);

  /**
   * One step of Adagrad on a run of parameters, see {@link AdagradStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param sum of the squared gradients
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step);

  /**
   * One step of Lion on a run of parameters, see {@link LionStep}.
   *
   * @param gradient gradients, first one at index 0
   * @param value parameters
   * @param average of the gradients
   * @param from first parameter
   * @param to one past the last parameter
   * @param step the numbers of this step
   */
  public abstract void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step);

  /**
   * {@code x = min(max(x, -limit), limit)}; NaN stays NaN.
   *
   * @param x in place
   * @param count elements, from the first one on
   * @param limit above 0
   */
  public final void clamp(Floats x, long count, float limit) {
    MemorySegment values = x.segment();
    for (long i = 0; i < count; i++) {
      float v = values.getAtIndex(JAVA_FLOAT, i);
      values.setAtIndex(JAVA_FLOAT, i, Math.min(Math.max(v, -limit), limit));
    }
  }

  /**
   * Sum of squares in double precision, four stripes of them: element {@code from + i} belongs to
   * stripe {@code i mod 4}.
   *
   * @param x what is squared
   * @param from first element
   * @param to one past the last element
   * @return the sum; the same bits in every implementation
   */
  public final double squares(Floats x, long from, long to) {
    MemorySegment values = x.segment();
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    long i = from;
    for (; i + 4 <= to; i += 4) {
      double first = values.getAtIndex(JAVA_FLOAT, i);
      double second = values.getAtIndex(JAVA_FLOAT, i + 1);
      double third = values.getAtIndex(JAVA_FLOAT, i + 2);
      double fourth = values.getAtIndex(JAVA_FLOAT, i + 3);
      a = Math.fma(first, first, a);
      b = Math.fma(second, second, b);
      c = Math.fma(third, third, c);
      d = Math.fma(fourth, fourth, d);
    }
    for (; i < to; i++) {
      double rest = values.getAtIndex(JAVA_FLOAT, i);
      a = Math.fma(rest, rest, a);
    }
    return (a + c) + (b + d);
  }

  /**
   * Makes rows of weights shorter whose norm is above a limit, in their own direction.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param weight one number a connection, in place
   * @param limit of the Euclidean norm, above 0
   * @param from first row
   * @param to one past the last row
   */
  public final void limitNorms(Ints rowStart, Floats weight, double limit, int from, int to) {
    MemorySegment values = weight.segment();
    for (int j = from; j < to; j++) {
      int first = rowStart.get(j);
      int end = rowStart.get(j + 1L);
      double squares = squares(weight, first, end);
      if (squares > limit * limit) {
        float factor = (float) (limit / Math.sqrt(squares));
        for (long e = first; e < end; e++) {
          values.setAtIndex(JAVA_FLOAT, e, factor * values.getAtIndex(JAVA_FLOAT, e));
        }
      }
    }
  }
}
