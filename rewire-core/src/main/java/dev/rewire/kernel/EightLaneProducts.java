package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.StripeTrees.BYTES;
import static dev.rewire.kernel.StripeTrees.EIGHT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * The gradient of weights with vectors of eight lanes: stripes 0 to 7 and 8 to 15 in turn. The
 * first step of each tree is taken at once and leaves eight stripes a connection for {@link
 * StripeTrees}.
 */
final class EightLaneProducts {
  private EightLaneProducts() {}

  /** The stripes of one row's connections, eight floats for each, from {@code at} on. */
  static void row(
      int width,
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    switch (width) {
      case 64 -> eight(columns, from, to, x, xTile, d, dRow, stripes, at);
      case 32 -> four(columns, from, to, x, xTile, d, dRow, stripes, at);
      case 16 -> two(columns, from, to, x, xTile, d, dRow, stripes, at);
      default -> one(columns, from, to, x, xTile, d, dRow, stripes, at);
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
    FloatVector zero = FloatVector.zero(EIGHT);
    FloatVector d0 = fromMemorySegment(EIGHT, d, dRow, ORDER);
    FloatVector d1 = fromMemorySegment(EIGHT, d, dRow + BYTES, ORDER);
    FloatVector d2 = fromMemorySegment(EIGHT, d, dRow + 2 * BYTES, ORDER);
    FloatVector d3 = fromMemorySegment(EIGHT, d, dRow + 3 * BYTES, ORDER);
    FloatVector d4 = fromMemorySegment(EIGHT, d, dRow + 4 * BYTES, ORDER);
    FloatVector d5 = fromMemorySegment(EIGHT, d, dRow + 5 * BYTES, ORDER);
    FloatVector d6 = fromMemorySegment(EIGHT, d, dRow + 6 * BYTES, ORDER);
    FloatVector d7 = fromMemorySegment(EIGHT, d, dRow + 7 * BYTES, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (8 * BYTES);
      MemorySegment r = x.asSlice(row, 8 * BYTES);
      FloatVector low = fromMemorySegment(EIGHT, r, 0, ORDER).fma(d0, zero);
      FloatVector high = fromMemorySegment(EIGHT, r, BYTES, ORDER).fma(d1, zero);
      low = fromMemorySegment(EIGHT, r, 2 * BYTES, ORDER).fma(d2, low);
      high = fromMemorySegment(EIGHT, r, 3 * BYTES, ORDER).fma(d3, high);
      low = fromMemorySegment(EIGHT, r, 4 * BYTES, ORDER).fma(d4, low);
      high = fromMemorySegment(EIGHT, r, 5 * BYTES, ORDER).fma(d5, high);
      low = fromMemorySegment(EIGHT, r, 6 * BYTES, ORDER).fma(d6, low);
      high = fromMemorySegment(EIGHT, r, 7 * BYTES, ORDER).fma(d7, high);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** Four vectors of eight lanes. */
  private static void four(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(EIGHT);
    FloatVector d0 = fromMemorySegment(EIGHT, d, dRow, ORDER);
    FloatVector d1 = fromMemorySegment(EIGHT, d, dRow + BYTES, ORDER);
    FloatVector d2 = fromMemorySegment(EIGHT, d, dRow + 2 * BYTES, ORDER);
    FloatVector d3 = fromMemorySegment(EIGHT, d, dRow + 3 * BYTES, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (4 * BYTES);
      MemorySegment r = x.asSlice(row, 4 * BYTES);
      FloatVector low = fromMemorySegment(EIGHT, r, 0, ORDER).fma(d0, zero);
      FloatVector high = fromMemorySegment(EIGHT, r, BYTES, ORDER).fma(d1, zero);
      low = fromMemorySegment(EIGHT, r, 2 * BYTES, ORDER).fma(d2, low);
      high = fromMemorySegment(EIGHT, r, 3 * BYTES, ORDER).fma(d3, high);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** Two vectors of eight lanes. */
  private static void two(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(EIGHT);
    FloatVector d0 = fromMemorySegment(EIGHT, d, dRow, ORDER);
    FloatVector d1 = fromMemorySegment(EIGHT, d, dRow + BYTES, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (2 * BYTES);
      MemorySegment r = x.asSlice(row, 2 * BYTES);
      FloatVector low = fromMemorySegment(EIGHT, r, 0, ORDER).fma(d0, zero);
      FloatVector high = fromMemorySegment(EIGHT, r, BYTES, ORDER).fma(d1, zero);
      low.add(high).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }

  /** One vector of eight lanes, which leaves stripes 8 to 15 at zero; but they count. */
  private static void one(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      MemorySegment d,
      long dRow,
      MemorySegment stripes,
      long at) {
    FloatVector zero = FloatVector.zero(EIGHT);
    FloatVector d0 = fromMemorySegment(EIGHT, d, dRow, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (BYTES);
      MemorySegment r = x.asSlice(row, BYTES);
      FloatVector low = fromMemorySegment(EIGHT, r, 0, ORDER).fma(d0, zero);
      low.add(zero).intoMemorySegment(sums, k * BYTES, ORDER);
    }
  }
}
