package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
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
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums over the batch: the gradient of weights and of biases, in stripes that no width changes. A
 * row of {@code d} stays in registers while the loop runs over its connections.
 *
 * <p>{@link SixteenLaneProducts} and {@link EightLaneProducts} leave stripes in memory until there
 * are enough of them to share the steps of their trees; vectors of four lanes hold a quarter of the
 * stripes each and end every connection at once.
 */
final class VectorProducts {
  /** Connections whose stripes wait in memory at once. */
  private static final int GROUP = (int) (Kernels.SCRATCH / 8);

  /** Lane {@code l} takes lane {@code l xor half}; one shuffle for each step of the tree. */
  private static final VectorShuffle<Float> SWAP_8 = swap(8);

  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  private VectorProducts() {}

  private static VectorShuffle<Float> swap(int half) {
    int[] lanes = new int[L];
    for (int l = 0; l < L; l++) {
      lanes[l] = (l ^ half) % L;
    }
    return VectorShuffle.fromValues(S, lanes);
  }

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
    if (L == 4) {
      atOnce(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out, add);
    } else {
      inGroups(rowStart, column, x, d, tile, row, edgeFrom, edgeTo, out, add, scratch);
    }
  }

  /** Stripes of some hundred connections first, then their trees. */
  private static void inGroups(
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
    int width = x.width();
    long xTile = x.row(tile, 0) * 4;
    boolean ahead = width == 8 && RowsAhead.pays(x);
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
        long at = (e - group) * StripeTrees.BYTES;
        if (L == 16 && width >= L) {
          SixteenLaneProducts.row(
              width, columns, e, end, source, xTile, gradient, dRow, stripes, at);
        } else {
          EightLaneProducts.row(width, columns, e, end, source, xTile, gradient, dRow, stripes, at);
        }
        e = end;
      }
      StripeTrees.add(stripes, groupEnd - group, out.segment(), group - edgeFrom, add);
    }
  }

  /** Each connection with its whole tree: vectors of four lanes. */
  private static void atOnce(
      Ints rowStart,
      Ints column,
      Activations x,
      Activations d,
      int tile,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      boolean add) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    MemorySegment sink = out.segment();
    long rowBytes = x.width() * 4L;
    long xTile = x.row(tile, 0) * 4;
    int j = row;
    for (int e = edgeFrom; e < edgeTo; ) {
      while (e >= rowStart.get(j + 1L)) {
        j++;
      }
      int end = Math.min(rowStart.get(j + 1L), edgeTo);
      long dRow = d.row(tile, j) * 4;
      int at = e - edgeFrom;
      quarters(columns, e, end, source, xTile, rowBytes, gradient, dRow, sink, at, add);
      e = end;
    }
  }

  /** Any number of vectors of four lanes. */
  private static void quarters(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xTile,
      long rowBytes,
      MemorySegment d,
      long dRow,
      MemorySegment out,
      int at,
      boolean add) {
    FloatVector zero = FloatVector.zero(S);
    int count = to - from;
    MemorySegment c = columns.asSlice(from * 4L, count * 4L);
    for (int k = 0; k < count; k++) {
      long row = xTile + c.getAtIndex(JAVA_INT, k) * rowBytes;
      FloatVector a0 = zero;
      FloatVector a1 = zero;
      FloatVector a2 = zero;
      FloatVector a3 = zero;
      for (long b = 0; b < rowBytes; b += 4 * BYTES) {
        a0 =
            fromMemorySegment(S, x, row + b, ORDER)
                .fma(fromMemorySegment(S, d, dRow + b, ORDER), a0);
        if (b + BYTES < rowBytes) {
          a1 =
              fromMemorySegment(S, x, row + b + BYTES, ORDER)
                  .fma(fromMemorySegment(S, d, dRow + b + BYTES, ORDER), a1);
        }
        if (b + 2 * BYTES < rowBytes) {
          a2 =
              fromMemorySegment(S, x, row + b + 2 * BYTES, ORDER)
                  .fma(fromMemorySegment(S, d, dRow + b + 2 * BYTES, ORDER), a2);
          a3 =
              fromMemorySegment(S, x, row + b + 3 * BYTES, ORDER)
                  .fma(fromMemorySegment(S, d, dRow + b + 3 * BYTES, ORDER), a3);
        }
      }
      put(out, at + k, tree(EXACT.cast(a0).add(a2).add(EXACT.cast(a1).add(a3))), add);
    }
  }

  private static void put(MemorySegment out, long at, float value, boolean add) {
    out.setAtIndex(JAVA_FLOAT, at, add ? out.getAtIndex(JAVA_FLOAT, at) + value : value);
  }

  private static float tree(FloatVector v) {
    if (L == 16) {
      v = v.add(v.rearrange(SWAP_8));
    }
    if (L >= 8) {
      v = v.add(v.rearrange(SWAP_4));
    }
    v = v.add(v.rearrange(SWAP_2));
    v = v.add(v.rearrange(SWAP_1));
    return v.lane(0);
  }

  static void sums(Activations d, int tile, int from, int to, Floats out, boolean add) {
    MemorySegment gradient = d.values().segment();
    for (int j = from; j < to; j++) {
      put(out.segment(), j - from, rowSum(gradient, d.row(tile, j) * 4, d.width() * 4), add);
    }
  }

  /** All stripes in one loop: a loop of its own that returned a vector would have to box it. */
  private static float rowSum(MemorySegment d, long row, int rowBytes) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int b = 0; b < rowBytes; b += Kernels.STRIPES * 4) {
      long at = row + b;
      a0 = fromMemorySegment(S, d, at, ORDER).add(a0);
      if (L <= 8 && BYTES < rowBytes) {
        a1 = fromMemorySegment(S, d, at + BYTES, ORDER).add(a1);
      }
      if (L == 4 && 2 * BYTES < rowBytes) {
        a2 = fromMemorySegment(S, d, at + 2 * BYTES, ORDER).add(a2);
        a3 = fromMemorySegment(S, d, at + 3 * BYTES, ORDER).add(a3);
      }
    }
    // With wider vectors the unused ones are zero, and no stripe is ever a negative zero.
    return tree(EXACT.cast(a0).add(a2).add(EXACT.cast(a1).add(a3)));
  }
}
