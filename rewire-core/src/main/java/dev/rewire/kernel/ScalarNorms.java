package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/** The obvious loops of normalisations. */
final class ScalarNorms extends Norms {
  @Override
  public void add(Floats sum, Floats more, long from, long to) {
    for (long i = from; i < to; i++) {
      sum.set(i, sum.get(i) + more.get(i));
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from; i < to; i++) {
      out.set(i, x.get(i) * factor.get(i));
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    for (long i = from; i < to; i++) {
      x.set(i, (x.get(i) - shift) * scale);
    }
  }

  @Override
  public void scaleAndShift(Floats x, long from, long to, float scale, float shift) {
    for (long i = from; i < to; i++) {
      x.set(i, Math.fma(x.get(i), scale, shift));
    }
  }

  @Override
  public float rowSum(Floats x, long from, int count) {
    float[] stripes = new float[Kernels.STRIPES];
    for (int i = 0; i < count; i++) {
      stripes[i % Kernels.STRIPES] += x.get(from + i);
    }
    return tree(stripes);
  }

  @Override
  public float rowProducts(Floats x, long from, Floats y, long yFrom, int count) {
    float[] stripes = new float[Kernels.STRIPES];
    for (int i = 0; i < count; i++) {
      int stripe = i % Kernels.STRIPES;
      stripes[stripe] = Math.fma(x.get(from + i), y.get(yFrom + i), stripes[stripe]);
    }
    return tree(stripes);
  }

  @Override
  public void normalGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int count,
      float common,
      float along,
      float factor) {
    for (int i = 0; i < count; i++) {
      float rest = d.get(from + i) - common;
      d.set(from + i, factor * Math.fma(-along, normal.get(normalFrom + i), rest));
    }
  }

  @Override
  public void columnSums(
      Floats x, long from, int stride, int rows, int columns, Floats sums, long at) {
    ColumnLoops.sums(x, from, stride, rows, columns, sums, at);
  }

  @Override
  public void columnSquares(
      Floats x, long from, int stride, int rows, int columns, Floats centre, Floats sums, long at) {
    ColumnLoops.squares(x, from, stride, rows, columns, centre, sums, at);
  }

  @Override
  public void columnProducts(
      Floats x,
      long from,
      Floats y,
      long yFrom,
      int stride,
      int rows,
      int columns,
      Floats sums,
      long at) {
    ColumnLoops.products(x, from, y, yFrom, stride, rows, columns, sums, at);
  }

  @Override
  public void columnNormal(
      Floats x,
      long from,
      int stride,
      int rows,
      int columns,
      Floats centre,
      Floats factor,
      long at) {
    ColumnLoops.normal(x, from, stride, rows, columns, centre, factor, at);
  }

  @Override
  public void columnGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int stride,
      int rows,
      int columns,
      Floats common,
      Floats along,
      Floats factor,
      long at) {
    ColumnLoops.gradient(
        normal, normalFrom, d, from, stride, rows, columns, common, along, factor, at);
  }

  /** Adds up stripes, the upper half of them to the lower one. */
  static float tree(float[] stripes) {
    for (int half = Kernels.STRIPES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        stripes[i] += stripes[i + half];
      }
    }
    return stripes[0];
  }
}
