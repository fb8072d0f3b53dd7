package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** The obvious loops, for machines without the Vector API, and the twin of the fast ones. */
final class ScalarKernels extends Kernels {
  ScalarKernels() {
    super(new ScalarUnits(), new ScalarNorms(), new ScalarDescent());
  }

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
  public void addRows(
      int[] rowStart, int[] column, int[] row, int from, int to, double[] factors, double[] sums) {
    for (int k = from; k < to; k++) {
      for (int e = rowStart[row[k]]; e < rowStart[row[k] + 1]; e++) {
        for (int l = 0; l < SIDE_BY_SIDE; l++) {
          sums[SIDE_BY_SIDE * column[e] + l] += factors[SIDE_BY_SIDE * (k - from) + l];
        }
      }
    }
  }

  @Override
  public void addProducts(double[] sums, double[] factors, double[][] rows) {
    addProducts(sums, factors, rows, 0);
  }

  static void addProducts(double[] sums, double[] factors, double[][] rows, int from) {
    for (int i = from; i < factors.length; i++) {
      for (int l = 0; l < SIDE_BY_SIDE; l++) {
        rows[l][i] += sums[SIDE_BY_SIDE * i + l] * factors[i];
        sums[SIDE_BY_SIDE * i + l] = 0;
      }
    }
  }

  @Override
  public long firstAtLeast(Floats x, long from, long to, int bound) {
    return firstAtLeast(x.segment(), from, to, bound);
  }

  static long firstAtLeast(MemorySegment x, long from, long to, int bound) {
    for (long i = from; i < to; i++) {
      if ((x.getAtIndex(JAVA_INT, i) & Integer.MAX_VALUE) >= bound) {
        return i;
      }
    }
    return to;
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
}
