package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Four rows of a dense matrix product. Eight vectors of results stay in registers: every vector
 * that is read serves four rows, every weight two vectors.
 */
final class VectorDense {
  private VectorDense() {}

  static void fourRows(
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
    MemorySegment weights = weight.segment();
    long w = weightAt * 4;
    MemorySegment source = x.segment();
    MemorySegment sink = y.segment();
    int b = 0;
    for (; b + 2 * L <= width; b += 2 * L) {
      two(
          weights,
          w,
          source,
          (xAt + b) * 4,
          xStride * 4L,
          count,
          sink,
          (yAt + b) * 4,
          yStride * 4L);
    }
    for (; b < width; b += L) {
      one(
          weights,
          w,
          source,
          (xAt + b) * 4,
          xStride * 4L,
          count,
          sink,
          (yAt + b) * 4,
          yStride * 4L);
    }
  }

  private static FloatVector broadcast(MemorySegment weights, long offset) {
    return FloatVector.broadcast(S, weights.get(JAVA_FLOAT, offset));
  }

  private static void two(
      MemorySegment weights,
      long weightAt,
      MemorySegment x,
      long xAt,
      long xBytes,
      int count,
      MemorySegment y,
      long yAt,
      long yBytes) {
    // No slices of y: with them this method is longer than what C2 inlines at once, and the last
    // vector would be put into an object.
    long r1 = yAt + yBytes;
    long r2 = r1 + yBytes;
    long r3 = r2 + yBytes;
    FloatVector a0 = fromMemorySegment(S, y, yAt, ORDER);
    FloatVector a1 = fromMemorySegment(S, y, yAt + BYTES, ORDER);
    FloatVector b0 = fromMemorySegment(S, y, r1, ORDER);
    FloatVector b1 = fromMemorySegment(S, y, r1 + BYTES, ORDER);
    FloatVector c0 = fromMemorySegment(S, y, r2, ORDER);
    FloatVector c1 = fromMemorySegment(S, y, r2 + BYTES, ORDER);
    FloatVector d0 = fromMemorySegment(S, y, r3, ORDER);
    FloatVector d1 = fromMemorySegment(S, y, r3 + BYTES, ORDER);
    MemorySegment strip = weights.asSlice(weightAt, count * 16L);
    for (int k = 0; k < count; k++) {
      MemorySegment row = x.asSlice(xAt + k * xBytes, 2 * BYTES);
      FloatVector u = fromMemorySegment(S, row, 0, ORDER);
      FloatVector v = fromMemorySegment(S, row, BYTES, ORDER);
      MemorySegment four = strip.asSlice(k * 16L, 16);
      FloatVector w = broadcast(four, 0);
      a0 = u.fma(w, a0);
      a1 = v.fma(w, a1);
      w = broadcast(four, 4);
      b0 = u.fma(w, b0);
      b1 = v.fma(w, b1);
      w = broadcast(four, 8);
      c0 = u.fma(w, c0);
      c1 = v.fma(w, c1);
      w = broadcast(four, 12);
      d0 = u.fma(w, d0);
      d1 = v.fma(w, d1);
    }
    EXACT.cast(a0).intoMemorySegment(y, yAt, ORDER);
    EXACT.cast(a1).intoMemorySegment(y, yAt + BYTES, ORDER);
    EXACT.cast(b0).intoMemorySegment(y, r1, ORDER);
    EXACT.cast(b1).intoMemorySegment(y, r1 + BYTES, ORDER);
    EXACT.cast(c0).intoMemorySegment(y, r2, ORDER);
    EXACT.cast(c1).intoMemorySegment(y, r2 + BYTES, ORDER);
    EXACT.cast(d0).intoMemorySegment(y, r3, ORDER);
    EXACT.cast(d1).intoMemorySegment(y, r3 + BYTES, ORDER);
  }

  private static void one(
      MemorySegment weights,
      long weightAt,
      MemorySegment x,
      long xAt,
      long xBytes,
      int count,
      MemorySegment y,
      long yAt,
      long yBytes) {
    FloatVector a = fromMemorySegment(S, y, yAt, ORDER);
    FloatVector b = fromMemorySegment(S, y, yAt + yBytes, ORDER);
    FloatVector c = fromMemorySegment(S, y, yAt + 2 * yBytes, ORDER);
    FloatVector d = fromMemorySegment(S, y, yAt + 3 * yBytes, ORDER);
    MemorySegment strip = weights.asSlice(weightAt, count * 16L);
    for (int k = 0; k < count; k++) {
      FloatVector u = fromMemorySegment(S, x, xAt + k * xBytes, ORDER);
      MemorySegment four = strip.asSlice(k * 16L, 16);
      a = u.fma(broadcast(four, 0), a);
      b = u.fma(broadcast(four, 4), b);
      c = u.fma(broadcast(four, 8), c);
      d = u.fma(broadcast(four, 12), d);
    }
    EXACT.cast(a).intoMemorySegment(y, yAt, ORDER);
    EXACT.cast(b).intoMemorySegment(y, yAt + yBytes, ORDER);
    EXACT.cast(c).intoMemorySegment(y, yAt + 2 * yBytes, ORDER);
    EXACT.cast(d).intoMemorySegment(y, yAt + 3 * yBytes, ORDER);
  }
}
