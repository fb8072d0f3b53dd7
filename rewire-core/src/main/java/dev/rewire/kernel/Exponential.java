package dev.rewire.kernel;

/**
 * The exponential and what is made of it, one float at a time.
 *
 * <p>Our own, because {@link Math#exp} and the Vector API's may differ in the last bit from machine
 * to machine. {@link VectorExponential} computes the same expressions in the same order.
 */
final class Exponential {
  /** Beyond these the result would be infinite or denormal. */
  static final float MOST = 88f;

  static final float LEAST = -87f;
  static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts: the first has so few bits that a product with it is exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  /** Adding 1.5 * 2^23 rounds to an integer and leaves it in the low bits. */
  static final float ROUND = 12_582_912f;

  static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  /** Coefficients of {@code (exp(r) - 1 - r) / r^2} on |r| <= ln(2)/2 (Cephes, Moshier). */
  static final float E5 = 1.9875691500e-4f;

  static final float E4 = 1.3981999507e-3f;
  static final float E3 = 8.3334519073e-3f;
  static final float E2 = 4.1665795894e-2f;
  static final float E1 = 1.6666665459e-1f;
  static final float E0 = 5.0000001201e-1f;

  /** Below this the quotient of exponentials loses digits and a series takes over. */
  static final float SERIES = 0.4f;

  /** Taylor coefficients of {@code tanh(x) / x} in {@code x^2}. */
  static final float T1 = -1f / 3;

  static final float T2 = 2f / 15;
  static final float T3 = -17f / 315;
  static final float T4 = 62f / 2835;
  static final float T5 = -1382f / 155_925;

  private Exponential() {}

  static float exp(float x) {
    float bounded = Math.max(LEAST, Math.min(MOST, x));
    float shifted = Math.fma(bounded, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_HIGH, bounded);
    r = Math.fma(n, -LN2_LOW, r);
    float p = Math.fma(E5, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    float y = Math.fma(p, r * r, r) + 1f;
    int power = (Float.floatToRawIntBits(shifted) - ROUND_BITS) << 23;
    float scaled = Float.intBitsToFloat(Float.floatToRawIntBits(y) + power);
    return Float.isNaN(x) ? x : scaled;
  }

  static float sigmoid(float x) {
    return 1f / (1f + exp(-x));
  }

  static float tanh(float x) {
    float e = exp(x + x);
    float quotient = (e - 1f) / (e + 1f);
    float s = x * x;
    float p = Math.fma(T5, s, T4);
    p = Math.fma(p, s, T3);
    p = Math.fma(p, s, T2);
    p = Math.fma(p, s, T1);
    float series = Math.fma(p, s * x, x);
    return Math.abs(x) < SERIES ? series : quotient;
  }
}
