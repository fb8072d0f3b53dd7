package dev.rewire.pruning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import org.junit.jupiter.api.Test;

class StrongestPathTest {
  /** All ways, one by one. */
  private static double best(Network network, int layer, int input) {
    if (layer == network.layers().size()) {
      return 1;
    }
    double best = 0;
    Topology topology = network.layers().get(layer).topology();
    for (int j = 0; j < topology.outputs(); j++) {
      int e = topology.find(input, j);
      if (e >= 0) {
        double weight = Math.abs(network.layers().get(layer).weight().get(e));
        best = Math.max(best, weight * best(network, layer + 1, j));
      }
    }
    return best;
  }

  @Test
  void theLargestProductOfAllWays() {
    Network network = PrunedNetworks.network(PrunedNetworks.builder(0.2));
    double best = 0;
    for (int i = 0; i < network.inputs(); i++) {
      best = Math.max(best, best(network, 0, i));
    }
    int[] path = StrongestPath.of(network);
    double product = 1;
    int neuron = -1;
    for (SparseLayer layer : network.layers()) {
      int e = path[layer.index()];
      product *= Math.abs(layer.weight().get(e));
      int from = layer.topology().column().get(e);
      assertThat(neuron == -1 || neuron == from).isTrue();
      int j = 0;
      while (layer.topology().rowStart().get(j + 1L) <= e) {
        j++;
      }
      neuron = j;
    }
    assertThat(product).isCloseTo(best, org.assertj.core.data.Offset.offset(1e-9 * best));
  }
}
