package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.BYTES;
import static dev.rewire.kernel.Lanes.EXACT;
import static dev.rewire.kernel.Lanes.L;
import static dev.rewire.kernel.Lanes.ORDER;
import static dev.rewire.kernel.Lanes.S;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * What is done to the row of one neuron. Sums have 16 stripes, in one, two or four vectors, and a
 * tree: stripes 8 apart first, then 4, 2 and 1.
 */
final class VectorRows {
  /** Lane {@code l} takes lane {@code l + half}. */
  private static final VectorShuffle<Float> DOWN_8 = down(8);

  private static final VectorShuffle<Float> DOWN_4 = down(4);
  private static final VectorShuffle<Float> DOWN_2 = down(2);
  private static final VectorShuffle<Float> DOWN_1 = down(1);

  /** Bytes of all stripes. */
  private static final long STRIPES = Kernels.STRIPES * 4L;

  private VectorRows() {}

  private static VectorShuffle<Float> down(int half) {
    int[] lanes = new int[L];
    for (int l = 0; l < L; l++) {
      lanes[l] = (l + half) % L;
    }
    return VectorShuffle.fromValues(S, lanes);
  }

  static void scaleAndShift(Floats x, long from, long to, float scale, float shift) {
    MemorySegment segment = x.segment();
    FloatVector scales = FloatVector.broadcast(S, scale);
    FloatVector shifts = FloatVector.broadcast(S, shift);
    for (long i = from * 4; i < to * 4; i += BYTES) {
      fromMemorySegment(S, segment, i, ORDER)
          .fma(scales, shifts)
          .intoMemorySegment(segment, i, ORDER);
    }
  }

  static float sum(Floats x, long from, int count) {
    MemorySegment segment = x.segment();
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    long end = (from + count) * 4;
    for (long i = from * 4; i < end; i += STRIPES) {
      a = fromMemorySegment(S, segment, i, ORDER).add(a);
      if (L < 16) {
        b = fromMemorySegment(S, segment, i + BYTES, ORDER).add(b);
      }
      if (L < 8) {
        c = fromMemorySegment(S, segment, i + 2 * BYTES, ORDER).add(c);
        d = fromMemorySegment(S, segment, i + 3 * BYTES, ORDER).add(d);
      }
    }
    return tree(a, b, c, d);
  }

  static float products(Floats x, long from, Floats y, long yFrom, int count) {
    MemorySegment one = x.segment();
    MemorySegment other = y.segment();
    FloatVector a = FloatVector.zero(S);
    FloatVector b = FloatVector.zero(S);
    FloatVector c = FloatVector.zero(S);
    FloatVector d = FloatVector.zero(S);
    long end = (from + count) * 4;
    long gap = (yFrom - from) * 4;
    for (long i = from * 4; i < end; i += STRIPES) {
      a = fromMemorySegment(S, one, i, ORDER).fma(fromMemorySegment(S, other, gap + i, ORDER), a);
      if (L < 16) {
        b =
            fromMemorySegment(S, one, i + BYTES, ORDER)
                .fma(fromMemorySegment(S, other, gap + i + BYTES, ORDER), b);
      }
      if (L < 8) {
        c =
            fromMemorySegment(S, one, i + 2 * BYTES, ORDER)
                .fma(fromMemorySegment(S, other, gap + i + 2 * BYTES, ORDER), c);
        d =
            fromMemorySegment(S, one, i + 3 * BYTES, ORDER)
                .fma(fromMemorySegment(S, other, gap + i + 3 * BYTES, ORDER), d);
      }
    }
    return tree(a, b, c, d);
  }

  static float tree(FloatVector a, FloatVector b, FloatVector c, FloatVector d) {
    FloatVector v = EXACT.cast(a);
    if (L == 16) {
      v = v.add(v.rearrange(DOWN_8));
    }
    if (L == 8) {
      v = v.add(b);
    }
    if (L == 4) {
      v = v.add(c).add(EXACT.cast(b).add(d));
    }
    if (L > 4) {
      v = v.add(v.rearrange(DOWN_4));
    }
    v = v.add(v.rearrange(DOWN_2));
    v = v.add(v.rearrange(DOWN_1));
    return v.lane(0);
  }

  static void normalGradient(
      Floats normal,
      long normalFrom,
      Floats d,
      long from,
      int count,
      float common,
      float along,
      float factor) {
    MemorySegment rows = normal.segment();
    MemorySegment gradient = d.segment();
    FloatVector commons = FloatVector.broadcast(S, common);
    FloatVector minusAlong = FloatVector.broadcast(S, -along);
    FloatVector factors = FloatVector.broadcast(S, factor);
    long end = (from + count) * 4;
    long gap = (normalFrom - from) * 4;
    for (long i = from * 4; i < end; i += BYTES) {
      FloatVector rest = fromMemorySegment(S, gradient, i, ORDER).sub(commons);
      minusAlong
          .fma(fromMemorySegment(S, rows, gap + i, ORDER), rest)
          .mul(factors)
          .intoMemorySegment(gradient, i, ORDER);
    }
  }
}
