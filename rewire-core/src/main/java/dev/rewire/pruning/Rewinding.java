package dev.rewire.pruning;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * Lottery-ticket rewinding (Frankle and Carbin 2019): a pruned network gets back the values that
 * its connections and neurons had at the beginning, or early in training, and is trained again.
 */
public final class Rewinding {
  private Rewinding() {}

  /**
   * Rewinds. What the optimizer remembered is forgotten.
   *
   * @param pruned who is connected to whom
   * @param initial weights, biases and the numbers of neurons; of the same shapes, and with all the
   *     connections of the pruned network
   * @return a network with the connections of the one and the values of the other
   * @throws IllegalArgumentException if shapes differ or a connection has no earlier value
   */
  public static Network rewind(Network pruned, Network initial) {
    if (pruned.layers().size() != initial.layers().size()) {
      throw new IllegalArgumentException(
          "the network has %d layers, the one to rewind to %d"
              .formatted(pruned.layers().size(), initial.layers().size()));
    }
    List<SparseLayer> layers = new ArrayList<>();
    for (SparseLayer layer : pruned.layers()) {
      layers.add(rewind(layer, initial.layers().get(layer.index())));
    }
    return initial.withLayers(layers, initial.steps());
  }

  private static SparseLayer rewind(SparseLayer layer, SparseLayer initial) {
    if (layer.inputs() != initial.inputs() || layer.outputs() != initial.outputs()) {
      throw new IllegalArgumentException(
          "layer %d connects %d to %d neurons, that of the network to rewind to %d to %d"
              .formatted(
                  layer.index(),
                  layer.inputs(),
                  layer.outputs(),
                  initial.inputs(),
                  initial.outputs()));
    }
    Topology topology = layer.topology().copy();
    return new SparseLayer(
        layer.index(),
        topology,
        weights(layer.index(), topology, initial),
        initial.bias().duplicate(),
        initial.neurons().stream().map(NeuronNumbers::copy).toList(),
        layer.activation(),
        layer.dropout(),
        layer.initializer());
  }

  /** Rows of both are sorted, so one walk finds all. */
  private static Floats weights(int layer, Topology topology, SparseLayer initial) {
    Topology before = initial.topology();
    Floats weights = new Floats(topology.connections());
    for (int j = 0; j < topology.outputs(); j++) {
      int from = before.rowStart().get(j);
      int end = before.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        int input = topology.column().get(e);
        while (from < end && before.column().get(from) < input) {
          from++;
        }
        if (from == end || before.column().get(from) != input) {
          throw new IllegalArgumentException(
              ("the connection from %d to %d of layer %d was not there in the network to rewind to:"
                      + " train without growth")
                  .formatted(input, j, layer));
        }
        weights.set(e, initial.weight().get(from));
      }
    }
    return weights;
  }
}
