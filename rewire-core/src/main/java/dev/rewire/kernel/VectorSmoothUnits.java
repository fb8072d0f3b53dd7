package dev.rewire.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** {@link SmoothUnits} for a whole vector, operation by operation the same. */
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
  private static final FloatVector C0 = broadcast(SmoothUnits.C0);
  private static final FloatVector C1 = broadcast(SmoothUnits.C1);
  private static final FloatVector C2 = broadcast(SmoothUnits.C2);
  private static final FloatVector C3 = broadcast(SmoothUnits.C3);
  private static final FloatVector C4 = broadcast(SmoothUnits.C4);
  private static final FloatVector C5 = broadcast(SmoothUnits.C5);
  private static final FloatVector C6 = broadcast(SmoothUnits.C6);
  private static final FloatVector C7 = broadcast(SmoothUnits.C7);
  private static final FloatVector C8 = broadcast(SmoothUnits.C8);
  private static final FloatVector C9 = broadcast(SmoothUnits.C9);
  private static final FloatVector SQRT_HALF = broadcast(SmoothUnits.SQRT_HALF);
  private static final FloatVector TINY = broadcast(SmoothUnits.TINY);
  private static final FloatVector DENSITY = broadcast(SmoothUnits.DENSITY);
  private static final FloatVector MINUS_HALF = broadcast(-0.5f);

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

  static FloatVector gelu(FloatVector x) {
    FloatVector z = x.abs().mul(SQRT_HALF);
    FloatVector t = TWO.div(z.add(TWO));
    FloatVector p = C9.fma(t, C8).fma(t, C7).fma(t, C6).fma(t, C5).fma(t, C4);
    p = p.fma(t, C3).fma(t, C2).fma(t, C1).fma(t, C0);
    FloatVector tail = t.mul(HALF).mul(VectorExponential.exp(z.neg().fma(z, p)));
    FloatVector share = tail.blend(ONE.sub(tail), x.compare(VectorOperators.GT, ZERO));
    return x.mul(share);
  }

  static FloatVector geluSlope(FloatVector x, FloatVector y) {
    FloatVector share = y.div(x).blend(HALF, x.abs().compare(VectorOperators.LT, TINY));
    FloatVector density = DENSITY.mul(VectorExponential.exp(x.mul(x).mul(MINUS_HALF)));
    return x.fma(density, share);
  }
}
