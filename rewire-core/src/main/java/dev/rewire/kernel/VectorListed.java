package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static dev.rewire.kernel.Lanes.load;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
    FloatVector a = load(y, 0);
    FloatVector b = load(y, BYTES);
    FloatVector c = load(y, 2 * BYTES);
    FloatVector d = load(y, 3 * BYTES);
    FloatVector e = load(y, 4 * BYTES);
    FloatVector f = load(y, 5 * BYTES);
    FloatVector g = load(y, 6 * BYTES);
    FloatVector h = load(y, 7 * BYTES);
    for (int k = 0; k < count; k++) {
      MemorySegment r = x.asSlice(from + indices.getAtIndex(JAVA_INT, k) * rowBytes, 8 * BYTES);
      FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k));
      a = load(r, 0).fma(w, a);
      b = load(r, BYTES).fma(w, b);
      c = load(r, 2 * BYTES).fma(w, c);
      d = load(r, 3 * BYTES).fma(w, d);
      e = load(r, 4 * BYTES).fma(w, e);
      f = load(r, 5 * BYTES).fma(w, f);
      g = load(r, 6 * BYTES).fma(w, g);
      h = load(r, 7 * BYTES).fma(w, h);
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
    FloatVector a = load(y, 0);
    FloatVector b = load(y, BYTES);
    FloatVector c = load(y, 2 * BYTES);
    FloatVector d = load(y, 3 * BYTES);
    for (int k = 0; k < count; k++) {
      MemorySegment r = x.asSlice(from + indices.getAtIndex(JAVA_INT, k) * rowBytes, 4 * BYTES);
      FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k));
      a = load(r, 0).fma(w, a);
      b = load(r, BYTES).fma(w, b);
      c = load(r, 2 * BYTES).fma(w, c);
      d = load(r, 3 * BYTES).fma(w, d);
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
    FloatVector a = load(y, 0);
    for (int k = 0; k < count; k++) {
      long row = from + indices.getAtIndex(JAVA_INT, k) * rowBytes;
      a = load(x, row).fma(FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, k)), a);
    }
    EXACT.cast(a).intoMemorySegment(y, 0, ORDER);
  }
}
