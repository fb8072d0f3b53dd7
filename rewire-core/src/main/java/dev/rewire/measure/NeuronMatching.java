package dev.rewire.measure;

import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;

/** Which neuron of a second layer stands for each neuron of a first one. */
public enum NeuronMatching {
  /** Optimal up to 4,096 neurons, greedy above. */
  AUTOMATIC {
    @Override
    void match(NeuronDistances distances, int[] partner, boolean[] free, WorkerTeam team) {
      NeuronMatching choice = partner.length <= MOST_OPTIMAL ? OPTIMAL : GREEDY;
      choice.match(distances, partner, free, team);
    }
  },

  /**
   * The matching of least total distance. Needs 12 bytes for each pair of neurons that share an
   * input: at most neurons squared, where a layer is dense. Where several matchings are as good,
   * the distances of the next layers depend on which one is taken: the one that SciPy takes.
   */
  OPTIMAL {
    @Override
    void match(NeuronDistances distances, int[] partner, boolean[] free, WorkerTeam team) {
      boolean[] all = new boolean[partner.length];
      Arrays.fill(all, true);
      PairList pairs = distances.pairs(all, all, Integer.MAX_VALUE, team);
      int[] found = Assignment.of(pairs, distances.emptyRows(), distances.emptyColumns());
      System.arraycopy(found, 0, partner, 0, found.length);
      Arrays.fill(free, false);
    }
  },

  /**
   * The nearest pair first, then the nearest of the rest, and so on, from a list of each neuron's
   * 16 nearest ones that is made anew for those whose candidates were all taken. About 200 bytes a
   * neuron. Its distances are never below the optimal ones.
   */
  GREEDY {
    @Override
    void match(NeuronDistances distances, int[] partner, boolean[] free, WorkerTeam team) {
      boolean[] rows = new boolean[partner.length];
      Arrays.fill(rows, true);
      while (true) {
        PairList pairs = distances.pairs(rows, free, CANDIDATES, team);
        if (pairs.size() == 0) {
          return;
        }
        for (long key : keys(pairs)) {
          int pair = (int) key;
          int i = row(pairs, pair);
          int j = pairs.column(pair);
          if (rows[i] && free[j]) {
            rows[i] = false;
            free[j] = false;
            partner[i] = j;
          }
        }
      }
    }
  };

  private static final int MOST_OPTIMAL = 4096;
  private static final int CANDIDATES = 16;

  /** Steps of a distance in a sort key. */
  private static final double STEPS = 1 << 30;

  /** Matches neurons that share an input, or all of them; the others keep partner -1. */
  abstract void match(NeuronDistances distances, int[] partner, boolean[] free, WorkerTeam team);

  /**
   * Matches all neurons.
   *
   * @return partner of each neuron of the first layer, each neuron of the second one once
   */
  int[] match(Wiring first, Wiring second, NeuronDistances distances, WorkerTeam team) {
    int[] partner = new int[first.outputs()];
    boolean[] free = new boolean[partner.length];
    Arrays.fill(partner, -1);
    Arrays.fill(free, true);
    match(distances, partner, free, team);
    // Two neurons without inputs are the same, and no other partner is any better for them.
    matchRest(first, second, partner, free, true);
    matchRest(first, second, partner, free, false);
    return partner;
  }

  /** The neuron of the same number if it is free, then the others in their order. */
  private static void matchRest(
      Wiring first, Wiring second, int[] partner, boolean[] free, boolean empty) {
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] < 0 && free[i] && (!empty || first.fanIn(i) + second.fanIn(i) == 0)) {
        partner[i] = i;
        free[i] = false;
      }
    }
    int j = 0;
    for (int i = 0; i < partner.length; i++) {
      if (partner[i] < 0 && (!empty || first.fanIn(i) == 0)) {
        while (j < free.length && (!free[j] || (empty && second.fanIn(j) > 0))) {
          j++;
        }
        if (j == free.length) {
          return;
        }
        partner[i] = j;
        free[j] = false;
      }
    }
  }

  /** The numbers of the pairs, the nearest first, then partners of the same number, then by row. */
  private static long[] keys(PairList pairs) {
    long[] keys = new long[pairs.size()];
    for (int i = 0; i < pairs.rows(); i++) {
      for (int k = pairs.start(i); k < pairs.start(i + 1); k++) {
        long step = (long) (pairs.cost(k) * STEPS);
        keys[k] = step << 33 | (pairs.column(k) == i ? 0L : 1L) << 32 | k;
      }
    }
    Arrays.sort(keys);
    return keys;
  }

  private static int row(PairList pairs, int pair) {
    int low = 0;
    int high = pairs.rows() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pairs.start(middle) <= pair) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
