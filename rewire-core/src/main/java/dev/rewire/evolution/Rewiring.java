package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * Puts survivors and newcomers of a layer together: one merge of two sorted lists, in time and
 * memory proportional to the connections. What belongs to a surviving connection moves with it.
 */
final class Rewiring {
  private final SparseLayer layer;
  private final Topology old;
  private final BitSet dropped;
  private final long[] grown;

  Rewiring(SparseLayer layer, BitSet dropped, long[] grown) {
    this.layer = layer;
    this.old = layer.topology();
    this.dropped = dropped;
    this.grown = grown;
  }

  /**
   * Replaces the layer's connections.
   *
   * @return the cells that lost their connection
   */
  long[] apply(NewbornWeight newbornWeight, NewbornState newbornState, RandomGenerator random) {
    int survivors = old.connections() - dropped.cardinality();
    int total = Math.addExact(survivors, grown.length);
    Ints rowStart = new Ints(old.outputs() + 1L);
    Ints column = new Ints(total);
    int[] origin = new int[total];
    long[] removed = new long[dropped.cardinality()];
    int next = 0;
    int out = 0;
    int gone = 0;
    for (int j = 0; j < old.outputs(); j++) {
      long row = (long) j * old.inputs();
      int end = old.rowStart().get(j + 1L);
      for (int e = old.rowStart().get(j); e < end; e++) {
        long cell = row + old.column().get(e);
        // A newcomer at a dropped cell comes in its place, at any other cell there is none.
        while (next < grown.length && grown[next] < cell) {
          column.set(out, (int) (grown[next++] - row));
          origin[out++] = NEWCOMER;
        }
        if (dropped.get(e)) {
          removed[gone++] = cell;
          if (next < grown.length && grown[next] == cell) {
            column.set(out, (int) (grown[next++] - row));
            origin[out++] = -2 - e;
          }
        } else {
          column.set(out, (int) (cell - row));
          origin[out++] = e;
        }
      }
      long rowEnd = row + old.inputs();
      while (next < grown.length && grown[next] < rowEnd) {
        column.set(out, (int) (grown[next++] - row));
        origin[out++] = NEWCOMER;
      }
      rowStart.set(j + 1L, out);
    }
    Topology topology = new Topology(old.inputs(), old.outputs(), rowStart, column);
    layer.rewire(
        topology, weights(topology, origin, newbornWeight, random), states(origin, newbornState));
    return removed;
  }

  /** Marks a newcomer; {@code -2 - e} is one at the cell of the dropped connection {@code e}. */
  private static final int NEWCOMER = -1;

  private Floats weights(
      Topology topology, int[] origin, NewbornWeight newborn, RandomGenerator random) {
    Floats weight = new Floats(origin.length);
    for (int j = 0; j < topology.outputs(); j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        weight.set(
            e,
            origin[e] >= 0
                ? layer.weight().get(origin[e])
                : newborn.draw(layer, topology, j, random));
      }
    }
    return weight;
  }

  private Floats[] states(int[] origin, NewbornState newborn) {
    Floats[] states = new Floats[layer.weightState().length];
    for (int s = 0; s < states.length; s++) {
      Floats before = layer.weightState()[s];
      float mean = newborn == NewbornState.MEAN ? mean(before) : 0f;
      states[s] = new Floats(origin.length);
      for (int e = 0; e < origin.length; e++) {
        int from = origin[e];
        if (from >= 0) {
          states[s].set(e, before.get(from));
        } else if (from < NEWCOMER && newborn == NewbornState.KEEP_IF_SAME_CELL) {
          states[s].set(e, before.get(-2 - from));
        } else {
          states[s].set(e, mean);
        }
      }
    }
    return states;
  }

  private float mean(Floats state) {
    double sum = 0;
    int survivors = 0;
    for (int e = 0; e < old.connections(); e++) {
      if (!dropped.get(e)) {
        sum += state.get(e);
        survivors++;
      }
    }
    return survivors == 0 ? 0f : (float) (sum / survivors);
  }
}
