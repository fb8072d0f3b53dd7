package dev.rewire.evolution;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
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
    int[] oldStart = old.rowStart().toArray();
    int[] oldColumn = old.column().toArray();
    int[] rowStart = new int[oldStart.length];
    int[] column = new int[total];
    int[] origin = new int[total];
    long[] removed = new long[dropped.cardinality()];
    int next = 0;
    int out = 0;
    int gone = 0;
    for (int j = 0; j < old.outputs(); j++) {
      long row = (long) j * old.inputs();
      for (int e = oldStart[j]; e < oldStart[j + 1]; e++) {
        long cell = row + oldColumn[e];
        while (next < grown.length && grown[next] < cell) {
          column[out] = (int) (grown[next++] - row);
          origin[out++] = NEWCOMER;
        }
        if (!dropped.get(e)) {
          column[out] = oldColumn[e];
          origin[out++] = e;
          continue;
        }
        removed[gone++] = cell;
        // A newcomer at a dropped cell comes in its place.
        if (next < grown.length && grown[next] == cell) {
          column[out] = (int) (grown[next++] - row);
          origin[out++] = -2 - e;
        }
      }
      long rowEnd = row + old.inputs();
      while (next < grown.length && grown[next] < rowEnd) {
        column[out] = (int) (grown[next++] - row);
        origin[out++] = NEWCOMER;
      }
      rowStart[j + 1] = out;
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
    float[] before = layer.weight().toArray();
    float[] weight = new float[origin.length];
    int e = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      int end = e + topology.fanIn(j);
      for (; e < end; e++) {
        weight[e] = origin[e] >= 0 ? before[origin[e]] : newborn.draw(layer, topology, j, random);
      }
    }
    return Floats.of(weight);
  }

  private Floats[] states(int[] origin, NewbornState newborn) {
    Floats[] states = new Floats[layer.weightState().length];
    for (int s = 0; s < states.length; s++) {
      float[] before = layer.weightState()[s].toArray();
      float[] after = new float[origin.length];
      float mean = newborn == NewbornState.MEAN ? mean(before) : 0f;
      for (int e = 0; e < origin.length; e++) {
        int from = origin[e];
        if (from < NEWCOMER && newborn == NewbornState.KEEP_IF_SAME_CELL) {
          from = -2 - from;
        }
        after[e] = from >= 0 ? before[from] : mean;
      }
      states[s] = Floats.of(after);
    }
    return states;
  }

  private float mean(float[] state) {
    double sum = 0;
    int survivors = 0;
    for (int e = 0; e < state.length; e++) {
      if (!dropped.get(e)) {
        sum += state[e];
        survivors++;
      }
    }
    return survivors == 0 ? 0f : (float) (sum / survivors);
  }
}
