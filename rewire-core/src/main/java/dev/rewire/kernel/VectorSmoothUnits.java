package dev.rewire.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link SmoothUnits} but GELU for a whole vector, operation by operation the same. */
final class VectorSmoothUnits {
  private static final FloatVector ZERO = broadcast(0f);
  private static final FloatVector HALF = broadcast(0.5f);
  private static final FloatVector ONE = broadcast(1f);
  private static final FloatVector TWO = broadcast(2f);
  private static final FloatVector A3 = broadcast(SmoothUnits.A3);
  private static final FloatVector A5 = broadcast(SmoothUnits.A5);
  private static final FloatVector A7 = broadcast(SmoothUnits.A7);
  private static final FloatVector A9 = broadcast(SmoothUnits.A9);
  private static final FloatVector A11 = broadcast(SmoothUnits.A11);
  private static final FloatVector A13 = broadcast(SmoothUnits.A13);

  private VectorSmoothUnits() {}

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(Lanes.S, value);
  }

  private static FloatVector expMinus1(FloatVector x) {
    FloatVector t = VectorExponential.tanh(x.mul(HALF));
    return t.add(t).div(ONE.sub(t));
  }

  private static FloatVector log1p(FloatVector t) {
    FloatVector u = t.div(t.add(TWO));
    FloatVector s = u.mul(u);
    FloatVector p = A13.fma(s, A11).fma(s, A9).fma(s, A7).fma(s, A5).fma(s, A3);
    FloatVector twice = u.add(u);
    return p.fma(s.mul(twice), twice);
  }

  static FloatVector elu(FloatVector x) {
    return expMinus1(x).blend(x, x.compare(VectorOperators.GT, ZERO));
  }

  static FloatVector softplus(FloatVector x) {
    return x.max(ZERO).add(log1p(VectorExponential.exp(x.abs().neg())));
  }

  static FloatVector softplusSlope(FloatVector y) {
    return expMinus1(y.neg()).neg();
  }

  static FloatVector silu(FloatVector x) {
    return x.mul(VectorExponential.sigmoid(x));
  }

  static FloatVector siluSlope(FloatVector x) {
    FloatVector s = VectorExponential.sigmoid(x);
    return s.mul(x.fma(ONE.sub(s), ONE));
  }
}
