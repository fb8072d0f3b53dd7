package dev.rewire.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Exponential} for a whole vector, operation by operation the same.
 *
 * <p>Constants are vectors already: the methods that take a scalar go through several more calls,
 * too deep for C2 to inline, and then every vector of the loop is boxed.
 */
final class VectorExponential {
  private static final VectorSpecies<Float> S = Lanes.S;
  private static final FloatVector ONE = broadcast(1f);
  private static final FloatVector MOST = broadcast(Exponential.MOST);
  private static final FloatVector LEAST = broadcast(Exponential.LEAST);
  private static final FloatVector LOG2_E = broadcast(Exponential.LOG2_E);
  private static final FloatVector ROUND = broadcast(Exponential.ROUND);
  private static final FloatVector MINUS_LN2_HIGH = broadcast(-Exponential.LN2_HIGH);
  private static final FloatVector MINUS_LN2_LOW = broadcast(-Exponential.LN2_LOW);
  private static final FloatVector E5 = broadcast(Exponential.E5);
  private static final FloatVector E4 = broadcast(Exponential.E4);
  private static final FloatVector E3 = broadcast(Exponential.E3);
  private static final FloatVector E2 = broadcast(Exponential.E2);
  private static final FloatVector E1 = broadcast(Exponential.E1);
  private static final FloatVector E0 = broadcast(Exponential.E0);
  private static final FloatVector SERIES = broadcast(Exponential.SERIES);
  private static final FloatVector T5 = broadcast(Exponential.T5);
  private static final FloatVector T4 = broadcast(Exponential.T4);
  private static final FloatVector T3 = broadcast(Exponential.T3);
  private static final FloatVector T2 = broadcast(Exponential.T2);
  private static final FloatVector T1 = broadcast(Exponential.T1);
  private static final IntVector ROUND_BITS = ROUND.reinterpretAsInts();

  private VectorExponential() {}

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(S, value);
  }

  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.min(MOST).max(LEAST);
    FloatVector shifted = bounded.fma(LOG2_E, ROUND);
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, bounded));
    FloatVector p = E5.fma(r, E4).fma(r, E3).fma(r, E2).fma(r, E1).fma(r, E0);
    FloatVector y = p.fma(r.mul(r), r).add(ONE);
    IntVector power =
        shifted.reinterpretAsInts().sub(ROUND_BITS).lanewise(VectorOperators.LSHL, 23);
    FloatVector scaled = y.reinterpretAsInts().add(power).reinterpretAsFloats();
    return scaled.blend(x, x.test(VectorOperators.IS_NAN));
  }

  static FloatVector sigmoid(FloatVector x) {
    return ONE.div(exp(x.neg()).add(ONE));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector e = exp(x.add(x));
    FloatVector quotient = e.sub(ONE).div(e.add(ONE));
    FloatVector s = x.mul(x);
    FloatVector p = T5.fma(s, T4).fma(s, T3).fma(s, T2).fma(s, T1);
    FloatVector series = p.fma(s.mul(x), x);
    return quotient.blend(series, x.abs().compare(VectorOperators.LT, SERIES));
  }
}
