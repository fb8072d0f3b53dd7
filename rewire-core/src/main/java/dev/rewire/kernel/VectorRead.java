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

  /** Known when this is compiled, so that the loop over a row disappears. */
  private static final int STEPS = Bandwidth.ROW / (8 * S.length());

  static int rows(Floats block, int[] rows) {
    MemorySegment segment = block.segment();
    IntVector a = IntVector.zero(S);
    IntVector b = a;
    IntVector c = a;
    IntVector d = a;
    IntVector e = a;
    IntVector f = a;
    IntVector g = a;
    IntVector h = a;
    for (int row : rows) {
      long i = (long) row * (Bandwidth.ROW * Float.BYTES);
      for (int step = 0; step < STEPS; step++) {
        a = a.or(load(segment, i));
        b = b.or(load(segment, i + BYTES));
        c = c.or(load(segment, i + 2 * BYTES));
        d = d.or(load(segment, i + 3 * BYTES));
        e = e.or(load(segment, i + 4 * BYTES));
        f = f.or(load(segment, i + 5 * BYTES));
        g = g.or(load(segment, i + 6 * BYTES));
        h = h.or(load(segment, i + 7 * BYTES));
        i += 8 * BYTES;
      }
    }
    return a.or(b).or(c.or(d)).or(e.or(f).or(g.or(h))).reduceLanes(VectorOperators.OR);
  }

  private static IntVector load(MemorySegment segment, long byteOffset) {
    return IntVector.fromMemorySegment(S, segment, byteOffset, ORDER);
  }
}
