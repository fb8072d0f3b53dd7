package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** The loops of normalisations with the Vector API. */
final class VectorNorms extends Norms {
  @Override
  public void add(Floats sum, Floats more, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, sum.segment(), i, ORDER)
          .add(fromMemorySegment(S, more.segment(), i, ORDER))
          .intoMemorySegment(sum.segment(), i, ORDER);
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, x.segment(), i, ORDER)
          .mul(fromMemorySegment(S, factor.segment(), i, ORDER))
          .intoMemorySegment(out.segment(), i, ORDER);
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    MemorySegment segment = x.segment();
    FloatVector shifts = FloatVector.broadcast(S, shift);
    FloatVector scales = FloatVector.broadcast(S, scale);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, segment, i, ORDER)
          .sub(shifts)
          .mul(scales)
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void scaleAndShift(Floats x, long from, long to, float scale, float shift) {
    VectorRows.scaleAndShift(x, from, to, scale, shift);
  }

  @Override
  public float rowSum(Floats x, long from, int count) {
    return VectorRows.sum(x, from, count);
  }

  @Override
  public float rowProducts(Floats x, long from, Floats y, long yFrom, int count) {
    return VectorRows.products(x, from, y, yFrom, count);
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
    VectorRows.normalGradient(normal, normalFrom, d, from, count, common, along, factor);
  }

  @Override
  public void columnSums(
      Floats x, long from, int stride, int rows, int columns, Floats sums, long at) {
    if (columns == Kernels.STRIPES) {
      VectorColumns.sums(x, from, stride, rows, sums, at);
    } else {
      ColumnLoops.sums(x, from, stride, rows, columns, sums, at);
    }
  }

  @Override
  public void columnSquares(
      Floats x, long from, int stride, int rows, int columns, Floats centre, Floats sums, long at) {
    if (columns == Kernels.STRIPES) {
      VectorColumns.squares(x, from, stride, rows, centre, sums, at);
    } else {
      ColumnLoops.squares(x, from, stride, rows, columns, centre, sums, at);
    }
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
    if (columns == Kernels.STRIPES) {
      VectorColumns.products(x, from, y, yFrom, stride, rows, sums, at);
    } else {
      ColumnLoops.products(x, from, y, yFrom, stride, rows, columns, sums, at);
    }
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
    if (columns == Kernels.STRIPES) {
      VectorColumns.normal(x, from, stride, rows, centre, factor, at);
    } else {
      ColumnLoops.normal(x, from, stride, rows, columns, centre, factor, at);
    }
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
    if (columns == Kernels.STRIPES) {
      VectorColumns.gradient(normal, normalFrom, d, from, stride, rows, common, along, factor, at);
    } else {
      ColumnLoops.gradient(
          normal, normalFrom, d, from, stride, rows, columns, common, along, factor, at);
    }
  }
}
