package dev.rewire.kernel;

import static dev.rewire.kernel.Lanes.ORDER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The last three steps of the trees, for eight connections at a time whose eight stripes wait in
 * memory.
 *
 * <p>A step across the lanes of one vector wastes half of them. Two connections share the step
 * instead: their halves are exchanged, so that one addition serves both. After three steps a vector
 * holds eight sums in the order of the connections.
 */
final class StripeTrees {
  /** Eight stripes at a time, on machines with wider vectors too. */
  static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

  static final long BYTES = EIGHT.vectorByteSize();

  /** Lanes that a step takes from its second vector: the upper half of each 8, 4 or 2 lanes. */
  private static final VectorMask<Float> UPPER_4 = VectorMask.fromLong(EIGHT, 0xf0);

  private static final VectorMask<Float> UPPER_2 = VectorMask.fromLong(EIGHT, 0xcc);
  private static final VectorMask<Float> UPPER_1 = VectorMask.fromLong(EIGHT, 0xaa);

  /** Lane {@code l} takes lane {@code l xor half}. */
  private static final VectorShuffle<Float> SWAP_4 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 4);

  private static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 2);
  private static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(EIGHT, lane -> lane ^ 1);

  private StripeTrees() {}

  /**
   * Adds up stripes.
   *
   * @param stripes eight floats a connection, with room for a multiple of eight connections;
   *     overwritten
   * @param count connections
   * @param out receives the sums
   * @param at where in {@code out}
   * @param add to what is in {@code out}
   */
  static void add(MemorySegment stripes, int count, MemorySegment out, int at, boolean add) {
    int full = count & -8;
    for (int group = 0; group < count; group += 8) {
      MemorySegment s = stripes.asSlice(group * BYTES, 8 * BYTES);
      FloatVector a = fromMemorySegment(EIGHT, s, 0, ORDER);
      FloatVector e = fromMemorySegment(EIGHT, s, 4 * BYTES, ORDER);
      FloatVector ae = a.blend(e, UPPER_4).add(e.blend(a, UPPER_4).rearrange(SWAP_4));
      FloatVector c = fromMemorySegment(EIGHT, s, 2 * BYTES, ORDER);
      FloatVector g = fromMemorySegment(EIGHT, s, 6 * BYTES, ORDER);
      FloatVector cg = c.blend(g, UPPER_4).add(g.blend(c, UPPER_4).rearrange(SWAP_4));
      FloatVector even = ae.blend(cg, UPPER_2).add(cg.blend(ae, UPPER_2).rearrange(SWAP_2));
      FloatVector b = fromMemorySegment(EIGHT, s, BYTES, ORDER);
      FloatVector f = fromMemorySegment(EIGHT, s, 5 * BYTES, ORDER);
      FloatVector bf = b.blend(f, UPPER_4).add(f.blend(b, UPPER_4).rearrange(SWAP_4));
      FloatVector d = fromMemorySegment(EIGHT, s, 3 * BYTES, ORDER);
      FloatVector h = fromMemorySegment(EIGHT, s, 7 * BYTES, ORDER);
      FloatVector dh = d.blend(h, UPPER_4).add(h.blend(d, UPPER_4).rearrange(SWAP_4));
      FloatVector odd = bf.blend(dh, UPPER_2).add(dh.blend(bf, UPPER_2).rearrange(SWAP_2));
      even.blend(odd, UPPER_1)
          .add(odd.blend(even, UPPER_1).rearrange(SWAP_1))
          .intoMemorySegment(stripes, group * 4L, ORDER);
    }
    MemorySegment sums = out.asSlice(at * 4L, count * 4L);
    int i = 0;
    if (add) {
      for (; i < full; i += 8) {
        FloatVector.fromMemorySegment(EIGHT, sums, i * 4L, ORDER)
            .add(FloatVector.fromMemorySegment(EIGHT, stripes, i * 4L, ORDER))
            .intoMemorySegment(sums, i * 4L, ORDER);
      }
    } else {
      for (; i < full; i += 8) {
        FloatVector.fromMemorySegment(EIGHT, stripes, i * 4L, ORDER)
            .intoMemorySegment(sums, i * 4L, ORDER);
      }
    }
    for (; i < count; i++) {
      float sum = stripes.getAtIndex(JAVA_FLOAT, i);
      sums.setAtIndex(JAVA_FLOAT, i, add ? sums.getAtIndex(JAVA_FLOAT, i) + sum : sum);
    }
  }
}
