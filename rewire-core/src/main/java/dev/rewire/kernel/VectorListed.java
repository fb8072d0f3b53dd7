package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * One row of a matrix product with a factor that is listed. Up to eight vectors stay in registers.
 */
final class VectorListed {
  private VectorListed() {}

  static void listedRow(
      Floats weight, Ints index, long at, int count, Floats x, Floats y, long yAt, int width) {
    MemorySegment weights = weight.segment().asSlice(at * 4, count * 4L);
    MemorySegment indices = index.segment().asSlice(at * 4, count * 4L);
    MemorySegment source = x.segment();
    MemorySegment sink = y.segment();
    long row = width * 4L;
    long end = row;
    long b = 0;
    for (; b + 8 * BYTES <= end; b += 8 * BYTES) {
      eight(weights, indices, count, source, b, row, sink.asSlice(yAt * 4 + b, 8 * BYTES));
    }
    for (; b + 4 * BYTES <= end; b += 4 * BYTES) {
      four(weights, indices, count, source, b, row, sink.asSlice(yAt * 4 + b, 4 * BYTES));
    }
    for (; b < end; b += L * 4L) {
      one(weights, indices, count, source, b, row, sink.asSlice(yAt * 4 + b, BYTES));
    }
  }

  private static void eight(
      MemorySegment weights,
      MemorySegment indices,
      int count,
      MemorySegment x,
      long from,
      long rowBytes,
      MemorySegment y) {
    FloatVector a = fromMemorySegment(S, y, 0, ORDER);
    FloatVector b = fromMemorySegment(S, y, BYTES, ORDER);
    FloatVector c = fromMemorySegment(S, y, 2 * BYTES, ORDER);
    FloatVector d = fromMemorySegment(S, y, 3 * BYTES, ORDER);
    FloatVector e = fromMemorySegment(S, y, 4 * BYTES, ORDER);
    FloatVector f = fromMemorySegment(S, y, 5 * BYTES, ORDER);
    FloatVector g = fromMemorySegment(S, y, 6 * BYTES, ORDER);
    FloatVector h = fromMemorySegment(S, y, 7 * BYTES, ORDER);
    for (int k = 0; k < count; k++) {
      MemorySegment r = x.asSlice(from + indices.getAtIndex(JAVA_INT, k) * rowBytes, 8 * BYTES);
      FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k));
      a = fromMemorySegment(S, r, 0, ORDER).fma(w, a);
      b = fromMemorySegment(S, r, BYTES, ORDER).fma(w, b);
      c = fromMemorySegment(S, r, 2 * BYTES, ORDER).fma(w, c);
      d = fromMemorySegment(S, r, 3 * BYTES, ORDER).fma(w, d);
      e = fromMemorySegment(S, r, 4 * BYTES, ORDER).fma(w, e);
      f = fromMemorySegment(S, r, 5 * BYTES, ORDER).fma(w, f);
      g = fromMemorySegment(S, r, 6 * BYTES, ORDER).fma(w, g);
      h = fromMemorySegment(S, r, 7 * BYTES, ORDER).fma(w, h);
    }
    EXACT.cast(a).intoMemorySegment(y, 0, ORDER);
    EXACT.cast(b).intoMemorySegment(y, BYTES, ORDER);
    EXACT.cast(c).intoMemorySegment(y, 2 * BYTES, ORDER);
    EXACT.cast(d).intoMemorySegment(y, 3 * BYTES, ORDER);
    EXACT.cast(e).intoMemorySegment(y, 4 * BYTES, ORDER);
    EXACT.cast(f).intoMemorySegment(y, 5 * BYTES, ORDER);
    EXACT.cast(g).intoMemorySegment(y, 6 * BYTES, ORDER);
    EXACT.cast(h).intoMemorySegment(y, 7 * BYTES, ORDER);
  }

  private static void four(
      MemorySegment weights,
      MemorySegment indices,
      int count,
      MemorySegment x,
      long from,
      long rowBytes,
      MemorySegment y) {
    FloatVector a = fromMemorySegment(S, y, 0, ORDER);
    FloatVector b = fromMemorySegment(S, y, BYTES, ORDER);
    FloatVector c = fromMemorySegment(S, y, 2 * BYTES, ORDER);
    FloatVector d = fromMemorySegment(S, y, 3 * BYTES, ORDER);
    for (int k = 0; k < count; k++) {
      MemorySegment r = x.asSlice(from + indices.getAtIndex(JAVA_INT, k) * rowBytes, 4 * BYTES);
      FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k));
      a = fromMemorySegment(S, r, 0, ORDER).fma(w, a);
      b = fromMemorySegment(S, r, BYTES, ORDER).fma(w, b);
      c = fromMemorySegment(S, r, 2 * BYTES, ORDER).fma(w, c);
      d = fromMemorySegment(S, r, 3 * BYTES, ORDER).fma(w, d);
    }
    EXACT.cast(a).intoMemorySegment(y, 0, ORDER);
    EXACT.cast(b).intoMemorySegment(y, BYTES, ORDER);
    EXACT.cast(c).intoMemorySegment(y, 2 * BYTES, ORDER);
    EXACT.cast(d).intoMemorySegment(y, 3 * BYTES, ORDER);
  }

  private static void one(
      MemorySegment weights,
      MemorySegment indices,
      int count,
      MemorySegment x,
      long from,
      long rowBytes,
      MemorySegment y) {
    FloatVector a = fromMemorySegment(S, y, 0, ORDER);
    for (int k = 0; k < count; k++) {
      long row = from + indices.getAtIndex(JAVA_INT, k) * rowBytes;
      a =
          fromMemorySegment(S, x, row, ORDER)
              .fma(FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k)), a);
    }
    EXACT.cast(a).intoMemorySegment(y, 0, ORDER);
  }
}
