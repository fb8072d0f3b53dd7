package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;

/** How dense a layer is after an evolution. */
public interface ConnectionTarget {
  /**
   * Returns the number of connections to reach.
   *
   * @param layer before the removal
   * @param epoch number of the epoch, from 0
   * @return connections after growth; below the survivors, nothing grows
   */
  int connections(SparseLayer layer, int epoch);

  /** As many as at the start of training. */
  record Initial() implements ConnectionTarget {
    @Override
    public int connections(SparseLayer layer, int epoch) {
      return layer.initialConnections();
    }
  }

  /** As many as before the removal. */
  record Current() implements ConnectionTarget {
    @Override
    public int connections(SparseLayer layer, int epoch) {
      return layer.topology().connections();
    }
  }
}
