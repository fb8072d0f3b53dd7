package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/** The obvious loops of activations. */
final class ScalarUnits extends Units {
  @Override
  public void leakyRelu(Floats x, long from, long to, float slope) {
    for (long i = from; i < to; i++) {
      float v = x.get(i);
      x.set(i, v > 0 ? v : slope * v);
    }
  }

  @Override
  public void leakyReluGradient(Floats y, Floats d, long from, long to, float slope) {
    for (long i = from; i < to; i++) {
      d.set(i, y.get(i) > 0 ? d.get(i) : slope * d.get(i));
    }
  }

  @Override
  public void sigmoid(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, Exponential.sigmoid(x.get(i)));
    }
  }

  @Override
  public void sigmoidGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * (y.get(i) * (1f - y.get(i))));
    }
  }

  @Override
  public void tanh(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, Exponential.tanh(x.get(i)));
    }
  }

  @Override
  public void tanhGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * (1f - y.get(i) * y.get(i)));
    }
  }

  @Override
  public void elu(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.elu(x.get(i)));
    }
  }

  @Override
  public void eluGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, y.get(i) > 0 ? d.get(i) : d.get(i) * (y.get(i) + 1f));
    }
  }

  @Override
  public void softplus(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.softplus(x.get(i)));
    }
  }

  @Override
  public void softplusGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * SmoothUnits.softplusSlope(y.get(i)));
    }
  }

  @Override
  public void silu(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.silu(x.get(i)));
    }
  }

  @Override
  public void siluGradient(Floats x, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * SmoothUnits.siluSlope(x.get(i)));
    }
  }

  @Override
  public void gelu(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.gelu(x.get(i)));
    }
  }

  @Override
  public void geluGradient(Floats x, Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * SmoothUnits.geluSlope(x.get(i), y.get(i)));
    }
  }

  @Override
  public void hardTanh(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, Math.max(Math.min(x.get(i), 1f), -1f));
    }
  }

  @Override
  public void hardTanhGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, Math.abs(y.get(i)) < 1f ? d.get(i) : 0f);
    }
  }

  @Override
  public void sRelu(
      Floats x, long from, long to, float left, float leftSlope, float right, float rightSlope) {
    for (long i = from; i < to; i++) {
      float v = x.get(i);
      float low = Math.fma(leftSlope, v - left, left);
      float high = Math.fma(rightSlope, v - right, right);
      x.set(i, v <= left ? low : v >= right ? high : v);
    }
  }

  @Override
  public void sReluSums(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float right,
      boolean above,
      Floats sums,
      long at) {
    float[] gradients = new float[Kernels.STRIPES];
    float[] products = new float[Kernels.STRIPES];
    for (int i = 0; i < count; i++) {
      float v = x.get(xFrom + i);
      boolean inside = above ? v >= right && v > left : v <= left;
      float g = inside ? d.get(from + i) : 0f;
      int stripe = i % Kernels.STRIPES;
      gradients[stripe] += g;
      products[stripe] = Math.fma(g, v - (above ? right : left), products[stripe]);
    }
    sums.set(at, ScalarNorms.tree(gradients));
    sums.set(at + 1, ScalarNorms.tree(products));
  }

  @Override
  public void sReluGradient(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float leftSlope,
      float right,
      float rightSlope) {
    for (int i = 0; i < count; i++) {
      float v = x.get(xFrom + i);
      float g = d.get(from + i);
      d.set(from + i, v <= left ? g * leftSlope : v >= right ? g * rightSlope : g);
    }
  }
}
