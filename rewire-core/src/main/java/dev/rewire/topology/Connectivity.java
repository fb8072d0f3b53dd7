package dev.rewire.topology;

import java.util.BitSet;
import java.util.List;

/** Whether there is a way from the inputs of a network to its outputs, and where it ends. */
public final class Connectivity {
  private final List<Topology> layers;
  private BitSet reached = new BitSet();

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
    return isReached() ? -1 : firstNotReached();
  }

  private boolean isReached() {
    List<BitSet> tried = layers.stream().map(layer -> new BitSet()).toList();
    int last = layers.size() - 1;
    for (int j = 0; j < layers.get(last).outputs(); j++) {
      if (isReached(last, j, tried)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a way leads to an output of a layer; no neuron is tried twice. */
  private boolean isReached(int l, int output, List<BitSet> tried) {
    tried.get(l).set(output);
    Topology layer = layers.get(l);
    int end = layer.rowStart().get(output + 1L);
    for (int e = layer.rowStart().get(output); e < end; e++) {
      int input = layer.column().get(e);
      if (l == 0 || (!tried.get(l - 1).get(input) && isReached(l - 1, input, tried))) {
        return true;
      }
    }
    return false;
  }

  private int firstNotReached() {
    reached = new BitSet();
    reached.set(0, layers.getFirst().inputs());
    for (int l = 0; l < layers.size(); l++) {
      BitSet next = reachedBy(layers.get(l));
      if (next.isEmpty()) {
        return l;
      }
      reached = next;
    }
    return -1;
  }

  private BitSet reachedBy(Topology topology) {
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

  /**
   * Chooses a connection that leads on, after {@link #cutOff} has found a layer: from the first
   * neuron that is reached to the first one that leads on itself.
   *
   * @param layer number of the layer
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
    return (long) output * layers.get(layer).inputs() + reached.nextSetBit(0);
  }
}
