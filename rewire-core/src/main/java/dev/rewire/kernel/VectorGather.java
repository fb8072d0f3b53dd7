package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
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
import org.jspecify.annotations.Nullable;

/**
 * Weighted sums of rows: the forward pass and, through the transposed index, the gradient of the
 * inputs. The row that is summed up stays in registers while the loop runs over its connections.
 *
 * <p>The connections of a row are read through slices of their own. Against a slice that is as long
 * as the loop every check of an index moves out of the loop; against the whole array it stays in,
 * or leaves a hundred instructions in front of each row.
 */
final class VectorGather {
  private VectorGather() {}

  static void gather(
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
    long rowBytes = x.width() * 4L;
    long b = 0;
    for (; b + 8 * BYTES <= rowBytes; b += 8 * BYTES) {
      eight(rowStart, column, weight, base, start, x, y, tile, b, from, to);
    }
    if (rowBytes == 4 * BYTES) {
      four(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else if (rowBytes == 2 * BYTES) {
      two(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else if (rowBytes == BYTES) {
      one(rowStart, column, weight, base, start, x, y, tile, from, to);
    }
  }

  // Each block of vectors is a method of its own: above some twenty loads in one method C2 stops
  // inlining, and then vectors are boxed. Never merge them.

  private static void eight(
      Ints rowStart,
      Ints column,
      Floats weight,
      int base,
      @Nullable Floats start,
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
    int shift = Integer.numberOfTrailingZeros(x.width()) + 2;
    long xTile = x.row(tile, 0) * 4 + b;
    for (int j = from; j < to; j++) {
      int begin = rowStart.get(j);
      int count = rowStart.get(j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a0 = FloatVector.broadcast(S, NarrowGather.first(start, j));
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector a4 = a0;
      FloatVector a5 = a0;
      FloatVector a6 = a0;
      FloatVector a7 = a0;
      for (int k = 0; k < count; k++) {
        MemorySegment row =
            source.asSlice(xTile + ((long) c.getAtIndex(JAVA_INT, k) << shift), 8 * BYTES);
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        a0 = fromMemorySegment(S, row, 0, ORDER).fma(w, a0);
        a1 = fromMemorySegment(S, row, BYTES, ORDER).fma(w, a1);
        a2 = fromMemorySegment(S, row, 2 * BYTES, ORDER).fma(w, a2);
        a3 = fromMemorySegment(S, row, 3 * BYTES, ORDER).fma(w, a3);
        a4 = fromMemorySegment(S, row, 4 * BYTES, ORDER).fma(w, a4);
        a5 = fromMemorySegment(S, row, 5 * BYTES, ORDER).fma(w, a5);
        a6 = fromMemorySegment(S, row, 6 * BYTES, ORDER).fma(w, a6);
        a7 = fromMemorySegment(S, row, 7 * BYTES, ORDER).fma(w, a7);
      }
      long out = y.row(tile, j) * 4 + b;
      EXACT.cast(a0).intoMemorySegment(sink, out, ORDER);
      EXACT.cast(a1).intoMemorySegment(sink, out + BYTES, ORDER);
      EXACT.cast(a2).intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      EXACT.cast(a3).intoMemorySegment(sink, out + 3 * BYTES, ORDER);
      EXACT.cast(a4).intoMemorySegment(sink, out + 4 * BYTES, ORDER);
      EXACT.cast(a5).intoMemorySegment(sink, out + 5 * BYTES, ORDER);
      EXACT.cast(a6).intoMemorySegment(sink, out + 6 * BYTES, ORDER);
      EXACT.cast(a7).intoMemorySegment(sink, out + 7 * BYTES, ORDER);
    }
  }

  /** Four vectors a row. */
  private static void four(
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = rowStart.get(j);
      int count = rowStart.get(j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a0 = FloatVector.broadcast(S, NarrowGather.first(start, j));
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int k = 0; k < count; k++) {
        MemorySegment row =
            source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * (4 * BYTES), 4 * BYTES);
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        a0 = fromMemorySegment(S, row, 0, ORDER).fma(w, a0);
        a1 = fromMemorySegment(S, row, BYTES, ORDER).fma(w, a1);
        a2 = fromMemorySegment(S, row, 2 * BYTES, ORDER).fma(w, a2);
        a3 = fromMemorySegment(S, row, 3 * BYTES, ORDER).fma(w, a3);
      }
      long out = y.row(tile, j) * 4;
      EXACT.cast(a0).intoMemorySegment(sink, out, ORDER);
      EXACT.cast(a1).intoMemorySegment(sink, out + BYTES, ORDER);
      EXACT.cast(a2).intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      EXACT.cast(a3).intoMemorySegment(sink, out + 3 * BYTES, ORDER);
    }
  }

  /** Two vectors a row. */
  private static void two(
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = rowStart.get(j);
      int count = rowStart.get(j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a0 = FloatVector.broadcast(S, NarrowGather.first(start, j));
      FloatVector a1 = a0;
      for (int k = 0; k < count; k++) {
        MemorySegment row =
            source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * (2 * BYTES), 2 * BYTES);
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        a0 = fromMemorySegment(S, row, 0, ORDER).fma(w, a0);
        a1 = fromMemorySegment(S, row, BYTES, ORDER).fma(w, a1);
      }
      long out = y.row(tile, j) * 4;
      EXACT.cast(a0).intoMemorySegment(sink, out, ORDER);
      EXACT.cast(a1).intoMemorySegment(sink, out + BYTES, ORDER);
    }
  }

  /** One vector a row. */
  private static void one(
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = rowStart.get(j);
      int count = rowStart.get(j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a0 = FloatVector.broadcast(S, NarrowGather.first(start, j));
      for (int k = 0; k < count; k++) {
        MemorySegment row = source.asSlice(xTile + c.getAtIndex(JAVA_INT, k) * (BYTES), BYTES);
        FloatVector w = FloatVector.broadcast(S, v.getAtIndex(JAVA_FLOAT, k));
        a0 = fromMemorySegment(S, row, 0, ORDER).fma(w, a0);
      }
      long out = y.row(tile, j) * 4;
      EXACT.cast(a0).intoMemorySegment(sink, out, ORDER);
    }
  }
}
