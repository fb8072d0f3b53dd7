package dev.rewire.kernel;

/**
 * Smooth activation functions and their derivatives, one float at a time, on top of {@link
 * Exponential}. {@link VectorSmoothUnits} computes most of them, the same expressions in the same
 * order.
 */
final class SmoothUnits {
  /** Coefficients of {@code atanh(u) / u} in {@code u^2}. */
  static final float A3 = 1f / 3;

  static final float A5 = 1f / 5;
  static final float A7 = 1f / 7;
  static final float A9 = 1f / 9;
  static final float A11 = 1f / 11;
  static final float A13 = 1f / 13;

  /** A fit of {@code ln(erfc(z) / t) + z^2} in {@code t = 2 / (2 + z)}, Numerical Recipes 6.2. */
  static final float C0 = -1.26551223f;

  static final float C1 = 1.00002368f;
  static final float C2 = 0.37409196f;
  static final float C3 = 0.09678418f;
  static final float C4 = -0.18628806f;
  static final float C5 = 0.27886807f;
  static final float C6 = -1.13520398f;
  static final float C7 = 1.48851587f;
  static final float C8 = -0.82215223f;
  static final float C9 = 0.17087277f;

  static final float SQRT_HALF = 0.70710678f;

  /** Below this the distribution is a half, and outputs have lost their last digits. */
  static final float TINY = 1e-20f;

  /** The density of the normal distribution at 0. */
  static final float DENSITY = 0.39894228f;

  private SmoothUnits() {}

  /** {@code exp(x) - 1} for {@code x <= 0}, without cancellation near 0. */
  static float expMinus1(float x) {
    float t = Exponential.tanh(0.5f * x);
    return (t + t) / (1f - t);
  }

  /** {@code ln(1 + t)} for {@code t} from 0 to 1. */
  private static float log1p(float t) {
    float u = t / (t + 2f);
    float s = u * u;
    float p = Math.fma(A13, s, A11);
    p = Math.fma(p, s, A9);
    p = Math.fma(p, s, A7);
    p = Math.fma(p, s, A5);
    p = Math.fma(p, s, A3);
    float twice = u + u;
    return Math.fma(p, s * twice, twice);
  }

  static float elu(float x) {
    return x > 0 ? x : expMinus1(x);
  }

  static float softplus(float x) {
    return Math.max(x, 0f) + log1p(Exponential.exp(-Math.abs(x)));
  }

  /** From the output. */
  static float softplusSlope(float y) {
    return -expMinus1(-y);
  }

  static float silu(float x) {
    return x * Exponential.sigmoid(x);
  }

  /** From the input. */
  static float siluSlope(float x) {
    float s = Exponential.sigmoid(x);
    return s * Math.fma(x, 1f - s, 1f);
  }

  /** The normal distribution up to {@code x}, to about 1e-6 of itself even far to the left. */
  private static float normal(float x) {
    float z = Math.abs(x) * SQRT_HALF;
    float t = 2f / (z + 2f);
    float p = Math.fma(C9, t, C8);
    p = Math.fma(p, t, C7);
    p = Math.fma(p, t, C6);
    p = Math.fma(p, t, C5);
    p = Math.fma(p, t, C4);
    p = Math.fma(p, t, C3);
    p = Math.fma(p, t, C2);
    p = Math.fma(p, t, C1);
    p = Math.fma(p, t, C0);
    float tail = 0.5f * t * Exponential.exp(Math.fma(-z, z, p));
    return x > 0 ? 1f - tail : tail;
  }

  static float gelu(float x) {
    return x * normal(x);
  }

  /** From the input and the output, whose quotient is the distribution. */
  static float geluSlope(float x, float y) {
    float share = Math.abs(x) < TINY ? 0.5f : y / x;
    return Math.fma(x, DENSITY * Exponential.exp(-0.5f * (x * x)), share);
  }
}
