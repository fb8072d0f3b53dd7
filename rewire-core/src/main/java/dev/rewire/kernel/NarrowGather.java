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
import org.jspecify.annotations.Nullable;

/**
 * Weighted sums of rows that are shorter than the machine's vectors: batches of 1 to 8. Here the
 * traffic is the weights and the index, not the activations. A row is one short vector.
 */
final class NarrowGather {
  private static final VectorSpecies<Float> TWO = FloatVector.SPECIES_64;
  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
  private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  // See Lanes.EXACT.
  private static final Class<? extends FloatVector> TWO_EXACT = Lanes.exact(TWO);
  private static final Class<? extends FloatVector> FOUR_EXACT = Lanes.exact(FOUR);
  private static final Class<? extends FloatVector> EIGHT_EXACT = Lanes.exact(EIGHT);

  private NarrowGather() {}

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
    if (!RowsAhead.pays(x)) {
      rows(rowStart, column, weight, base, start, x, y, tile, from, to);
      return;
    }
    for (int j = from; j < to; ) {
      int end = RowsAhead.run(rowStart, column, x, tile, j, to);
      rows(rowStart, column, weight, base, start, x, y, tile, j, end);
      j = end;
    }
  }

  private static void rows(
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
    switch (x.width()) {
      case 1 -> one(rowStart, column, weight, base, start, x, y, tile, from, to);
      case 2 -> two(rowStart, column, weight, base, start, x, y, tile, from, to);
      case 4 -> four(rowStart, column, weight, base, start, x, y, tile, from, to);
      default -> eight(rowStart, column, weight, base, start, x, y, tile, from, to);
    }
  }

  /** What a sum begins with, of wider rows too. */
  static float first(@Nullable Floats start, int row) {
    return start == null ? 0f : start.get(row);
  }

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
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0);
    long yTile = y.row(tile, 0);
    for (int j = from; j < to; j++) {
      int begin = starts.getAtIndex(JAVA_INT, j);
      int count = starts.getAtIndex(JAVA_INT, j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      float a = first(start, j);
      for (int k = 0; k < count; k++) {
        float value = source.getAtIndex(JAVA_FLOAT, xTile + c.getAtIndex(JAVA_INT, k));
        a = Math.fma(value, v.getAtIndex(JAVA_FLOAT, k), a);
      }
      sink.setAtIndex(JAVA_FLOAT, yTile + j, a);
    }
  }

  // The same three times: a species must be a constant where it is used.

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
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = starts.getAtIndex(JAVA_INT, j);
      int count = starts.getAtIndex(JAVA_INT, j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a = FloatVector.broadcast(TWO, first(start, j));
      for (int k = 0; k < count; k++) {
        long row = xTile + c.getAtIndex(JAVA_INT, k) * 8L;
        FloatVector w = FloatVector.broadcast(TWO, v.getAtIndex(JAVA_FLOAT, k));
        a = FloatVector.fromMemorySegment(TWO, source, row, ORDER).fma(w, a);
      }
      TWO_EXACT.cast(a).intoMemorySegment(sink, yTile + j * 8L, ORDER);
    }
  }

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
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = starts.getAtIndex(JAVA_INT, j);
      int count = starts.getAtIndex(JAVA_INT, j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a = FloatVector.broadcast(FOUR, first(start, j));
      for (int k = 0; k < count; k++) {
        long row = xTile + c.getAtIndex(JAVA_INT, k) * 16L;
        FloatVector w = FloatVector.broadcast(FOUR, v.getAtIndex(JAVA_FLOAT, k));
        a = FloatVector.fromMemorySegment(FOUR, source, row, ORDER).fma(w, a);
      }
      FOUR_EXACT.cast(a).intoMemorySegment(sink, yTile + j * 16L, ORDER);
    }
  }

  private static void eight(
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
    MemorySegment starts = rowStart.segment();
    long xTile = x.row(tile, 0) * 4;
    long yTile = y.row(tile, 0) * 4;
    for (int j = from; j < to; j++) {
      int begin = starts.getAtIndex(JAVA_INT, j);
      int count = starts.getAtIndex(JAVA_INT, j + 1L) - begin;
      MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
      MemorySegment v = weights.asSlice((begin - base) * 4L, count * 4L);
      FloatVector a = FloatVector.broadcast(EIGHT, first(start, j));
      for (int k = 0; k < count; k++) {
        long row = xTile + c.getAtIndex(JAVA_INT, k) * 32L;
        FloatVector w = FloatVector.broadcast(EIGHT, v.getAtIndex(JAVA_FLOAT, k));
        a = FloatVector.fromMemorySegment(EIGHT, source, row, ORDER).fma(w, a);
      }
      EIGHT_EXACT.cast(a).intoMemorySegment(sink, yTile + j * 32L, ORDER);
    }
  }
}
