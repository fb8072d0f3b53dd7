package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;

/** How dense a layer is after an evolution. */
public interface ConnectionTarget {
  /**
   * Returns the number of connections to reach.
   *
   * @param layer before the removal
   * @param moment when the evolution is
   * @return connections after growth, 0 to the cells of the layer
   */
  int connections(SparseLayer layer, Moment moment);

  /**
   * Says what happens where the schedule drops too little to come down to the target.
   *
   * @return true if more is dropped then; false if all survivors stay and nothing grows
   */
  default boolean dropsMore() {
    return false;
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if the number of epochs is needed to know a target
   */
  default boolean followsRunLength() {
    return false;
  }

  /** As many as at the start of training. */
  record Initial() implements ConnectionTarget {
    @Override
    public int connections(SparseLayer layer, Moment moment) {
      return layer.initialConnections();
    }
  }

  /** As many as before the removal. */
  record Current() implements ConnectionTarget {
    @Override
    public int connections(SparseLayer layer, Moment moment) {
      return layer.topology().connections();
    }
  }

  /** As many as have a weight other than 0: where zeros are removed, none come back. */
  record Nonzero() implements ConnectionTarget {
    @Override
    public int connections(SparseLayer layer, Moment moment) {
      int connections = layer.topology().connections();
      return connections - ZeroDrop.zeros(layer.weight(), 0, connections);
    }
  }

  /**
   * A share of the connections at the start that changes while training goes on: gradual tightening
   * of sparsity (cubic: Zhu and Gupta 2017), or growth. Where the share falls faster than the
   * schedule drops, rules that round each sign down may leave one connection too many.
   *
   * @param share of the initial connections, 0 or more; at most all cells get a connection
   */
  record OfInitial(Schedule share) implements ConnectionTarget {
    /** Checks the share. */
    public OfInitial {
      share.requireWithin("share of the initial connections", 0, Double.MAX_VALUE);
    }

    @Override
    public int connections(SparseLayer layer, Moment moment) {
      double wanted = Math.rint(layer.initialConnections() * share.at(moment));
      return (int) Math.min(wanted, Math.min(layer.topology().cells(), Integer.MAX_VALUE - 8));
    }

    @Override
    public boolean dropsMore() {
      return true;
    }

    @Override
    public boolean followsRunLength() {
      return share.followsRunLength();
    }
  }
}
