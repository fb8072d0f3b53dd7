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

/**
 * Weighted sums of rows: the forward pass and, through the transposed index, the gradient of the
 * inputs. The row that is summed up stays in registers while the loop runs over its connections.
 */
final class VectorGather {
  private VectorGather() {}

  static void gather(
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

  static void gatherTransposed(
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
}
