package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Weighted additions to rows: the gradient of the inputs without a transposed index. The row that
 * is added stays in registers; every connection reads and writes a row, so this is several times
 * slower than to gather where rows are long.
 */
final class VectorScatter {
  private VectorScatter() {}

  static void scatter(
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
    long rowBytes = x.width() * 4L;
    long b = 0;
    for (; b + 4 * BYTES <= rowBytes; b += 4 * BYTES) {
      four(first, last, shift, column, weight, x, y, tile, b, from, to);
    }
    for (; b < rowBytes; b += BYTES) {
      one(first, last, shift, column, weight, x, y, tile, b, from, to);
    }
  }

  private static void four(
      Ints first,
      Ints last,
      int shift,
      Ints column,
      Floats weight,
      Activations x,
      Activations y,
      int tile,
      long b,
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long rowBytes = x.width() * 4L;
    long yTile = y.row(tile, 0) * 4 + b;
    for (int j = from; j < to; j++) {
      int begin = first.get(j);
      int count = last.get((long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      MemorySegment p = source.asSlice(x.row(tile, j) * 4 + b, 4 * BYTES);
      FloatVector d0 = fromMemorySegment(S, p, 0, ORDER);
      FloatVector d1 = fromMemorySegment(S, p, BYTES, ORDER);
      FloatVector d2 = fromMemorySegment(S, p, 2 * BYTES, ORDER);
      FloatVector d3 = fromMemorySegment(S, p, 3 * BYTES, ORDER);
      for (int k = 0; k < count; k++) {
        MemorySegment row = sink.asSlice(yTile + c.getAtIndex(JAVA_INT, k) * rowBytes, 4 * BYTES);
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        d0.fma(w, fromMemorySegment(S, row, 0, ORDER)).intoMemorySegment(row, 0, ORDER);
        d1.fma(w, fromMemorySegment(S, row, BYTES, ORDER)).intoMemorySegment(row, BYTES, ORDER);
        d2.fma(w, fromMemorySegment(S, row, 2 * BYTES, ORDER))
            .intoMemorySegment(row, 2 * BYTES, ORDER);
        d3.fma(w, fromMemorySegment(S, row, 3 * BYTES, ORDER))
            .intoMemorySegment(row, 3 * BYTES, ORDER);
      }
    }
  }

  private static void one(
      Ints first,
      Ints last,
      int shift,
      Ints column,
      Floats weight,
      Activations x,
      Activations y,
      int tile,
      long b,
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long rowBytes = x.width() * 4L;
    long yTile = y.row(tile, 0) * 4 + b;
    for (int j = from; j < to; j++) {
      int begin = first.get(j);
      int count = last.get((long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      FloatVector d0 = fromMemorySegment(S, source, x.row(tile, j) * 4 + b, ORDER);
      for (int k = 0; k < count; k++) {
        long row = yTile + c.getAtIndex(JAVA_INT, k) * rowBytes;
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        d0.fma(w, fromMemorySegment(S, sink, row, ORDER)).intoMemorySegment(sink, row, ORDER);
      }
    }
  }
}
