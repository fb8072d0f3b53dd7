package dev.rewire.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link Exponential} for a whole vector, operation by operation the same. */
final class VectorExponential {
  private VectorExponential() {}

  static FloatVector exp(FloatVector x) {
    VectorSpecies<Float> s = x.species();
    FloatVector bounded = x.min(Exponential.MOST).max(Exponential.LEAST);
    FloatVector shifted =
        bounded.fma(
            FloatVector.broadcast(s, Exponential.LOG2_E),
            FloatVector.broadcast(s, Exponential.ROUND));
    FloatVector n = shifted.sub(Exponential.ROUND);
    FloatVector r = n.fma(FloatVector.broadcast(s, -Exponential.LN2_HIGH), bounded);
    r = n.fma(FloatVector.broadcast(s, -Exponential.LN2_LOW), r);
    FloatVector p = step(FloatVector.broadcast(s, Exponential.E5), r, Exponential.E4);
    p = step(p, r, Exponential.E3);
    p = step(p, r, Exponential.E2);
    p = step(p, r, Exponential.E1);
    p = step(p, r, Exponential.E0);
    FloatVector y = p.fma(r.mul(r), r).add(1f);
    IntVector power =
        shifted.reinterpretAsInts().sub(Exponential.ROUND_BITS).lanewise(VectorOperators.LSHL, 23);
    return y.reinterpretAsInts().add(power).reinterpretAsFloats();
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector one = FloatVector.broadcast(x.species(), 1f);
    return one.div(exp(x.neg()).add(1f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector e = exp(x.add(x));
    FloatVector quotient = e.sub(1f).div(e.add(1f));
    FloatVector s = x.mul(x);
    FloatVector p = step(FloatVector.broadcast(x.species(), Exponential.T5), s, Exponential.T4);
    p = step(p, s, Exponential.T3);
    p = step(p, s, Exponential.T2);
    p = step(p, s, Exponential.T1);
    FloatVector series = p.fma(s.mul(x), x);
    return quotient.blend(series, x.abs().compare(VectorOperators.LT, Exponential.SERIES));
  }

  private static FloatVector step(FloatVector p, FloatVector x, float next) {
    return p.fma(x, FloatVector.broadcast(x.species(), next));
  }
}
