package dev.rewire.kernel;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Reads by vectors, eight at a time: fewer would wait for each other. */
final class VectorRead {
  private static final VectorSpecies<Integer> S = Lanes.S.withLanes(int.class);
  private static final long BYTES = S.vectorByteSize();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private VectorRead() {}

  static int rows(Floats block, int[] rows, int width) {
    MemorySegment segment = block.segment();
    long bytes = (long) width * Float.BYTES;
    IntVector a = IntVector.zero(S);
    IntVector b = a;
    IntVector c = a;
    IntVector d = a;
    IntVector e = a;
    IntVector f = a;
    IntVector g = a;
    IntVector h = a;
    for (int row : rows) {
      long end = (row + 1) * bytes;
      for (long i = row * bytes; i < end; i += 8 * BYTES) {
        a = a.or(load(segment, i));
        b = b.or(load(segment, i + BYTES));
        c = c.or(load(segment, i + 2 * BYTES));
        d = d.or(load(segment, i + 3 * BYTES));
        e = e.or(load(segment, i + 4 * BYTES));
        f = f.or(load(segment, i + 5 * BYTES));
        g = g.or(load(segment, i + 6 * BYTES));
        h = h.or(load(segment, i + 7 * BYTES));
      }
    }
    return a.or(b).or(c.or(d)).or(e.or(f).or(g.or(h))).reduceLanes(VectorOperators.OR);
  }

  private static IntVector load(MemorySegment segment, long byteOffset) {
    return IntVector.fromMemorySegment(S, segment, byteOffset, ORDER);
  }
}
