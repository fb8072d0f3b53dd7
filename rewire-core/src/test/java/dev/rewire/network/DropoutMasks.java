package dev.rewire.network;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.LayerPass;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;

/** Makes dropout visible: a layer that would put out ones puts out its mask. */
final class DropoutMasks {
  private DropoutMasks() {}

  /** Returns the mask of a step as {@code [sample][layer][neuron]}; column b is sample order[b]. */
  static double[][][] of(Network network, int[] order, RandomStreams streams, long step) {
    int layers = network.layers().size();
    double[][][] masks = new double[order.length][layers][];
    for (int l = 0; l < layers; l++) {
      SparseLayer layer = network.layers().get(l);
      Activations mask =
          of(layer.dropout(), layer.outputs(), order.length, streams.key(Purpose.DROPOUT, l, step));
      for (int b = 0; b < order.length; b++) {
        masks[order[b]][l] = new double[layer.outputs()];
        for (int j = 0; j < layer.outputs(); j++) {
          masks[order[b]][l][j] = mask.get(j, b);
        }
      }
    }
    return masks;
  }

  /** Returns the mask of one layer for a key. */
  static Activations of(Dropout dropout, int neurons, int batch, long key) {
    Floats ones = new Floats(neurons);
    for (int j = 0; j < neurons; j++) {
      ones.set(j, 1f);
    }
    SparseLayer layer =
        new SparseLayer(
            0,
            Topology.ofCells(1, neurons, new long[0]),
            new Floats(0),
            ones,
            new Activation.Identity(),
            dropout,
            new Initializer.HeUniform());
    try (Compute compute = new Compute(1)) {
      LayerPass pass = new LayerPass(layer, Dropout.NONE, compute, batch, true);
      return pass.forward(new Activations(1, batch), batch, true, key);
    }
  }
}
