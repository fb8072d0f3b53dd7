package dev.rewire.measure;

import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.List;

/**
 * What of a network lies on a way from an input to an output. A connection is <em>effective</em> if
 * it does: its source is reached from some input and its target reaches some output. Removing
 * neurons without incoming or without outgoing connections again and again (percolation, Zhang et
 * al. 2024, Cannistraci-Hebb training) leaves exactly the effective connections, since a stack of
 * layers has no cycles. Biases carry no signal here: a neuron that only its bias moves is dead.
 *
 * <p>At a sparsity of 99 % and more the effective density is far below the nominal one. Costs two
 * passes over the connections.
 *
 * @param reached for each side from the inputs on, which neurons a path from an input reaches; all
 *     inputs are reached
 * @param reaching for each side, which neurons a path to an output leaves; all outputs do
 * @param connections of each layer
 * @param effective those of each layer that lie on a path from an input to an output
 * @param cells possible connections of each layer
 * @param active hidden neurons with an incoming and an outgoing connection
 */
public record Reachability(
    boolean[][] reached,
    boolean[][] reaching,
    long[] connections,
    long[] effective,
    long[] cells,
    long active) {
  /**
   * Follows all connections forwards and backwards.
   *
   * @param layers from the input on, each as wide as the next one expects
   * @return what is reached
   */
  public static Reachability of(List<Topology> layers) {
    int count = layers.size();
    boolean[][] reached = new boolean[count + 1][];
    boolean[][] reaching = new boolean[count + 1][];
    boolean[][] out = new boolean[count][];
    reached[0] = all(layers.getFirst().inputs());
    for (int l = 0; l < count; l++) {
      reached[l + 1] = new boolean[layers.get(l).outputs()];
      walk(layers.get(l), reached[l], reached[l + 1], true);
    }
    reaching[count] = all(layers.getLast().outputs());
    for (int l = count - 1; l >= 0; l--) {
      reaching[l] = new boolean[layers.get(l).inputs()];
      walk(layers.get(l), reaching[l], reaching[l + 1], false);
      out[l] = new boolean[layers.get(l).inputs()];
      walk(layers.get(l), out[l], all(layers.get(l).outputs()), false);
    }
    long[] connections = new long[count];
    long[] effective = new long[count];
    long[] cells = new long[count];
    long active = 0;
    for (int l = 0; l < count; l++) {
      Topology layer = layers.get(l);
      connections[l] = layer.connections();
      cells[l] = layer.cells();
      effective[l] = effective(layer, reached[l], reaching[l + 1]);
      for (int i = 0; l > 0 && i < layer.inputs(); i++) {
        active += out[l][i] && layers.get(l - 1).fanIn(i) > 0 ? 1 : 0;
      }
    }
    return new Reachability(reached, reaching, connections, effective, cells, active);
  }

  private static boolean[] all(int length) {
    boolean[] all = new boolean[length];
    Arrays.fill(all, true);
    return all;
  }

  /** Carries marks along the connections, from sources to targets or the other way round. */
  private static void walk(Topology layer, boolean[] sources, boolean[] targets, boolean forward) {
    for (int j = 0; j < layer.outputs(); j++) {
      int end = layer.rowStart().get(j + 1L);
      for (int e = layer.rowStart().get(j); e < end; e++) {
        int i = layer.column().get(e);
        if (forward) {
          targets[j] |= sources[i];
        } else {
          sources[i] |= targets[j];
        }
      }
    }
  }

  private static long effective(Topology layer, boolean[] reached, boolean[] reaching) {
    long effective = 0;
    for (int j = 0; j < layer.outputs(); j++) {
      int end = layer.rowStart().get(j + 1L);
      for (int e = layer.rowStart().get(j); reaching[j] && e < end; e++) {
        effective += reached[layer.column().get(e)] ? 1 : 0;
      }
    }
    return effective;
  }

  /**
   * Counts the hidden neurons.
   *
   * @return 0 or more
   */
  public long hidden() {
    long hidden = 0;
    for (int side = 1; side < reached.length - 1; side++) {
      hidden += reached[side].length;
    }
    return hidden;
  }

  /**
   * Counts the hidden neurons that no path from an input to an output crosses.
   *
   * @return 0 or more
   */
  public long dead() {
    long dead = 0;
    for (int side = 1; side < reached.length - 1; side++) {
      for (int i = 0; i < reached[side].length; i++) {
        dead += reached[side][i] && reaching[side][i] ? 0 : 1;
      }
    }
    return dead;
  }

  /**
   * Returns the share of hidden neurons with at least one incoming and one outgoing connection (the
   * active neuron rate of Cannistraci-Hebb training, before percolation).
   *
   * @return 0 to 1; 1 without hidden neurons
   */
  public double activeRate() {
    long hidden = hidden();
    return hidden == 0 ? 1 : (double) active / hidden;
  }

  /**
   * Returns the share of hidden neurons that some path from an input to an output crosses: the
   * active neuron rate after percolation.
   *
   * @return 0 to 1; 1 without hidden neurons
   */
  public double aliveRate() {
    long hidden = hidden();
    return hidden == 0 ? 1 : 1 - (double) dead() / hidden;
  }

  /**
   * Returns the effective density of a layer: effective connections over cells.
   *
   * @param layer its number
   * @return 0 to its density
   */
  public double effectiveDensity(int layer) {
    return (double) effective[layer] / cells[layer];
  }

  /**
   * Returns the effective density of the network.
   *
   * @return 0 to its density
   */
  public double effectiveDensity() {
    return (double) Arrays.stream(effective).sum() / Arrays.stream(cells).sum();
  }
}
