package dev.rewire.evolution;

import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.List;

/**
 * How many of the smallest weights of several layers lie in each of them, without putting them into
 * one list: three histograms of the bits of their absolute values.
 */
final class GlobalSmallest {
  private static final int DIGIT = 11;
  private static final int BINS = 1 << DIGIT;

  private GlobalSmallest() {}

  /**
   * Counts.
   *
   * @param layers where the weights are
   * @param wanted how many of all, 0 or more; at most all
   * @return one number a layer, together as many as wanted; of equal weights the first layers give
   *     theirs first
   */
  static int[] counts(List<LayerShare> layers, long wanted, WorkerTeam team) {
    int[] counts = new int[layers.size()];
    long all = layers.stream().mapToLong(LayerShare::before).sum();
    long rest = Math.min(wanted, all);
    if (rest == 0) {
      return counts;
    }
    int prefix = 0;
    long[] bins = new long[BINS];
    for (int shift = 2 * DIGIT; shift >= 0; shift -= DIGIT) {
      Arrays.fill(bins, 0);
      for (LayerShare share : layers) {
        count(share.layer().weight(), shift, prefix, bins, team);
      }
      int digit = 0;
      while (bins[digit] < rest) {
        rest -= bins[digit++];
      }
      prefix = prefix << DIGIT | digit;
    }
    for (int l = 0; l < counts.length; l++) {
      long[] here = belowAndEqual(layers.get(l).layer().weight(), prefix, team);
      long ties = Math.min(rest, here[1]);
      rest -= ties;
      counts[l] = (int) (here[0] + ties);
    }
    return counts;
  }

  private static void count(Floats weights, int shift, int prefix, long[] bins, WorkerTeam team) {
    int length = (int) weights.length();
    int parts = Parts.of(length);
    team.run(
        parts,
        (part, worker) -> {
          int[] mine = new int[BINS];
          int to = Parts.from(length, part + 1, parts);
          for (int e = Parts.from(length, part, parts); e < to; e++) {
            int bits = bits(weights, e);
            if (shift == 2 * DIGIT || bits >>> (shift + DIGIT) == prefix) {
              mine[bits >>> shift & (BINS - 1)]++;
            }
          }
          synchronized (bins) {
            for (int bin = 0; bin < BINS; bin++) {
              bins[bin] += mine[bin];
            }
          }
        });
  }

  private static long[] belowAndEqual(Floats weights, int limit, WorkerTeam team) {
    int length = (int) weights.length();
    int parts = Parts.of(length);
    long[] counts = new long[2];
    team.run(
        parts,
        (part, worker) -> {
          long below = 0;
          long equal = 0;
          int to = Parts.from(length, part + 1, parts);
          for (int e = Parts.from(length, part, parts); e < to; e++) {
            int bits = bits(weights, e);
            below += bits < limit ? 1 : 0;
            equal += bits == limit ? 1 : 0;
          }
          synchronized (counts) {
            counts[0] += below;
            counts[1] += equal;
          }
        });
    return counts;
  }

  private static int bits(Floats weights, int e) {
    return Float.floatToRawIntBits(weights.get(e)) & Integer.MAX_VALUE;
  }
}
