package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.NARROW;
import static dev.rewire.kernel.Lanes.S;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import org.jspecify.annotations.Nullable;

/**
 * The loops with the Vector API. The batch is the vector: a row of {@code y} or of {@code d} stays
 * in registers while the loop runs over its connections, so memory traffic is the gathered rows and
 * nothing else.
 */
final class VectorKernels extends Kernels {
  /** For what short vectors are no help with. */
  private final Kernels scalar = new ScalarKernels();

  VectorKernels() {
    super(new VectorUnits(), new VectorNorms(), new VectorDescent());
  }

  @Override
  public String name() {
    return "vector/" + S.vectorBitSize();
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
    if (x.width() <= NARROW) {
      NarrowGather.gather(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else {
      VectorGather.gather(rowStart, column, weight, base, start, x, y, tile, from, to);
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
    if (x.width() <= NARROW) {
      NarrowScatter.scatter(first, last, shift, column, weight, x, y, tile, from, to);
    } else {
      VectorScatter.scatter(first, last, shift, column, weight, x, y, tile, from, to);
    }
  }

  @Override
  public void addRows(
      int[] rowStart, int[] column, int[] row, int from, int to, double[] factors, double[] sums) {
    if (L >= VectorPaths.FLOATS) {
      VectorPaths.addRows(rowStart, column, row, from, to, factors, sums);
    } else {
      scalar.addRows(rowStart, column, row, from, to, factors, sums);
    }
  }

  @Override
  public void addProducts(double[] sums, double[] factors, double[][] rows) {
    if (L >= VectorPaths.FLOATS) {
      VectorPaths.addProducts(sums, factors, rows);
    } else {
      scalar.addProducts(sums, factors, rows);
    }
  }

  @Override
  public long firstAtLeast(Floats x, long from, long to, int bound) {
    return VectorSearch.firstAtLeast(x.segment(), from, to, bound);
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
    if (L >= VectorTurn.SIDE) {
      VectorTurn.turn(samples, samplesAt, count, features, shift, scale, first, rows, at, width);
    } else {
      SampleTurn.turn(
          samples, samplesAt, features, shift, scale, first, rows, at, width, 0, 0, count);
    }
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
    if (x.width() < Math.min(L, 8)) {
      assert !add : "one tile only";
      NarrowProducts.products(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out);
    } else {
      VectorProducts.products(
          rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out, add, scratch);
    }
  }

  @Override
  public void sums(Activations d, int tile, int from, int to, Floats out, boolean add) {
    if (d.width() < L) {
      assert !add : "one tile only";
      NarrowProducts.sums(d, tile, from, to, out);
    } else {
      VectorProducts.sums(d, tile, from, to, out, add);
    }
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
    VectorDense.fourRows(weight, weightAt, x, xAt, xStride, count, y, yAt, yStride, width);
  }

  @Override
  public void listedRow(
      Floats weight, Ints index, long at, int count, Floats x, Floats y, long yAt, int width) {
    VectorListed.listedRow(weight, index, at, count, x, y, yAt, width);
  }
}
