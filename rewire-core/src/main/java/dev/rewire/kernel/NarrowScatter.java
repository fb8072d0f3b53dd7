package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weighted additions to rows that are shorter than the machine's vectors: the gradient of the
 * inputs for batches of 1 to 8. No transposed index is needed, which would cost a cache miss for
 * every weight.
 */
final class NarrowScatter {
  private static final VectorSpecies<Float> TWO = FloatVector.SPECIES_64;
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  private NarrowScatter() {}

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
    if (!RowsAhead.pays(y)) {
      rows(first, last, shift, column, weight, x, y, tile, from, to);
      return;
    }
    for (int j = from; j < to; ) {
      int end = j;
      for (int count = 0; end < to && count < RowsAhead.RUN; end++) {
        int begin = first.get(end);
        int here = last.get((long) end + shift) - begin;
        if (here <= RowsAhead.RUN) {
          RowsAhead.read(column, begin, begin + here, y, tile);
        }
        count += here;
      }
      rows(first, last, shift, column, weight, x, y, tile, j, end);
      j = end;
    }
  }

  private static void rows(
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
    switch (x.width()) {
      case 1 -> one(first, last, shift, column, weight, x, y, tile, from, to);
      case 2 -> two(first, last, shift, column, weight, x, y, tile, from, to);
      case 4 -> four(first, last, shift, column, weight, x, y, tile, from, to);
      default -> eight(first, last, shift, column, weight, x, y, tile, from, to);
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
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    MemorySegment firsts = first.segment();
    MemorySegment lasts = last.segment();
    long xTile = x.row(tile, 0);
    long yTile = y.row(tile, 0);
    for (int j = from; j < to; j++) {
      int begin = firsts.getAtIndex(JAVA_INT, j);
      int count = lasts.getAtIndex(JAVA_INT, (long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      float d = source.getAtIndex(JAVA_FLOAT, xTile + j);
      for (int k = 0; k < count; k++) {
        long at = yTile + c.getAtIndex(JAVA_INT, k);
        float sum = sink.getAtIndex(JAVA_FLOAT, at);
        sink.setAtIndex(JAVA_FLOAT, at, Math.fma(d, v.getAtIndex(JAVA_FLOAT, k), sum));
      }
    }
  }

  // The same three times: a species must be a constant where it is used.

  private static void two(
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    MemorySegment firsts = first.segment();
    MemorySegment lasts = last.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = firsts.getAtIndex(JAVA_INT, j);
      int count = lasts.getAtIndex(JAVA_INT, (long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      FloatVector d = FloatVector.fromMemorySegment(TWO, source, xTile + j * 8L, ORDER);
      for (int k = 0; k < count; k++) {
        long row = yTile + c.getAtIndex(JAVA_INT, k) * 8L;
        FloatVector w = FloatVector.broadcast(TWO, v.getAtIndex(JAVA_FLOAT, k));
        d.fma(w, FloatVector.fromMemorySegment(TWO, sink, row, ORDER))
            .intoMemorySegment(sink, row, ORDER);
      }
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
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    MemorySegment firsts = first.segment();
    MemorySegment lasts = last.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = firsts.getAtIndex(JAVA_INT, j);
      int count = lasts.getAtIndex(JAVA_INT, (long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      FloatVector d = FloatVector.fromMemorySegment(FOUR, source, xTile + j * 16L, ORDER);
      for (int k = 0; k < count; k++) {
        long row = yTile + c.getAtIndex(JAVA_INT, k) * 16L;
        FloatVector w = FloatVector.broadcast(FOUR, v.getAtIndex(JAVA_FLOAT, k));
        d.fma(w, FloatVector.fromMemorySegment(FOUR, sink, row, ORDER))
            .intoMemorySegment(sink, row, ORDER);
      }
    }
  }

  private static void eight(
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
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    MemorySegment firsts = first.segment();
    MemorySegment lasts = last.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = firsts.getAtIndex(JAVA_INT, j);
      int count = lasts.getAtIndex(JAVA_INT, (long) j + shift) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice(begin * 4L, count * 4L);
      FloatVector d = FloatVector.fromMemorySegment(EIGHT, source, xTile + j * 32L, ORDER);
      for (int k = 0; k < count; k++) {
        long row = yTile + c.getAtIndex(JAVA_INT, k) * 32L;
        FloatVector w = FloatVector.broadcast(EIGHT, v.getAtIndex(JAVA_FLOAT, k));
        d.fma(w, FloatVector.fromMemorySegment(EIGHT, sink, row, ORDER))
            .intoMemorySegment(sink, row, ORDER);
      }
    }
  }
}
