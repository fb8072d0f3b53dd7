package dev.rewire.export;

import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Networks with random connections, and their connections as a plain list. */
final class Networks {
  /** A connection, by the numbers of its neurons within their layers. */
  record Edge(int layer, int source, int target, float weight) {}

  private Networks() {}

  /** Makes a network; weights are of both signs, some are 0, -0 and the smallest of all. */
  static Network random(double density, long seed, int... neurons) {
    SplittableRandom random = new SplittableRandom(seed);
    List<SparseLayer> layers = new ArrayList<>();
    for (int l = 0; l + 1 < neurons.length; l++) {
      long cells = (long) neurons[l] * neurons[l + 1];
      Topology topology =
          Topology.ofCells(
              neurons[l],
              neurons[l + 1],
              LongStream.range(0, cells).filter(c -> random.nextDouble() < density).toArray());
      float[] special = {0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, 1e-5f};
      float[] weights = new float[topology.connections()];
      float[] biases = new float[neurons[l + 1]];
      for (int e = 0; e < weights.length; e++) {
        weights[e] = e < special.length ? special[e] : (float) random.nextGaussian();
      }
      for (int j = 0; j < biases.length; j++) {
        biases[j] = (float) random.nextGaussian();
      }
      layers.add(
          new SparseLayer(
              l,
              topology,
              Floats.of(weights),
              Floats.of(biases),
              new Activation.Relu(),
              Dropout.NONE,
              new Initializer.Normal(1)));
    }
    String[] names = new String[neurons[neurons.length - 1]];
    Arrays.setAll(names, k -> "class <" + k + "> & \"co\" \u0001 ü");
    return new Network(
        layers,
        new Loss.SoftmaxCrossEntropy(),
        new Scaling(new float[] {0}, new float[] {1}),
        List.of(names),
        null,
        0);
  }

  /** Lists the connections of a layer. */
  static List<Edge> edges(SparseLayer layer) {
    Topology topology = layer.topology();
    List<Edge> edges = new ArrayList<>();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        edges.add(new Edge(layer.index(), topology.column().get(e), j, layer.weight().get(e)));
      }
    }
    return edges;
  }

  /** Lists the connections of a network. */
  static List<Edge> edges(Network network) {
    return network.layers().stream().flatMap(layer -> edges(layer).stream()).toList();
  }
}
