package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops with the Vector API. The batch is the vector: a row of {@code y} or of {@code d} stays
 * in registers while the loop runs over its connections, so memory traffic is the gathered rows and
 * nothing else.
 */
final class VectorKernels extends Kernels {
  static final VectorSpecies<Float> S = species();
  private static final int L = S.length();
  private static final long BYTES = S.vectorByteSize();

  /** Bytes from one sample of a stripe to the next. */
  private static final int STEP = STRIPES * Float.BYTES;

  /** Connections whose rows of {@code x} stay in the first cache between two parts of a product. */
  private static final int GROUP = (int) (SCRATCH / STRIPES);

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  /** Lane {@code l} takes lane {@code l xor half}; one shuffle for each step of the tree. */
  private static final VectorShuffle<Float> SWAP_8 = swap(8);

  private static final VectorShuffle<Float> SWAP_4 = swap(4);
  private static final VectorShuffle<Float> SWAP_2 = swap(2);
  private static final VectorShuffle<Float> SWAP_1 = swap(1);

  private static VectorSpecies<Float> species() {
    int bits = Integer.getInteger("rewire.vectorBits", 0);
    return switch (bits) {
      case 0 -> widest();
      case 128 -> FloatVector.SPECIES_128;
      case 256 -> FloatVector.SPECIES_256;
      case 512 -> FloatVector.SPECIES_512;
      default ->
          throw new IllegalArgumentException("rewire.vectorBits must be 128, 256 or 512: " + bits);
    };
  }

  /** The machine's vectors, but never wider than the stripes of a sum. */
  private static VectorSpecies<Float> widest() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.length() > STRIPES ? FloatVector.SPECIES_512 : preferred;
  }

  private static VectorShuffle<Float> swap(int half) {
    int[] lanes = new int[L];
    for (int l = 0; l < L; l++) {
      lanes[l] = (l ^ half) % L;
    }
    return VectorShuffle.fromValues(S, lanes);
  }

  @Override
  public String name() {
    return "vector/" + S.vectorBitSize();
  }

  private static FloatVector load(MemorySegment segment, long byteOffset) {
    return FloatVector.fromMemorySegment(S, segment, byteOffset, ORDER);
  }

  @Override
  public void gather(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      Activations x,
      Activations y,
      int width,
      int from,
      int to) {
    long rowBytes = width * 4L;
    long b = 0;
    for (; b + 8 * BYTES <= rowBytes; b += 8 * BYTES) {
      gatherEight(rowStart, column, weight, start, x, y, b, from, to);
    }
    for (; b + 4 * BYTES <= rowBytes; b += 4 * BYTES) {
      gatherFour(rowStart, column, weight, start, x, y, b, from, to);
    }
    for (; b < rowBytes; b += BYTES) {
      gatherOne(rowStart, column, weight, start, x, y, b, from, to);
    }
  }

  // Each block of vectors is a method of its own: above some twenty loads in one method C2 stops
  // inlining, and then vectors are boxed. Never merge them.

  private static void gatherEight(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int j = from; j < to; j++) {
      int end = rowStart.get(j + 1);
      FloatVector a0 = FloatVector.broadcast(S, start.get(j));
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector a4 = a0;
      FloatVector a5 = a0;
      FloatVector a6 = a0;
      FloatVector a7 = a0;
      for (int e = rowStart.get(j); e < end; e++) {
        MemorySegment row = source.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, 8 * BYTES);
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e));
        a0 = load(row, 0).fma(w, a0);
        a1 = load(row, BYTES).fma(w, a1);
        a2 = load(row, 2 * BYTES).fma(w, a2);
        a3 = load(row, 3 * BYTES).fma(w, a3);
        a4 = load(row, 4 * BYTES).fma(w, a4);
        a5 = load(row, 5 * BYTES).fma(w, a5);
        a6 = load(row, 6 * BYTES).fma(w, a6);
        a7 = load(row, 7 * BYTES).fma(w, a7);
      }
      long out = j * yBytes + b;
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

  private static void gatherFour(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int j = from; j < to; j++) {
      int end = rowStart.get(j + 1);
      FloatVector a0 = FloatVector.broadcast(S, start.get(j));
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int e = rowStart.get(j); e < end; e++) {
        MemorySegment row = source.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, 4 * BYTES);
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e));
        a0 = load(row, 0).fma(w, a0);
        a1 = load(row, BYTES).fma(w, a1);
        a2 = load(row, 2 * BYTES).fma(w, a2);
        a3 = load(row, 3 * BYTES).fma(w, a3);
      }
      long out = j * yBytes + b;
      a0.intoMemorySegment(sink, out, ORDER);
      a1.intoMemorySegment(sink, out + BYTES, ORDER);
      a2.intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      a3.intoMemorySegment(sink, out + 3 * BYTES, ORDER);
    }
  }

  private static void gatherOne(
      Ints rowStart,
      Ints column,
      Floats weight,
      Floats start,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment columns = column.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int j = from; j < to; j++) {
      int end = rowStart.get(j + 1);
      FloatVector a0 = FloatVector.broadcast(S, start.get(j));
      for (int e = rowStart.get(j); e < end; e++) {
        MemorySegment row = source.asSlice(columns.getAtIndex(JAVA_INT, e) * xBytes + b, BYTES);
        FloatVector w = FloatVector.broadcast(S, weights.getAtIndex(JAVA_FLOAT, e));
        a0 = load(row, 0).fma(w, a0);
      }
      long out = j * yBytes + b;
      a0.intoMemorySegment(sink, out, ORDER);
    }
  }

  @Override
  public void gatherTransposed(
      Ints start,
      Ints target,
      Ints edge,
      Floats weight,
      Activations x,
      Activations y,
      int width,
      int from,
      int to) {
    long rowBytes = width * 4L;
    long b = 0;
    for (; b + 8 * BYTES <= rowBytes; b += 8 * BYTES) {
      gatherTransposedEight(start, target, edge, weight, x, y, b, from, to);
    }
    for (; b + 4 * BYTES <= rowBytes; b += 4 * BYTES) {
      gatherTransposedFour(start, target, edge, weight, x, y, b, from, to);
    }
    for (; b < rowBytes; b += BYTES) {
      gatherTransposedOne(start, target, edge, weight, x, y, b, from, to);
    }
  }

  private static void gatherTransposedEight(
      Ints start,
      Ints target,
      Ints edge,
      Floats weight,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment targets = target.segment();
    MemorySegment edges = edge.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int i = from; i < to; i++) {
      int end = start.get(i + 1);
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      FloatVector a4 = a0;
      FloatVector a5 = a0;
      FloatVector a6 = a0;
      FloatVector a7 = a0;
      for (int k = start.get(i); k < end; k++) {
        MemorySegment row = source.asSlice(targets.getAtIndex(JAVA_INT, k) * xBytes + b, 8 * BYTES);
        float value = weights.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k));
        FloatVector w = FloatVector.broadcast(S, value);
        a0 = load(row, 0).fma(w, a0);
        a1 = load(row, BYTES).fma(w, a1);
        a2 = load(row, 2 * BYTES).fma(w, a2);
        a3 = load(row, 3 * BYTES).fma(w, a3);
        a4 = load(row, 4 * BYTES).fma(w, a4);
        a5 = load(row, 5 * BYTES).fma(w, a5);
        a6 = load(row, 6 * BYTES).fma(w, a6);
        a7 = load(row, 7 * BYTES).fma(w, a7);
      }
      long out = i * yBytes + b;
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

  private static void gatherTransposedFour(
      Ints start,
      Ints target,
      Ints edge,
      Floats weight,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment targets = target.segment();
    MemorySegment edges = edge.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int i = from; i < to; i++) {
      int end = start.get(i + 1);
      FloatVector a0 = FloatVector.zero(S);
      FloatVector a1 = a0;
      FloatVector a2 = a0;
      FloatVector a3 = a0;
      for (int k = start.get(i); k < end; k++) {
        MemorySegment row = source.asSlice(targets.getAtIndex(JAVA_INT, k) * xBytes + b, 4 * BYTES);
        float value = weights.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k));
        FloatVector w = FloatVector.broadcast(S, value);
        a0 = load(row, 0).fma(w, a0);
        a1 = load(row, BYTES).fma(w, a1);
        a2 = load(row, 2 * BYTES).fma(w, a2);
        a3 = load(row, 3 * BYTES).fma(w, a3);
      }
      long out = i * yBytes + b;
      a0.intoMemorySegment(sink, out, ORDER);
      a1.intoMemorySegment(sink, out + BYTES, ORDER);
      a2.intoMemorySegment(sink, out + 2 * BYTES, ORDER);
      a3.intoMemorySegment(sink, out + 3 * BYTES, ORDER);
    }
  }

  private static void gatherTransposedOne(
      Ints start,
      Ints target,
      Ints edge,
      Floats weight,
      Activations x,
      Activations y,
      long b,
      int from,
      int to) {
    MemorySegment targets = target.segment();
    MemorySegment edges = edge.segment();
    MemorySegment weights = weight.segment();
    MemorySegment source = x.values().segment();
    MemorySegment sink = y.values().segment();
    long xBytes = x.stride() * 4L;
    long yBytes = y.stride() * 4L;
    for (int i = from; i < to; i++) {
      int end = start.get(i + 1);
      FloatVector a0 = FloatVector.zero(S);
      for (int k = start.get(i); k < end; k++) {
        MemorySegment row = source.asSlice(targets.getAtIndex(JAVA_INT, k) * xBytes + b, BYTES);
        float value = weights.getAtIndex(JAVA_FLOAT, edges.getAtIndex(JAVA_INT, k));
        FloatVector w = FloatVector.broadcast(S, value);
        a0 = load(row, 0).fma(w, a0);
      }
      long out = i * yBytes + b;
      a0.intoMemorySegment(sink, out, ORDER);
    }
  }

  @Override
  public void products(
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
      if (L == STRIPES && width == 8 * L) {
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
    partial.asSlice(0, 4L * STRIPES * (to - from)).fill((byte) 0);
    for (int lane = 0; lane < STRIPES; lane += L) {
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
      long at = ((e - from) * STRIPES + lane) * 4L;
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
      long at = ((e - from) * STRIPES + lane) * 4L;
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
      long at = ((e - from) * STRIPES + lane) * 4L;
      FloatVector a = load(partial, at);
      a = load(row, 0).fma(d0, a);
      a.intoMemorySegment(partial, at, ORDER);
    }
  }

  private static void trees(MemorySegment partial, int count, MemorySegment out, int to) {
    for (int i = 0; i < count; i++) {
      long at = 4L * STRIPES * i;
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

  @Override
  public void sums(Activations d, int width, int from, int to, Floats out, Floats scratch) {
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
      if (L <= STRIPES / 2) {
        a1 = a1.add(load(d, at + BYTES));
      }
      if (L <= STRIPES / 4) {
        a2 = a2.add(load(d, at + 2 * BYTES));
        a3 = a3.add(load(d, at + 3 * BYTES));
      }
    }
    // With wider vectors the unused ones are zero, and no stripe is ever a negative zero.
    return tree(a0.add(a2).add(a1.add(a3)));
  }

  @Override
  public void sgd(
      Floats gradient, Floats value, Floats velocity, long from, long to, SgdStep step) {
    MemorySegment g = gradient.segment();
    MemorySegment w = value.segment();
    MemorySegment v = velocity.segment();
    long i = from;
    for (; i + L <= to; i += L) {
      FloatVector weight = load(w, i * 4);
      FloatVector slope = weight.fma(FloatVector.broadcast(S, step.l2()), load(g, (i - from) * 4));
      if (step.l1() != 0) {
        slope = slope.add(sign(weight).mul(step.l1()));
      }
      FloatVector move = slope;
      if (step.momentum() != 0) {
        FloatVector momentum = FloatVector.broadcast(S, step.momentum());
        FloatVector speed = load(v, i * 4).fma(momentum, slope.mul(step.keep()));
        speed.intoMemorySegment(v, i * 4, ORDER);
        move = step.nesterov() ? speed.fma(momentum, slope) : speed;
      }
      FloatVector shrunk = weight.fma(FloatVector.broadcast(S, -step.shrink()), weight);
      move.fma(FloatVector.broadcast(S, -step.rate()), shrunk).intoMemorySegment(w, i * 4, ORDER);
    }
    for (; i < to; i++) {
      ScalarKernels.sgdOne(gradient, value, velocity, from, i, step);
    }
  }

  /** As {@link Math#signum}: zeros keep their sign. */
  private static FloatVector sign(FloatVector v) {
    VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
    VectorMask<Float> negative = v.compare(VectorOperators.LT, 0f);
    return v.blend(1f, positive).blend(-1f, negative);
  }

  @Override
  public void leakyRelu(Floats x, long from, long to, float slope) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector v = load(segment, i);
      VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
      v.mul(slope).blend(v, positive).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void leakyReluGradient(Floats y, Floats d, long from, long to, float slope) {
    MemorySegment output = y.segment();
    MemorySegment gradient = d.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector g = load(gradient, i);
      VectorMask<Float> positive = load(output, i).compare(VectorOperators.GT, 0f);
      g.mul(slope).blend(g, positive).intoMemorySegment(gradient, i, ORDER);
    }
  }

  @Override
  public void sigmoid(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.sigmoid(load(segment, i)).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void sigmoidGradient(Floats y, Floats d, long from, long to) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = load(y.segment(), i);
      load(d.segment(), i)
          .mul(output.mul(one.sub(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void tanh(Floats x, long from, long to) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      VectorExponential.tanh(load(segment, i)).intoMemorySegment(segment, i, ORDER);
    }
  }

  @Override
  public void tanhGradient(Floats y, Floats d, long from, long to) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector output = load(y.segment(), i);
      load(d.segment(), i)
          .mul(one.sub(output.mul(output)))
          .intoMemorySegment(d.segment(), i, ORDER);
    }
  }

  @Override
  public void multiply(Floats x, Floats factor, Floats out, long from, long to) {
    for (long i = from * 4; i < to * 4; i += BYTES) {
      load(x.segment(), i)
          .mul(load(factor.segment(), i))
          .intoMemorySegment(out.segment(), i, ORDER);
    }
  }

  @Override
  public void shiftAndScale(Floats x, long from, long to, float shift, float scale) {
    MemorySegment segment = x.segment();
    for (long i = from * 4; i < to * 4; i += BYTES) {
      load(segment, i).sub(shift).mul(scale).intoMemorySegment(segment, i, ORDER);
    }
  }
}
