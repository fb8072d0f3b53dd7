package dev.rewire.topology;

import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;

/**
 * Each number of a range on its own, with the same probability. Jumps from one number that is in to
 * the next: the gaps are geometric. They have no memory, so the range is cut into slabs that are
 * drawn apart, each twice: to count and to write.
 *
 * @param range numbers are 0 to {@code range - 1}
 * @param probability of each of them, 0 to less than 1
 * @param key seed of the random numbers
 */
record BernoulliDraws(long range, double probability, long key) {
  private static final int MOST_SLABS = 1024;

  /** Replaces a list by the numbers that are in, ascending. */
  void draw(WorkerTeam team, CellList into) {
    double scale = 1 / StrictMath.log1p(-probability);
    int slabs = (int) Math.clamp(probability * range / SortedDraws.PART, 1, MOST_SLABS);
    long[] from = new long[slabs + 1];
    if (probability > 0) {
      team.run(slabs, (slab, worker) -> from[slab + 1] = count(slab, slabs, scale));
    }
    for (int slab = 0; slab < slabs; slab++) {
      from[slab + 1] += from[slab];
    }
    into.clear(from[slabs]);
    into.size(from[slabs]);
    team.run(slabs, (slab, worker) -> write(slab, slabs, scale, from, into));
  }

  private long count(int slab, int slabs, double scale) {
    long end = SortedDraws.cut(range, slab + 1, slabs);
    long number = SortedDraws.cut(range, slab, slabs) - 1;
    long state = RandomStreams.mix(key + slab);
    long count = 0;
    while (true) {
      state = RandomStreams.mix(state);
      double gap = gap(state, scale);
      if (!(gap < end - number - 1)) {
        return count;
      }
      number += 1 + (long) gap;
      count++;
    }
  }

  private void write(int slab, int slabs, double scale, long[] from, CellList into) {
    long number = SortedDraws.cut(range, slab, slabs) - 1;
    long state = RandomStreams.mix(key + slab);
    for (long i = from[slab]; i < from[slab + 1]; i++) {
      state = RandomStreams.mix(state);
      number += 1 + (long) gap(state, scale);
      into.values().set(i, number);
    }
  }

  private static double gap(long bits, double scale) {
    double uniform = (bits >>> 11) * 0x1p-53;
    return Math.floor(StrictMath.log1p(-uniform) * scale);
  }
}
