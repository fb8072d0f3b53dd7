package dev.rewire.export;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.network.Network;
import java.io.IOException;
import java.util.List;

/**
 * What is exported: a network, or one layer of it.
 *
 * <p>Neurons are numbered from 0 through all that is exported: first the inputs, then the neurons
 * of each layer. A connection of layer {@code l} leaves a neuron of layer {@code l}, where 0 are
 * the inputs of the network, and reaches one of layer {@code l + 1}.
 *
 * @param name what the network is called, for titles and comments
 * @param layers one, or all of a network
 * @param whole whether this is a network; a network of one layer is not the same as its layer
 * @param classNames one a neuron of the last layer, or empty if that is not the output
 */
public record Wiring(
    String name, List<SparseLayer> layers, boolean whole, List<String> classNames) {
  /**
   * Takes all layers.
   *
   * @param name what the network is called
   * @param network the network
   * @return a view, not a copy
   */
  public static Wiring of(String name, Network network) {
    return new Wiring(name, network.layers(), true, network.meaning().each());
  }

  /**
   * Takes one layer.
   *
   * @param name what the network is called
   * @param network the network
   * @param layer its number, from 0
   * @return a view, not a copy
   * @throws IllegalArgumentException if there is no such layer
   */
  public static Wiring ofLayer(String name, Network network, int layer) {
    int layers = network.layers().size();
    if (layer < 0 || layer >= layers) {
      throw new IllegalArgumentException(
          "%s has layers 0 to %d, not %d".formatted(name, layers - 1, layer));
    }
    boolean last = layer == layers - 1;
    return new Wiring(
        name,
        List.of(network.layers().get(layer)),
        false,
        last ? network.meaning().each() : List.of());
  }

  /**
   * Says in a few words what this is.
   *
   * @return for titles
   */
  public String title() {
    return whole ? name : "layer " + layers.getFirst().index() + " of " + name;
  }

  /**
   * Counts the neurons, inputs included.
   *
   * @return 2 or more
   */
  public long neurons() {
    return firstNeuron(layers.size()) + layers.getLast().outputs();
  }

  /**
   * Counts the connections.
   *
   * @return 0 or more
   */
  public long connections() {
    long connections = 0;
    for (SparseLayer layer : layers) {
      connections += layer.topology().connections();
    }
    return connections;
  }

  /** The number of the first neuron of a rank: 0 are the inputs, k the neurons of layer k - 1. */
  long firstNeuron(int rank) {
    long first = 0;
    for (int k = 0; k < rank; k++) {
      first += layers.get(k).inputs();
    }
    return first;
  }

  /** How many ranks of neurons there are. */
  int ranks() {
    return layers.size() + 1;
  }

  /** How many neurons a rank has. */
  int neurons(int rank) {
    return rank < layers.size() ? layers.get(rank).inputs() : layers.getLast().outputs();
  }

  /** What is done with each connection. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Hears of a connection.
     *
     * @param layer number of its layer in the network
     * @param source number of the neuron that it leaves
     * @param target number of the neuron that it reaches
     * @param weight its weight
     */
    void connection(int layer, long source, long target, float weight) throws IOException;
  }

  /** Goes through all connections, by layer, target and source. */
  void forEach(Visitor visitor) throws IOException {
    for (int k = 0; k < layers.size(); k++) {
      SparseLayer layer = layers.get(k);
      Ints rowStart = layer.topology().rowStart();
      Ints column = layer.topology().column();
      Floats weight = layer.weight();
      long sources = firstNeuron(k);
      long targets = sources + layer.inputs();
      for (int j = 0; j < layer.outputs(); j++) {
        int end = rowStart.get(j + 1L);
        for (int e = rowStart.get(j); e < end; e++) {
          visitor.connection(layer.index(), sources + column.get(e), targets + j, weight.get(e));
        }
      }
    }
  }

  /**
   * Refuses what text cannot hold.
   *
   * @return the largest absolute value of a weight
   */
  float checkFinite() throws IOException {
    float[] most = new float[1];
    forEach((layer, source, target, weight) -> {
      if (!Float.isFinite(weight)) {
        throw new IOException(
            "layer %d of %s has a weight that is %s, which only the format npz can hold"
                .formatted(layer, name, weight));
      }
      most[0] = Math.max(most[0], Math.abs(weight));
    });
    return most[0];
  }
}
