package dev.rewire.topology;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether there is a way from the inputs of a network to its outputs, and where it ends. */
public final class Connectivity {
  private final List<Topology> layers;

  /**
   * Looks at a network.
   *
   * @param layers from the input on
   */
  public Connectivity(List<Topology> layers) {
    this.layers = List.copyOf(layers);
  }

  /**
   * Finds the first layer of which no output is reached from the inputs of the network, in time
   * proportional to the connections at most; mostly the first way back from an output that is tried
   * ends at an input.
   *
   * @return number of the layer, or -1 if all are reached
   */
  public int cutOff() {
    return isReached(-1, null) ? -1 : firstNotReached();
  }

  /**
   * Says whether a way is left when connections of one layer are gone, as fast as {@link #cutOff}.
   *
   * @param layer number of the layer
   * @param gone the connections that go
   * @return false if the layer would be cut off
   */
  public boolean isReachedWithout(int layer, Bits gone) {
    return isReached(layer, gone);
  }

  private boolean isReached(int without, @Nullable Bits gone) {
    List<BitSet> tried = layers.stream().map(layer -> new BitSet()).toList();
    int last = layers.size() - 1;
    for (int j = 0; j < layers.get(last).outputs(); j++) {
      if (isReached(last, j, without, gone, tried)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a way leads to an output of a layer; no neuron is tried twice. */
  private boolean isReached(
      int l, int output, int without, @Nullable Bits gone, List<BitSet> tried) {
    tried.get(l).set(output);
    Topology layer = layers.get(l);
    int end = layer.rowStart().get(output + 1L);
    for (int e = layer.rowStart().get(output); e < end; e++) {
      int input = layer.column().get(e);
      boolean is = gone == null || l != without || !gone.get(e);
      if (is
          && (l == 0
              || (!tried.get(l - 1).get(input) && isReached(l - 1, input, without, gone, tried)))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Finds the outputs of the network that no way leads to: what they say is their bias, whatever
   * the sample. In time proportional to the connections.
   *
   * @return their numbers, ascending
   */
  public int[] unreached() {
    BitSet outputs = reachedBefore(layers.size());
    outputs.flip(0, layers.getLast().outputs());
    return outputs.stream().toArray();
  }

  /**
   * Finds the connection of a layer with the largest absolute weight of all that lie on a way from
   * the inputs to the outputs, in time proportional to the connections.
   *
   * @param layer number of the layer
   * @param weight of its connections
   * @return number of the connection, the lowest of equal ones, or -1 if there is no way
   */
  public int strongest(int layer, Floats weight) {
    BitSet begun = reachedBefore(layer);
    BitSet leading = new BitSet();
    leading.set(0, layers.getLast().outputs());
    for (int l = layers.size() - 1; l > layer; l--) {
      leading = leadingTo(layers.get(l), leading);
    }
    Topology here = layers.get(layer);
    int best = -1;
    for (int j = leading.nextSetBit(0); j >= 0; j = leading.nextSetBit(j + 1)) {
      int end = here.rowStart().get(j + 1L);
      for (int e = here.rowStart().get(j); e < end; e++) {
        if (begun.get(here.column().get(e))
            && (best < 0 || Math.abs(weight.get(e)) > Math.abs(weight.get(best)))) {
          best = e;
        }
      }
    }
    return best;
  }

  private int firstNotReached() {
    BitSet reached = reachedBefore(0);
    for (int l = 0; l < layers.size(); l++) {
      reached = reachedBy(layers.get(l), reached);
      if (reached.isEmpty()) {
        return l;
      }
    }
    return -1;
  }

  /** The neurons on the input side of a layer that a way leads to. */
  private BitSet reachedBefore(int layer) {
    BitSet reached = new BitSet();
    reached.set(0, layers.getFirst().inputs());
    for (int l = 0; l < layer; l++) {
      reached = reachedBy(layers.get(l), reached);
    }
    return reached;
  }

  private static BitSet reachedBy(Topology topology, BitSet reached) {
    BitSet outputs = new BitSet(topology.outputs());
    for (int j = 0; j < topology.outputs(); j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        if (reached.get(topology.column().get(e))) {
          outputs.set(j);
          break;
        }
      }
    }
    return outputs;
  }

  private static BitSet leadingTo(Topology topology, BitSet leading) {
    BitSet inputs = new BitSet(topology.inputs());
    for (int j = leading.nextSetBit(0); j >= 0; j = leading.nextSetBit(j + 1)) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        inputs.set(topology.column().get(e));
      }
    }
    return inputs;
  }

  /**
   * Chooses a connection that leads on in a layer that is cut off: from the neuron in the middle of
   * those that are reached, which in a picture is where there is something to see, to the first one
   * that leads on itself.
   *
   * @param layer the one that {@link #cutOff} has found
   * @return its cell, which is free
   */
  public long bridge(int layer) {
    int output = 0;
    if (layer + 1 < layers.size()) {
      Topology next = layers.get(layer + 1);
      int first = Integer.MAX_VALUE;
      for (int e = 0; e < next.connections(); e++) {
        first = Math.min(first, next.column().get(e));
      }
      output = first == Integer.MAX_VALUE ? 0 : first;
    }
    BitSet reached = reachedBefore(layer);
    int input = reached.nextSetBit(0);
    for (int before = reached.cardinality() / 2; before > 0; before--) {
      input = reached.nextSetBit(input + 1);
    }
    return (long) output * layers.get(layer).inputs() + input;
  }

  /**
   * Adds connections until a way leads from the inputs to the outputs: one to each layer that is
   * cut off, mostly because it has none at all.
   *
   * @param layers from the input on
   * @param team threads to work on
   * @return the same topologies, but for those of the layers that were cut off
   */
  public static List<Topology> connected(List<Topology> layers, WorkerTeam team) {
    List<Topology> all = new ArrayList<>(layers);
    Connectivity connectivity = new Connectivity(all);
    for (int l = connectivity.cutOff(); l >= 0; l = connectivity.cutOff()) {
      all.set(l, with(all.get(l), connectivity.bridge(l), team));
      connectivity = new Connectivity(all);
    }
    return all;
  }

  private static Topology with(Topology topology, long cell, WorkerTeam team) {
    try (CellList cells = new CellList();
        CellList bridge = new CellList();
        CellList all = new CellList()) {
      cells.clear(topology.connections());
      for (int j = 0; j < topology.outputs(); j++) {
        int end = topology.rowStart().get(j + 1L);
        for (int e = topology.rowStart().get(j); e < end; e++) {
          cells.add((long) j * topology.inputs() + topology.column().get(e));
        }
      }
      bridge.clear(1);
      bridge.add(cell);
      all.union(cells, bridge);
      return Topology.ofCells(topology.inputs(), topology.outputs(), all, team);
    }
  }
}
