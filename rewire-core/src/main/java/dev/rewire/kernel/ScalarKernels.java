package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The obvious loops, for machines without the Vector API, and the twin of the fast ones. */
final class ScalarKernels extends Kernels {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      int base,
      @Nullable Floats start,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to) {
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    for (int j = from; j < to; j++) {
      long row = y.row(tile, j);
      fill(sink, row, y.width(), start == null ? 0f : start.get(j));
      int end = rowStart.get(j + 1L);
      for (int e = rowStart.get(j); e < end; e++) {
        multiplyAdd(sink, row, source, x.row(tile, column.get(e)), x.width(), weight.get(e - base));
      }
    }
  }

  @Override
  public void scatter(
      Ints first,
      Ints last,
      int shift,
      Ints column,
      Floats weight,
      Activations x,
      Activations y,
      int tile,
      int from,
      int to) {
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    for (int j = from; j < to; j++) {
      int end = last.get((long) j + shift);
      for (int e = first.get(j); e < end; e++) {
        multiplyAdd(
            sink, y.row(tile, column.get(e)), source, x.row(tile, j), x.width(), weight.get(e));
      }
    }
  }

  private static void fill(MemorySegment y, long row, int width, float value) {
    for (int b = 0; b < width; b++) {
      y.setAtIndex(JAVA_FLOAT, row + b, value);
    }
  }

  /** {@code y += w * x}; a method of its own, because the JIT vectorises it only so. */
  private static void multiplyAdd(
      MemorySegment y, long yRow, MemorySegment x, long xRow, int width, float w) {
    for (int b = 0; b < width; b++) {
      float sum =
          Math.fma(x.getAtIndex(JAVA_FLOAT, xRow + b), w, y.getAtIndex(JAVA_FLOAT, yRow + b));
      y.setAtIndex(JAVA_FLOAT, yRow + b, sum);
    }
  }

  @Override
  public void turn(
      Floats samples,
      long samplesAt,
      int count,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width) {
    SampleTurn.turn(
        samples, samplesAt, features, shift, scale, first, rows, at, width, 0, 0, count);
  }

  @Override
  public void products(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      boolean add,
      Floats scratch) {
    int j = row;
    for (int e = edgeFrom; e < edgeTo; e++) {
      while (e >= rowStart.get(j + 1L)) {
        j++;
      }
      put(out, e - edgeFrom, product(x, column.get(e), d, j, tile, 0, 1), add);
    }
  }

  /** One node of the tree: {@code count} nodes are as high as this one, it is number {@code l}. */
  private static float product(
      Activations x, int i, Activations d, int j, int tile, int l, int count) {
    if (count < STRIPES) {
      return product(x, i, d, j, tile, l, 2 * count)
          + product(x, i, d, j, tile, l + count, 2 * count);
    }
    float stripe = 0f;
    for (int b = l; b < x.width(); b += STRIPES) {
      stripe =
          Math.fma(x.values().get(x.row(tile, i) + b), d.values().get(d.row(tile, j) + b), stripe);
    }
    return stripe;
  }

  @Override
  public void sums(Activations d, int tile, int from, int to, Floats out, boolean add) {
    for (int j = from; j < to; j++) {
      put(out, j - from, sum(d, j, tile, 0, 1), add);
    }
  }

  private static float sum(Activations d, int j, int tile, int l, int count) {
    if (count < STRIPES) {
      return sum(d, j, tile, l, 2 * count) + sum(d, j, tile, l + count, 2 * count);
    }
    float stripe = 0f;
    for (int b = l; b < d.width(); b += STRIPES) {
      stripe += d.values().get(d.row(tile, j) + b);
    }
    return stripe;
  }

  @Override
  public void fourRows(
      Floats weight,
      long weightAt,
      Floats x,
      long xAt,
      int xStride,
      int count,
      Floats y,
      long yAt,
      int yStride,
      int width) {
    for (int r = 0; r < 4; r++) {
      for (int k = 0; k < count; k++) {
        multiplyAdd(
            y.segment(),
            yAt + (long) r * yStride,
            x.segment(),
            xAt + (long) k * xStride,
            width,
            weight.get(weightAt + 4L * k + r));
      }
    }
  }

  @Override
  public void listedRow(
      Floats weight, Ints index, long at, int count, Floats x, Floats y, long yAt, int width) {
    for (long k = at; k < at + count; k++) {
      multiplyAdd(y.segment(), yAt, x.segment(), (long) index.get(k) * width, width, weight.get(k));
    }
  }

  private static void put(Floats out, long at, float value, boolean add) {
    out.set(at, add ? out.get(at) + value : value);
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    for (long i = from; i < to; i++) {
      ScalarDescent.sgd(gradient, value, velocity, from, i, step);
    }
  }

  @Override
  public void adam(
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to,
      AdamStep step,
      float rate,
      float root) {
    for (long i = from; i < to; i++) {
      ScalarDescent.adam(gradient, value, state, from, i, step, rate, root);
    }
  }

  @Override
  public void rmsProp(
      Floats gradient, Floats value, Floats[] state, long from, long to, RmsPropStep step) {
    for (long i = from; i < to; i++) {
      ScalarDescent.rmsProp(gradient, value, state, from, i, step);
    }
  }

  @Override
  public void adagrad(
      Floats gradient, Floats value, Floats sum, long from, long to, AdagradStep step) {
    for (long i = from; i < to; i++) {
      ScalarDescent.adagrad(gradient, value, sum, from, i, step);
    }
  }

  @Override
  public void lion(
      Floats gradient, Floats value, Floats average, long from, long to, LionStep step) {
    for (long i = from; i < to; i++) {
      ScalarDescent.lion(gradient, value, average, from, i, step);
    }
  }

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
  public void softplus(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.softplus(x.get(i)));
    }
  }

  @Override
  public void silu(Floats x, long from, long to) {
    for (long i = from; i < to; i++) {
      x.set(i, SmoothUnits.silu(x.get(i)));
    }
  }

  @Override
  public void softplusGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * SmoothUnits.softplusSlope(y.get(i)));
    }
  }

  @Override
  public void siluGradient(Floats x, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, d.get(i) * SmoothUnits.siluSlope(x.get(i)));
    }
  }

  @Override
  public void eluGradient(Floats y, Floats d, long from, long to) {
    for (long i = from; i < to; i++) {
      d.set(i, y.get(i) > 0 ? d.get(i) : d.get(i) * (y.get(i) + 1f));
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
  public void scaleAndShift(Floats x, long from, long to, float scale, float shift) {
    for (long i = from; i < to; i++) {
      x.set(i, Math.fma(x.get(i), scale, shift));
    }
  }

  @Override
  public float rowSum(Floats x, long from, int count) {
    float[] stripes = new float[STRIPES];
    for (int i = 0; i < count; i++) {
      stripes[i % STRIPES] += x.get(from + i);
    }
    return tree(stripes);
  }

  @Override
  public float rowProducts(Floats x, long from, Floats y, long yFrom, int count) {
    float[] stripes = new float[STRIPES];
    for (int i = 0; i < count; i++) {
      int stripe = i % STRIPES;
      stripes[stripe] = Math.fma(x.get(from + i), y.get(yFrom + i), stripes[stripe]);
    }
    return tree(stripes);
  }

  private static float tree(float[] stripes) {
    for (int half = STRIPES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        stripes[i] += stripes[i + half];
      }
    }
    return stripes[0];
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
    float[] gradients = new float[STRIPES];
    float[] products = new float[STRIPES];
    for (int i = 0; i < count; i++) {
      float v = x.get(xFrom + i);
      boolean inside = above ? v >= right && v > left : v <= left;
      float g = inside ? d.get(from + i) : 0f;
      int stripe = i % STRIPES;
      gradients[stripe] += g;
      products[stripe] = Math.fma(g, v - (above ? right : left), products[stripe]);
    }
    sums.set(at, tree(gradients));
    sums.set(at + 1, tree(products));
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
