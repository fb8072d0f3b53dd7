package dev.rewire.topology;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The three ways in which the literature draws an Erdős–Rényi layer. They give different numbers of
 * connections from the same probability, so they must be told apart.
 */
public enum Sampler {
  /** Each cell on its own: the paper of SET. The number of connections is random. */
  BERNOULLI {
    @Override
    long[] cells(long cells, double probability, RandomGenerator random) {
      return bernoulli(cells, probability, random);
    }
  },

  /** {@code round(probability * cells)} distinct cells: synapses, RigL, and the default here. */
  EXACT {
    @Override
    long[] cells(long cells, double probability, RandomGenerator random) {
      int count = Math.toIntExact(Math.round(Math.min(1, probability) * cells));
      return DistinctNumbers.draw(cells, count, random);
    }
  },

  /**
   * {@code probability * cells} draws, doubles collapse: the SciPy implementation and the
   * tutorials. A probability of 1 gives a density of {@code 1 - 1/e}.
   */
  WITH_REPLACEMENT {
    @Override
    long[] cells(long cells, double probability, RandomGenerator random) {
      long[] drawn = new long[Math.toIntExact(Math.round(probability * cells))];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = random.nextLong(cells);
      }
      Arrays.sort(drawn);
      return Arrays.copyOf(drawn, DistinctNumbers.unique(drawn, drawn.length));
    }
  };

  abstract long[] cells(long cells, double probability, RandomGenerator random);

  /**
   * Draws a layer.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param probability of one cell, 0 or more; where it is 1 or more, {@link #BERNOULLI} and {@link
   *     #EXACT} connect every cell
   * @param random where chance comes from
   * @return the topology, drawn in time and memory proportional to its connections
   */
  public Topology draw(int inputs, int outputs, double probability, RandomGenerator random) {
    if (!(probability >= 0)) {
      throw new IllegalArgumentException("probability must be 0 or more: " + probability);
    }
    if (probability >= 1 && this != WITH_REPLACEMENT) {
      return Topology.complete(inputs, outputs);
    }
    return Topology.ofCells(inputs, outputs, cells((long) inputs * outputs, probability, random));
  }

  /** Jumps from one connected cell to the next: the gaps are geometric. */
  private static long[] bernoulli(long cells, double probability, RandomGenerator random) {
    double expected = probability * cells;
    long[] found = new long[(int) Math.min(Integer.MAX_VALUE - 8, expected * 1.1 + 64)];
    int count = 0;
    double scale = 1 / StrictMath.log1p(-probability);
    long cell = -1;
    while (probability > 0) {
      double gap = Math.floor(StrictMath.log1p(-random.nextDouble()) * scale);
      if (gap >= cells - cell - 1) {
        break;
      }
      cell += 1 + (long) gap;
      if (count == found.length) {
        found = Arrays.copyOf(found, Math.toIntExact(count + count / 2L + 64));
      }
      found[count++] = cell;
    }
    return Arrays.copyOf(found, count);
  }
}
