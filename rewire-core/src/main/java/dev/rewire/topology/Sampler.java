package dev.rewire.topology;

import dev.rewire.parallel.WorkerTeam;
import java.util.random.RandomGenerator;

/**
 * The three ways in which the literature draws an Erdős–Rényi layer. They give different numbers of
 * connections from the same probability, so they must be told apart.
 */
public enum Sampler {
  /** Each cell on its own: the paper of SET. The number of connections is random. */
  BERNOULLI {
    @Override
    void cells(
        int inputs, int outputs, double probability, long key, WorkerTeam team, CellList into) {
      new BernoulliDraws((long) inputs * outputs, probability, key).draw(team, into);
    }
  },

  /** {@code round(probability * cells)} distinct cells: synapses, RigL, and the default here. */
  EXACT {
    @Override
    void cells(
        int inputs, int outputs, double probability, long key, WorkerTeam team, CellList into) {
      try (DistinctNumbers numbers = new DistinctNumbers(team)) {
        long cells = (long) inputs * outputs;
        numbers.draw(cells, Math.round(Math.min(1, probability) * cells), key, into);
      }
    }
  },

  /**
   * {@code probability * cells} draws, doubles collapse: the SciPy implementation and the
   * tutorials. A probability of 1 gives a density of {@code 1 - 1/e}.
   */
  WITH_REPLACEMENT {
    @Override
    void cells(
        int inputs, int outputs, double probability, long key, WorkerTeam team, CellList into) {
      try (DistinctNumbers numbers = new DistinctNumbers(team)) {
        long cells = (long) inputs * outputs;
        numbers.drawWithReplacement(cells, Math.round(probability * cells), key, into);
      }
    }
  },

  /**
   * Receptive fields (BRF of Cannistraci-Hebb training, Zhang et al. 2024, with randomness 0.25):
   * each output has as many inputs, most of them near the one that lies across from it.
   */
  RECEPTIVE_FIELD {
    @Override
    void cells(
        int inputs, int outputs, double probability, long key, WorkerTeam team, CellList into) {
      new ReceptiveFields(inputs, outputs, probability, key).draw(team, into);
    }
  };

  abstract void cells(
      int inputs, int outputs, double probability, long key, WorkerTeam team, CellList into);

  /**
   * Draws a layer on one thread.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param probability of one cell, 0 or more; where it is 1 or more, {@link #BERNOULLI} and {@link
   *     #EXACT} connect every cell
   * @param random where chance comes from
   * @return the topology, drawn in time and memory proportional to its connections
   */
  public Topology draw(int inputs, int outputs, double probability, RandomGenerator random) {
    try (WorkerTeam alone = new WorkerTeam(1)) {
      return draw(inputs, outputs, probability, random, alone);
    }
  }

  /**
   * Draws a layer on all threads of a team: the same for any number of them.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param probability of one cell, 0 or more; where it is 1 or more, {@link #BERNOULLI} and {@link
   *     #EXACT} connect every cell
   * @param random gives one number, the seed of all others
   * @param team threads to draw on
   * @return the topology, drawn in time and memory proportional to its connections
   */
  public Topology draw(
      int inputs, int outputs, double probability, RandomGenerator random, WorkerTeam team) {
    if (!(probability >= 0)) {
      throw new IllegalArgumentException("probability must be 0 or more: " + probability);
    }
    if (probability >= 1 && this != WITH_REPLACEMENT) {
      return Topology.complete(inputs, outputs);
    }
    Topology.checkConnections(Math.round(Math.min(1, probability) * inputs * outputs));
    try (CellList cells = new CellList()) {
      cells(inputs, outputs, probability, random.nextLong(), team, cells);
      return Topology.ofCells(inputs, outputs, cells, team);
    }
  }
}
