package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static dev.rewire.kernel.Lanes.load;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

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
 * <p>A sum is a chain of multiply-adds, each of which waits four cycles for the one before. Eight
 * vectors are chains enough to fill the time; shorter rows are summed up in pairs.
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
      pairsOfFour(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else if (rowBytes == 2 * BYTES) {
      pairsOfTwo(rowStart, column, weight, base, start, x, y, tile, from, to);
    } else if (rowBytes == BYTES) {
      pairsOfOne(rowStart, column, weight, base, start, x, y, tile, from, to);
    }
  }

  private static FloatVector first(@Nullable Floats start, int row) {
    return FloatVector.broadcast(S, start == null ? 0f : start.get(row));
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
    long rowBytes = x.width() * 4L;
    long xTile = x.row(tile, 0) * 4 + b;
    for (int j = from; j < to; j++) {
      int end = rowStart.get(j + 1L);
      FloatVector a0 = first(start, j);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector a4 = a0;
      FloatVector a5 = a0;
      FloatVector a6 = a0;
      FloatVector a7 = a0;
      for (int e = rowStart.get(j); e < end; e++) {
        MemorySegment row =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, e) * rowBytes, 8 * BYTES);
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e - base));
        a0 = load(row, 0).fma(w, a0);
        a1 = load(row, BYTES).fma(w, a1);
        a2 = load(row, 2 * BYTES).fma(w, a2);
        a3 = load(row, 3 * BYTES).fma(w, a3);
        a4 = load(row, 4 * BYTES).fma(w, a4);
        a5 = load(row, 5 * BYTES).fma(w, a5);
        a6 = load(row, 6 * BYTES).fma(w, a6);
        a7 = load(row, 7 * BYTES).fma(w, a7);
      }
      long out = y.row(tile, j) * 4 + b;
      a0.intoMemorySegment(sink, out, ORDER);
      a1.intoMemorySegment(sink, out + BYTES, ORDER);
      a2.intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      a3.intoMemorySegment(sink, out + 3 * BYTES, ORDER);
      a4.intoMemorySegment(sink, out + 4 * BYTES, ORDER);
      a5.intoMemorySegment(sink, out + 5 * BYTES, ORDER);
      a6.intoMemorySegment(sink, out + 6 * BYTES, ORDER);
      a7.intoMemorySegment(sink, out + 7 * BYTES, ORDER);
    }
  }

  /**
   * Two rows of four vectors: together as far as the shorter one goes, then the longer one alone.
   */
  private static void pairsOfFour(
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
    long rowBytes = x.width() * 4L;
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j += 2) {
      int other = Math.min(j + 1, to - 1);
      int begin = rowStart.get(j);
      int middle = rowStart.get(j + 1L);
      int end = rowStart.get(other + 1L);
      boolean swapped = end - middle > middle - begin;
      int longRow = swapped ? other : j;
      int shortRow = swapped ? j : other;
      int l = swapped ? middle : begin;
      int s = swapped ? begin : middle;
      int longEnd = swapped ? end : middle;
      int shortEnd = swapped ? middle : end;
      FloatVector a0 = first(start, longRow);
      FloatVector b0 = first(start, shortRow);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector b1 = b0;
      FloatVector b2 = b0;
      FloatVector b3 = b0;
      for (; s < shortEnd; s++, l++) {
        MemorySegment p =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, 4 * BYTES);
        MemorySegment q =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, s) * rowBytes, 4 * BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, s - base));
        a0 = load(p, 0).fma(v, a0);
        a1 = load(p, BYTES).fma(v, a1);
        a2 = load(p, 2 * BYTES).fma(v, a2);
        a3 = load(p, 3 * BYTES).fma(v, a3);
        b0 = load(q, 0).fma(w, b0);
        b1 = load(q, BYTES).fma(w, b1);
        b2 = load(q, 2 * BYTES).fma(w, b2);
        b3 = load(q, 3 * BYTES).fma(w, b3);
      }
      for (; l < longEnd; l++) {
        MemorySegment p =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, 4 * BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        a0 = load(p, 0).fma(v, a0);
        a1 = load(p, BYTES).fma(v, a1);
        a2 = load(p, 2 * BYTES).fma(v, a2);
        a3 = load(p, 3 * BYTES).fma(v, a3);
      }
      // A last row without a partner is its own partner without connections: the long one is last.
      long out = y.row(tile, shortRow) * 4;
      b0.intoMemorySegment(sink, out, ORDER);
      b1.intoMemorySegment(sink, out + BYTES, ORDER);
      b2.intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      b3.intoMemorySegment(sink, out + 3 * BYTES, ORDER);
      out = y.row(tile, longRow) * 4;
      a0.intoMemorySegment(sink, out, ORDER);
      a1.intoMemorySegment(sink, out + BYTES, ORDER);
      a2.intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      a3.intoMemorySegment(sink, out + 3 * BYTES, ORDER);
    }
  }

  /** As above with two vectors a row. */
  private static void pairsOfTwo(
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
    long rowBytes = x.width() * 4L;
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j += 2) {
      int other = Math.min(j + 1, to - 1);
      int begin = rowStart.get(j);
      int middle = rowStart.get(j + 1L);
      int end = rowStart.get(other + 1L);
      boolean swapped = end - middle > middle - begin;
      int longRow = swapped ? other : j;
      int shortRow = swapped ? j : other;
      int l = swapped ? middle : begin;
      int s = swapped ? begin : middle;
      int longEnd = swapped ? end : middle;
      int shortEnd = swapped ? middle : end;
      FloatVector a0 = first(start, longRow);
      FloatVector b0 = first(start, shortRow);
      FloatVector a1 = a0;
      FloatVector b1 = b0;
      for (; s < shortEnd; s++, l++) {
        MemorySegment p =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, 2 * BYTES);
        MemorySegment q =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, s) * rowBytes, 2 * BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, s - base));
        a0 = load(p, 0).fma(v, a0);
        a1 = load(p, BYTES).fma(v, a1);
        b0 = load(q, 0).fma(w, b0);
        b1 = load(q, BYTES).fma(w, b1);
      }
      for (; l < longEnd; l++) {
        MemorySegment p =
            source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, 2 * BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        a0 = load(p, 0).fma(v, a0);
        a1 = load(p, BYTES).fma(v, a1);
      }
      // A last row without a partner is its own partner without connections: the long one is last.
      long out = y.row(tile, shortRow) * 4;
      b0.intoMemorySegment(sink, out, ORDER);
      b1.intoMemorySegment(sink, out + BYTES, ORDER);
      out = y.row(tile, longRow) * 4;
      a0.intoMemorySegment(sink, out, ORDER);
      a1.intoMemorySegment(sink, out + BYTES, ORDER);
    }
  }

  /** As above with one vector a row. */
  private static void pairsOfOne(
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
    long rowBytes = x.width() * 4L;
    long xTile = x.row(tile, 0) * 4;
    for (int j = from; j < to; j += 2) {
      int other = Math.min(j + 1, to - 1);
      int begin = rowStart.get(j);
      int middle = rowStart.get(j + 1L);
      int end = rowStart.get(other + 1L);
      boolean swapped = end - middle > middle - begin;
      int longRow = swapped ? other : j;
      int shortRow = swapped ? j : other;
      int l = swapped ? middle : begin;
      int s = swapped ? begin : middle;
      int longEnd = swapped ? end : middle;
      int shortEnd = swapped ? middle : end;
      FloatVector a0 = first(start, longRow);
      FloatVector b0 = first(start, shortRow);
      for (; s < shortEnd; s++, l++) {
        MemorySegment p = source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, BYTES);
        MemorySegment q = source.asSlice(xTile + columns.getAtIndex(JAVA_INT, s) * rowBytes, BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, s - base));
        a0 = load(p, 0).fma(v, a0);
        b0 = load(q, 0).fma(w, b0);
      }
      for (; l < longEnd; l++) {
        MemorySegment p = source.asSlice(xTile + columns.getAtIndex(JAVA_INT, l) * rowBytes, BYTES);
        FloatVector v = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, l - base));
        a0 = load(p, 0).fma(v, a0);
      }
      // A last row without a partner is its own partner without connections: the long one is last.
      long out = y.row(tile, shortRow) * 4;
      b0.intoMemorySegment(sink, out, ORDER);
      out = y.row(tile, longRow) * 4;
      a0.intoMemorySegment(sink, out, ORDER);
    }
  }
}
