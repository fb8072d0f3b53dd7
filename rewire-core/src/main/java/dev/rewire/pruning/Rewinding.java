package dev.rewire.pruning;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
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
   * Rewinds. What the optimizer remembers is what it remembered then.
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
    Ints places = places(layer.index(), topology, initial.topology());
    List<NeuronNumbers> neurons = new ArrayList<>();
    for (NeuronNumbers numbers : initial.neurons()) {
      NeuronNumbers copy = numbers.copy();
      copy.remember(numbers);
      neurons.add(copy);
    }
    SparseLayer rewound =
        new SparseLayer(
            layer.index(),
            topology,
            at(places, initial.weight()),
            initial.bias().duplicate(),
            neurons,
            layer.activation(),
            layer.dropout(),
            layer.initializer());
    int slots = initial.slots().size();
    Floats[] weightState = new Floats[slots];
    Floats[] biasState = new Floats[slots];
    for (int s = 0; s < slots; s++) {
      weightState[s] = at(places, initial.weightState()[s]);
      biasState[s] = initial.biasState()[s].duplicate();
    }
    rewound.restore(initial.slots(), weightState, biasState, topology.connections());
    return rewound;
  }

  private static Floats at(Ints places, Floats values) {
    Floats chosen = new Floats(places.length());
    for (long e = 0; e < places.length(); e++) {
      chosen.set(e, values.get(places.get(e)));
    }
    return chosen;
  }

  /** Where each connection was. Rows of both are sorted, so one walk finds all. */
  private static Ints places(int layer, Topology topology, Topology before) {
    Ints places = new Ints(topology.connections());
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
        places.set(e, from);
      }
    }
    return places;
  }
}
