package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** {@link ColumnLoops} for the 16 columns of a cache line, a vector of them after the other. */
final class VectorColumns {
  private VectorColumns() {}

  static void sums(Floats x, long from, int stride, int rows, Floats sums, long at) {
    MemorySegment segment = x.segment();
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      FloatVector sum = FloatVector.zero(S);
      long i = (from + lane) * 4;
      for (int first = 0; first < rows; first += ColumnLoops.BLOCK) {
        FloatVector part = FloatVector.zero(S);
        int end = Math.min(rows, first + ColumnLoops.BLOCK);
        for (int j = first; j < end; j++, i += stride * 4L) {
          part = fromMemorySegment(S, segment, i, ORDER).add(part);
        }
        sum = EXACT.cast(part).add(sum);
      }
      EXACT.cast(sum).intoMemorySegment(sums.segment(), (at + lane) * 4, ORDER);
    }
  }

  static void squares(
      Floats x, long from, int stride, int rows, Floats centre, Floats sums, long at) {
    MemorySegment segment = x.segment();
    MemorySegment middle = centre.segment();
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      FloatVector sum = FloatVector.zero(S);
      long i = (from + lane) * 4;
      for (int first = 0; first < rows; first += ColumnLoops.BLOCK) {
        FloatVector part = FloatVector.zero(S);
        int end = Math.min(rows, first + ColumnLoops.BLOCK);
        for (int j = first; j < end; j++, i += stride * 4L) {
          // Read for each row: outside of the loops C2 may not inline the call, and the vector
          // would be an object.
          FloatVector distance =
              fromMemorySegment(S, segment, i, ORDER)
                  .sub(fromMemorySegment(S, middle, (at + lane) * 4, ORDER));
          part = distance.fma(distance, part);
        }
        sum = EXACT.cast(part).add(sum);
      }
      EXACT.cast(sum).intoMemorySegment(sums.segment(), (at + lane) * 4, ORDER);
    }
  }

  static void products(
      Floats x, long from, Floats y, long yFrom, int stride, int rows, Floats sums, long at) {
    MemorySegment one = x.segment();
    MemorySegment other = y.segment();
    long gap = (yFrom - from) * 4;
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      FloatVector sum = FloatVector.zero(S);
      long i = (from + lane) * 4;
      for (int first = 0; first < rows; first += ColumnLoops.BLOCK) {
        FloatVector part = FloatVector.zero(S);
        int end = Math.min(rows, first + ColumnLoops.BLOCK);
        for (int j = first; j < end; j++, i += stride * 4L) {
          part =
              fromMemorySegment(S, one, i, ORDER)
                  .fma(fromMemorySegment(S, other, gap + i, ORDER), part);
        }
        sum = EXACT.cast(part).add(sum);
      }
      EXACT.cast(sum).intoMemorySegment(sums.segment(), (at + lane) * 4, ORDER);
    }
  }

  static void normal(
      Floats x, long from, int stride, int rows, Floats centre, Floats factor, long at) {
    MemorySegment segment = x.segment();
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      FloatVector middle = fromMemorySegment(S, centre.segment(), (at + lane) * 4, ORDER);
      FloatVector scale = fromMemorySegment(S, factor.segment(), (at + lane) * 4, ORDER);
      long i = (from + lane) * 4;
      for (int j = 0; j < rows; j++, i += stride * 4L) {
        fromMemorySegment(S, segment, i, ORDER)
            .sub(middle)
            .mul(scale)
            .intoMemorySegment(segment, i, ORDER);
      }
    }
  }

  static void gradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int stride,
      int rows,
      Floats common,
      Floats along,
      Floats factor,
      long at) {
    MemorySegment normals = normal.segment();
    MemorySegment gradient = d.segment();
    long gap = (normalFrom - from) * 4;
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      FloatVector mean = fromMemorySegment(S, common.segment(), (at + lane) * 4, ORDER);
      FloatVector minusAlong = fromMemorySegment(S, along.segment(), (at + lane) * 4, ORDER).neg();
      FloatVector scale = fromMemorySegment(S, factor.segment(), (at + lane) * 4, ORDER);
      long i = (from + lane) * 4;
      for (int j = 0; j < rows; j++, i += stride * 4L) {
        FloatVector rest = fromMemorySegment(S, gradient, i, ORDER).sub(mean);
        minusAlong
            .fma(fromMemorySegment(S, normals, gap + i, ORDER), rest)
            .mul(scale)
            .intoMemorySegment(gradient, i, ORDER);
      }
    }
  }
}
