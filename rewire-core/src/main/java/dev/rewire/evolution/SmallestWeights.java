package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.List;

/**
 * The weights that are nearest to zero: which ones of a layer, and how many of several layers lie
 * in each of them. Nothing is sorted and no weights are put into one list; three histograms of the
 * bits of their absolute values tell, in time proportional to the weights.
 */
public final class SmallestWeights {
  private static final int DIGIT = 11;
  private static final int BINS = 1 << DIGIT;

  private SmallestWeights() {}

  /**
   * Marks the smallest weights of a layer.
   *
   * @param weights one number a connection
   * @param count how many, 0 to all; of equal ones those with the lowest cells
   * @param into becomes one mark a connection
   * @param team threads to work on
   */
  public static void mark(Floats weights, int count, Bits into, WorkerTeam team) {
    if (count < 0 || count > weights.length()) {
      throw new IllegalArgumentException(
          "of %d weights %d cannot be the smallest".formatted(weights.length(), count));
    }
    into.reset(weights.length());
    if (count > 0) {
      RadixSelection selection = new RadixSelection(team);
      selection.scan(weights, RadixSelection.Order.MAGNITUDE);
      selection.markSmallest(count, into);
    }
  }

  /**
   * Counts how many of the smallest weights of several layers lie in each of them.
   *
   * @param layers the weights of each
   * @param wanted how many of all, 0 or more; at most all
   * @param team threads to work on
   * @return one number a layer, together as many as wanted; of equal weights the first layers give
   *     theirs first
   */
  public static int[] counts(List<Floats> layers, long wanted, WorkerTeam team) {
    int[] counts = new int[layers.size()];
    long all = layers.stream().mapToLong(Floats::length).sum();
    long rest = Math.min(wanted, all);
    if (rest == 0) {
      return counts;
    }
    int prefix = 0;
    long[] bins = new long[BINS];
    for (int shift = 2 * DIGIT; shift >= 0; shift -= DIGIT) {
      Arrays.fill(bins, 0);
      for (Floats weights : layers) {
        count(weights, shift, prefix, bins, team);
      }
      int digit = 0;
      while (bins[digit] < rest) {
        rest -= bins[digit++];
      }
      prefix = prefix << DIGIT | digit;
    }
    for (int l = 0; l < counts.length; l++) {
      long[] here = belowAndEqual(layers.get(l), prefix, team);
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
