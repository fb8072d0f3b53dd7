package dev.rewire.kernel;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Looks at as many numbers at once as a vector has. */
final class VectorSearch {
  private static final VectorSpecies<Integer> S = Lanes.S.withLanes(int.class);

  private VectorSearch() {}

  static long firstAtLeast(MemorySegment x, long from, long to, int bound) {
    long i = from;
    for (; i + S.length() <= to; i += S.length()) {
      VectorMask<Integer> large =
          IntVector.fromMemorySegment(S, x, i * Integer.BYTES, Lanes.ORDER)
              .and(Integer.MAX_VALUE)
              .compare(VectorOperators.GE, bound);
      if (large.anyTrue()) {
        return i + large.firstTrue();
      }
    }
    return ScalarKernels.firstAtLeast(x, i, to, bound);
  }
}
