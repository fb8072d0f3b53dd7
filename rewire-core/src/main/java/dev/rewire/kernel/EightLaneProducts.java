package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static dev.rewire.kernel.Lanes.load;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of weights with vectors of eight lanes: stripes 0 to 7 and 8 to 15 in turn. Vectors
 * of stripes wait in memory until there are enough of them to share the steps of their trees.
 */
final class EightLaneProducts {
  /** Connections whose stripes wait in memory at once. */
  private static final int GROUP = (int) (Kernels.SCRATCH / 8);

  private EightLaneProducts() {}

  /** Stripes of some hundred connections first, then their trees. */
  static void products(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      boolean add,
      Floats scratch) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment stripes = scratch.segment();
    long xTile = x.row(tile, 0) * 4;
    boolean ahead = x.width() == 8 && RowsAhead.pays(x);
    int j = row;
    for (int group = edgeFrom; group < edgeTo; group += GROUP) {
      int groupEnd = Math.min(group + GROUP, edgeTo);
      if (ahead && rowStart.get(j + 1L) < groupEnd) {
        RowsAhead.read(column, group, groupEnd, x, tile);
      }
      for (int e = group; e < groupEnd; ) {
        while (e >= rowStart.get(j + 1L)) {
          j++;
        }
        int end = Math.min(rowStart.get(j + 1L), groupEnd);
        long dRow = d.row(tile, j) * 4;
        long at = (e - group) * BYTES;
        switch (x.width()) {
          case 64 -> eight(columns, e, end, source, xTile, gradient, dRow, stripes, at);
          case 32 -> fourOfEight(columns, e, end, source, xTile, gradient, dRow, stripes, at);
          case 16 -> twoOfEight(columns, e, end, source, xTile, gradient, dRow, stripes, at);
          default -> oneOfEight(columns, e, end, source, xTile, gradient, dRow, stripes, at);
        }
        e = end;
      }
      StripeTrees.add(stripes, groupEnd - group, out.segment(), group - edgeFrom, add);
    }
  }

  // Each number of vectors is a method of its own: above some twenty loads in one method C2 stops
  // inlining, and then vectors are boxed.

  /** Eight vectors of eight lanes: 64 samples. Stripes wait in memory for their tree. */
  private static void eight(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = load(d, dRow);
    FloatVector d1 = load(d, dRow + BYTES);
    FloatVector d2 = load(d, dRow + 2 * BYTES);
    FloatVector d3 = load(d, dRow + 3 * BYTES);
    FloatVector d4 = load(d, dRow + 4 * BYTES);
    FloatVector d5 = load(d, dRow + 5 * BYTES);
    FloatVector d6 = load(d, dRow + 6 * BYTES);
    FloatVector d7 = load(d, dRow + 7 * BYTES);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (8 * BYTES);
      MemorySegment r = x.asSlice(row, 8 * BYTES);
      FloatVector low = load(r, 0).fma(d0, zero);
      FloatVector high = load(r, BYTES).fma(d1, zero);
      low = load(r, 2 * BYTES).fma(d2, low);
      high = load(r, 3 * BYTES).fma(d3, high);
      low = load(r, 4 * BYTES).fma(d4, low);
      high = load(r, 5 * BYTES).fma(d5, high);
      low = load(r, 6 * BYTES).fma(d6, low);
      high = load(r, 7 * BYTES).fma(d7, high);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** Four vectors of eight lanes. */
  private static void fourOfEight(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = load(d, dRow);
    FloatVector d1 = load(d, dRow + BYTES);
    FloatVector d2 = load(d, dRow + 2 * BYTES);
    FloatVector d3 = load(d, dRow + 3 * BYTES);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (4 * BYTES);
      MemorySegment r = x.asSlice(row, 4 * BYTES);
      FloatVector low = load(r, 0).fma(d0, zero);
      FloatVector high = load(r, BYTES).fma(d1, zero);
      low = load(r, 2 * BYTES).fma(d2, low);
      high = load(r, 3 * BYTES).fma(d3, high);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** Two vectors of eight lanes. */
  private static void twoOfEight(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = load(d, dRow);
    FloatVector d1 = load(d, dRow + BYTES);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (2 * BYTES);
      MemorySegment r = x.asSlice(row, 2 * BYTES);
      FloatVector low = load(r, 0).fma(d0, zero);
      FloatVector high = load(r, BYTES).fma(d1, zero);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** One vector of eight lanes, which leaves stripes 8 to 15 at zero; but they count. */
  private static void oneOfEight(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = load(d, dRow);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (BYTES);
      MemorySegment r = x.asSlice(row, BYTES);
      FloatVector low = load(r, 0).fma(d0, zero);
      low.add(zero).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }
}
