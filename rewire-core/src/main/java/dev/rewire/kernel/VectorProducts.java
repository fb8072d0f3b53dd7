package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.L;
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
import jdk.incubator.vector.VectorShuffle;

/** Sums over the batch: the gradient of weights and of biases, in stripes that no width changes. */
final class VectorProducts {
  /** Bytes from one sample of a stripe to the next. */
  private static final int STEP = Kernels.STRIPES * Float.BYTES;

  /** Connections whose rows of {@code x} stay in the first cache between two parts of a product. */
  private static final int GROUP = (int) (Kernels.SCRATCH / Kernels.STRIPES);

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
      int width,
      int row,
      int edgeFrom,
      int edgeTo,
      Floats out,
      Floats scratch) {
    MemorySegment partial = scratch.segment();
    int j = row;
    for (int e = edgeFrom; e < edgeTo; ) {
      while (e >= rowStart.get(j + 1)) {
        j++;
      }
      int end = Math.min(rowStart.get(j + 1), edgeTo);
      if (L == Kernels.STRIPES && width == 8 * L) {
        eightVectors(column, x, d, j, e, end, out.segment(), e - edgeFrom);
      } else {
        end = Math.min(end, e + GROUP);
        group(column, x, d, width, j, e, end, partial);
        trees(partial, end - e, out.segment(), e - edgeFrom);
      }
      e = end;
    }
  }

  /** The common case of vectors as long as the stripes are many, and no waiting in memory. */
  private static void eightVectors(
      Ints column,
      Activations x,
      Activations d,
      int row,
      int from,
      int to,
      MemorySegment out,
      int at) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    long xBytes = x.stride() * 4L;
    long dRow = row * (d.stride() * 4L);
    FloatVector zero = FloatVector.zero(S);
    FloatVector d0 = load(gradient, dRow + 0 * BYTES);
    FloatVector d1 = load(gradient, dRow + 1 * BYTES);
    FloatVector d2 = load(gradient, dRow + 2 * BYTES);
    FloatVector d3 = load(gradient, dRow + 3 * BYTES);
    FloatVector d4 = load(gradient, dRow + 4 * BYTES);
    FloatVector d5 = load(gradient, dRow + 5 * BYTES);
    FloatVector d6 = load(gradient, dRow + 6 * BYTES);
    FloatVector d7 = load(gradient, dRow + 7 * BYTES);
    for (int e = from; e < to; e++) {
      MemorySegment r = source.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes, 8 * BYTES);
      FloatVector a = load(r, 0).fma(d0, zero);
      a = load(r, 1 * BYTES).fma(d1, a);
      a = load(r, 2 * BYTES).fma(d2, a);
      a = load(r, 3 * BYTES).fma(d3, a);
      a = load(r, 4 * BYTES).fma(d4, a);
      a = load(r, 5 * BYTES).fma(d5, a);
      a = load(r, 6 * BYTES).fma(d6, a);
      a = load(r, 7 * BYTES).fma(d7, a);
      out.setAtIndex(JAVA_FLOAT, at + e - from, tree(a));
    }
  }

  /**
   * Stripes of a few connections of one row. The row of {@code d} stays in registers, eight vectors
   * at a time, so stripes wait in memory when there are more. Each loop is a method of its own:
   * above some twenty loads in one method C2 stops inlining, and then vectors are boxed.
   */
  private static void group(
      Ints column,
      Activations x,
      Activations d,
      int width,
      int row,
      int from,
      int to,
      MemorySegment partial) {
    MemorySegment columns = column.segment();
    MemorySegment source = x.values().segment();
    MemorySegment gradient = d.values().segment();
    long xBytes = x.stride() * 4L;
    long dRow = row * (d.stride() * 4L);
    int rowBytes = width * 4;
    partial.asSlice(0, 4L * Kernels.STRIPES * (to - from)).fill((byte) 0);
    for (int lane = 0; lane < Kernels.STRIPES; lane += L) {
      int b = lane * 4;
      for (; b + 7 * STEP < rowBytes; b += 8 * STEP) {
        eightSteps(columns, from, to, source, xBytes, b, gradient, dRow + b, partial, lane);
      }
      for (; b + 3 * STEP < rowBytes; b += 4 * STEP) {
        fourSteps(columns, from, to, source, xBytes, b, gradient, dRow + b, partial, lane);
      }
      for (; b < rowBytes; b += STEP) {
        oneStep(columns, from, to, source, xBytes, b, gradient, dRow + b, partial, lane);
      }
    }
  }

  private static void eightSteps(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xBytes,
      int b,
      MemorySegment d,
      long dAt,
      MemorySegment partial,
      int lane) {
    FloatVector d0 = load(d, dAt);
    FloatVector d1 = load(d, dAt + 1 * STEP);
    FloatVector d2 = load(d, dAt + 2 * STEP);
    FloatVector d3 = load(d, dAt + 3 * STEP);
    FloatVector d4 = load(d, dAt + 4 * STEP);
    FloatVector d5 = load(d, dAt + 5 * STEP);
    FloatVector d6 = load(d, dAt + 6 * STEP);
    FloatVector d7 = load(d, dAt + 7 * STEP);
    for (int e = from; e < to; e++) {
      MemorySegment row = x.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, 7 * STEP + BYTES);
      long at = ((e - from) * Kernels.STRIPES + lane) * 4L;
      FloatVector a = load(partial, at);
      a = load(row, 0).fma(d0, a);
      a = load(row, 1 * STEP).fma(d1, a);
      a = load(row, 2 * STEP).fma(d2, a);
      a = load(row, 3 * STEP).fma(d3, a);
      a = load(row, 4 * STEP).fma(d4, a);
      a = load(row, 5 * STEP).fma(d5, a);
      a = load(row, 6 * STEP).fma(d6, a);
      a = load(row, 7 * STEP).fma(d7, a);
      a.intoMemorySegment(partial, at, ORDER);
    }
  }

  private static void fourSteps(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xBytes,
      int b,
      MemorySegment d,
      long dAt,
      MemorySegment partial,
      int lane) {
    FloatVector d0 = load(d, dAt);
    FloatVector d1 = load(d, dAt + 1 * STEP);
    FloatVector d2 = load(d, dAt + 2 * STEP);
    FloatVector d3 = load(d, dAt + 3 * STEP);
    for (int e = from; e < to; e++) {
      MemorySegment row = x.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, 3 * STEP + BYTES);
      long at = ((e - from) * Kernels.STRIPES + lane) * 4L;
      FloatVector a = load(partial, at);
      a = load(row, 0).fma(d0, a);
      a = load(row, 1 * STEP).fma(d1, a);
      a = load(row, 2 * STEP).fma(d2, a);
      a = load(row, 3 * STEP).fma(d3, a);
      a.intoMemorySegment(partial, at, ORDER);
    }
  }

  private static void oneStep(
      MemorySegment columns,
      int from,
      int to,
      MemorySegment x,
      long xBytes,
      int b,
      MemorySegment d,
      long dAt,
      MemorySegment partial,
      int lane) {
    FloatVector d0 = load(d, dAt);
    for (int e = from; e < to; e++) {
      MemorySegment row = x.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, BYTES);
      long at = ((e - from) * Kernels.STRIPES + lane) * 4L;
      FloatVector a = load(partial, at);
      a = load(row, 0).fma(d0, a);
      a.intoMemorySegment(partial, at, ORDER);
    }
  }

  private static void trees(MemorySegment partial, int count, MemorySegment out, int to) {
    for (int i = 0; i < count; i++) {
      long at = 4L * Kernels.STRIPES * i;
      FloatVector v = load(partial, at);
      if (L == 8) {
        v = v.add(load(partial, at + 32));
      } else if (L == 4) {
        FloatVector even = v.add(load(partial, at + 32));
        FloatVector odd = load(partial, at + 16).add(load(partial, at + 48));
        v = even.add(odd);
      }
      out.setAtIndex(JAVA_FLOAT, to + i, tree(v));
    }
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

  static void sums(Activations d, int width, int from, int to, Floats out) {
    MemorySegment gradient = d.values().segment();
    for (int j = from; j < to; j++) {
      out.set(j - from, rowSum(gradient, j * (d.stride() * 4L), width * 4));
    }
  }

  /** All stripes in one loop: a loop of its own that returned a vector would have to box it. */
  private static float rowSum(MemorySegment d, long row, int rowBytes) {
    FloatVector a0 = FloatVector.zero(S);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int b = 0; b < rowBytes; b += STEP) {
      long at = row + b;
      a0 = a0.add(load(d, at));
      if (L <= Kernels.STRIPES / 2) {
        a1 = a1.add(load(d, at + BYTES));
      }
      if (L <= Kernels.STRIPES / 4) {
        a2 = a2.add(load(d, at + 2 * BYTES));
        a3 = a3.add(load(d, at + 3 * BYTES));
      }
    }
    // With wider vectors the unused ones are zero, and no stripe is ever a negative zero.
    return tree(a0.add(a2).add(a1.add(a3)));
  }
}
