package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The gradient of weights with vectors of sixteen lanes, which hold all stripes. The first step of
 * the tree is taken at once and leaves eight stripes a connection, as {@link EightLaneProducts} has
 * them.
 */
final class SixteenLaneProducts {
  /** Lane {@code l} takes lane {@code l xor 8}. */
  private static final VectorShuffle<Float> SWAP_8 = VectorShuffle.fromOp(S, lane -> lane ^ 8);

  private SixteenLaneProducts() {}

  /**
   * The first step of the tree. It is shared with no other connection: a loop over two of them was
   * slower by a sixth.
   */
  private static FloatVector fold(FloatVector a) {
    return (FloatVector) a.add(a.rearrange(SWAP_8)).reinterpretShape(StripeTrees.EIGHT, 0);
  }

  /** As {@link EightLaneProducts#row}; no row is shorter than a vector. */
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
      case 64 -> four(columns, from, to, x, xTile, d, dRow, stripes, at);
      case 32 -> two(columns, from, to, x, xTile, d, dRow, stripes, at);
      default -> one(columns, from, to, x, xTile, d, dRow, stripes, at);
    }
  }

  // Each number of vectors is a method of its own: above some twenty loads in one method C2 stops
  // inlining, and then vectors are boxed.

  /** Four vectors of sixteen lanes: 64 samples. */
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = fromMemorySegment(S, d, dRow, ORDER);
    FloatVector d1 = fromMemorySegment(S, d, dRow + BYTES, ORDER);
    FloatVector d2 = fromMemorySegment(S, d, dRow + 2 * BYTES, ORDER);
    FloatVector d3 = fromMemorySegment(S, d, dRow + 3 * BYTES, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * StripeTrees.BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (4 * BYTES);
      MemorySegment r = x.asSlice(row, 4 * BYTES);
      FloatVector a = fromMemorySegment(S, r, 0, ORDER).fma(d0, zero);
      a = fromMemorySegment(S, r, BYTES, ORDER).fma(d1, a);
      a = fromMemorySegment(S, r, 2 * BYTES, ORDER).fma(d2, a);
      a = fromMemorySegment(S, r, 3 * BYTES, ORDER).fma(d3, a);
      fold(a).intoMemorySegment(sums, k * StripeTrees.BYTES, ORDER);
    }
  }

  /** Two vectors of sixteen lanes. */
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = fromMemorySegment(S, d, dRow, ORDER);
    FloatVector d1 = fromMemorySegment(S, d, dRow + BYTES, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * StripeTrees.BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (2 * BYTES);
      MemorySegment r = x.asSlice(row, 2 * BYTES);
      FloatVector a = fromMemorySegment(S, r, 0, ORDER).fma(d0, zero);
      a = fromMemorySegment(S, r, BYTES, ORDER).fma(d1, a);
      fold(a).intoMemorySegment(sums, k * StripeTrees.BYTES, ORDER);
    }
  }

  /** One vector of sixteen lanes. */
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
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = fromMemorySegment(S, d, dRow, ORDER);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    MemorySegment sums = stripes.asSlice(at, count * StripeTrees.BYTES);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * (BYTES);
      MemorySegment r = x.asSlice(row, BYTES);
      FloatVector a = fromMemorySegment(S, r, 0, ORDER).fma(d0, zero);
      fold(a).intoMemorySegment(sums, k * StripeTrees.BYTES, ORDER);
    }
  }
}
