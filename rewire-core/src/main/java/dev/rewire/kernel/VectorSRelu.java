package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The S-shaped rectified linear unit of one neuron. Each piece is added up in a loop of its own:
 * four sums in four vectors each are more than there are registers.
 */
final class VectorSRelu {
  private static final FloatVector ZERO = FloatVector.zero(S);

  private VectorSRelu() {}

  static void forward(
      Floats x, long from, long to, float left, float leftSlope, float right, float rightSlope) {
    MemorySegment segment = x.segment();
    FloatVector lefts = FloatVector.broadcast(S, left);
    FloatVector leftSlopes = FloatVector.broadcast(S, leftSlope);
    FloatVector rights = FloatVector.broadcast(S, right);
    FloatVector rightSlopes = FloatVector.broadcast(S, rightSlope);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      FloatVector v = fromMemorySegment(S, segment, i, ORDER);
      FloatVector low = leftSlopes.fma(v.sub(lefts), lefts);
      FloatVector high = rightSlopes.fma(v.sub(rights), rights);
      VectorMask<Float> above = v.compare(VectorOperators.GE, rights);
      VectorMask<Float> below = v.compare(VectorOperators.LE, lefts);
      v.blend(high, above).blend(low, below).intoMemorySegment(segment, i, ORDER);
    }
  }

  static void below(
      Floats x, long xFrom, Floats d, long from, int count, float left, Floats sums, long at) {
    FloatVector bound = FloatVector.broadcast(S, left);
    MemorySegment inputs = x.segment();
    MemorySegment gradient = d.segment();
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector product0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    FloatVector product1 = FloatVector.zero(S);
    FloatVector sum2 = FloatVector.zero(S);
    FloatVector product2 = FloatVector.zero(S);
    FloatVector sum3 = FloatVector.zero(S);
    FloatVector product3 = FloatVector.zero(S);
    long end = (from + count) * 4;
    long gap = (xFrom - from) * 4;
    for (long i = from * 4; i < end; i += Kernels.STRIPES * 4L) {
      FloatVector v0 = fromMemorySegment(S, inputs, gap + i, ORDER);
      FloatVector d0 =
          ZERO.blend(
              fromMemorySegment(S, gradient, i, ORDER), v0.compare(VectorOperators.LE, bound));
      sum0 = d0.add(sum0);
      product0 = d0.fma(v0.sub(bound), product0);
      if (L < 16) {
        FloatVector v1 = fromMemorySegment(S, inputs, gap + i + BYTES, ORDER);
        FloatVector d1 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + BYTES, ORDER),
                v1.compare(VectorOperators.LE, bound));
        sum1 = d1.add(sum1);
        product1 = d1.fma(v1.sub(bound), product1);
      }
      if (L < 8) {
        FloatVector v2 = fromMemorySegment(S, inputs, gap + i + 2 * BYTES, ORDER);
        FloatVector d2 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + 2 * BYTES, ORDER),
                v2.compare(VectorOperators.LE, bound));
        sum2 = d2.add(sum2);
        product2 = d2.fma(v2.sub(bound), product2);
        FloatVector v3 = fromMemorySegment(S, inputs, gap + i + 3 * BYTES, ORDER);
        FloatVector d3 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + 3 * BYTES, ORDER),
                v3.compare(VectorOperators.LE, bound));
        sum3 = d3.add(sum3);
        product3 = d3.fma(v3.sub(bound), product3);
      }
    }
    sums.set(at, VectorRows.tree(sum0, sum1, sum2, sum3));
    sums.set(at + 1, VectorRows.tree(product0, product1, product2, product3));
  }

  static void above(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float right,
      Floats sums,
      long at) {
    FloatVector bound = FloatVector.broadcast(S, right);
    FloatVector least = FloatVector.broadcast(S, left);
    MemorySegment inputs = x.segment();
    MemorySegment gradient = d.segment();
    FloatVector sum0 = FloatVector.zero(S);
    FloatVector product0 = FloatVector.zero(S);
    FloatVector sum1 = FloatVector.zero(S);
    FloatVector product1 = FloatVector.zero(S);
    FloatVector sum2 = FloatVector.zero(S);
    FloatVector product2 = FloatVector.zero(S);
    FloatVector sum3 = FloatVector.zero(S);
    FloatVector product3 = FloatVector.zero(S);
    long end = (from + count) * 4;
    long gap = (xFrom - from) * 4;
    for (long i = from * 4; i < end; i += Kernels.STRIPES * 4L) {
      FloatVector v0 = fromMemorySegment(S, inputs, gap + i, ORDER);
      FloatVector d0 =
          ZERO.blend(
              fromMemorySegment(S, gradient, i, ORDER),
              v0.compare(VectorOperators.GE, bound).and(v0.compare(VectorOperators.GT, least)));
      sum0 = d0.add(sum0);
      product0 = d0.fma(v0.sub(bound), product0);
      if (L < 16) {
        FloatVector v1 = fromMemorySegment(S, inputs, gap + i + BYTES, ORDER);
        FloatVector d1 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + BYTES, ORDER),
                v1.compare(VectorOperators.GE, bound).and(v1.compare(VectorOperators.GT, least)));
        sum1 = d1.add(sum1);
        product1 = d1.fma(v1.sub(bound), product1);
      }
      if (L < 8) {
        FloatVector v2 = fromMemorySegment(S, inputs, gap + i + 2 * BYTES, ORDER);
        FloatVector d2 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + 2 * BYTES, ORDER),
                v2.compare(VectorOperators.GE, bound).and(v2.compare(VectorOperators.GT, least)));
        sum2 = d2.add(sum2);
        product2 = d2.fma(v2.sub(bound), product2);
        FloatVector v3 = fromMemorySegment(S, inputs, gap + i + 3 * BYTES, ORDER);
        FloatVector d3 =
            ZERO.blend(
                fromMemorySegment(S, gradient, i + 3 * BYTES, ORDER),
                v3.compare(VectorOperators.GE, bound).and(v3.compare(VectorOperators.GT, least)));
        sum3 = d3.add(sum3);
        product3 = d3.fma(v3.sub(bound), product3);
      }
    }
    sums.set(at, VectorRows.tree(sum0, sum1, sum2, sum3));
    sums.set(at + 1, VectorRows.tree(product0, product1, product2, product3));
  }

  static void gradient(
      Floats x,
      long xFrom,
      Floats d,
      long from,
      int count,
      float left,
      float leftSlope,
      float right,
      float rightSlope) {
    MemorySegment inputs = x.segment();
    MemorySegment gradient = d.segment();
    FloatVector lefts = FloatVector.broadcast(S, left);
    FloatVector leftSlopes = FloatVector.broadcast(S, leftSlope);
    FloatVector rights = FloatVector.broadcast(S, right);
    FloatVector rightSlopes = FloatVector.broadcast(S, rightSlope);
    long end = (from + count) * 4;
    long gap = (xFrom - from) * 4;
    for (long i = from * 4; i < end; i += BYTES) {
      FloatVector v = fromMemorySegment(S, inputs, gap + i, ORDER);
      FloatVector g = fromMemorySegment(S, gradient, i, ORDER);
      g.blend(g.mul(rightSlopes), v.compare(VectorOperators.GE, rights))
          .blend(g.mul(leftSlopes), v.compare(VectorOperators.LE, lefts))
          .intoMemorySegment(gradient, i, ORDER);
    }
  }
}
