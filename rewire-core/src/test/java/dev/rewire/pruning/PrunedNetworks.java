package dev.rewire.pruning;

import dev.rewire.layer.Activation;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.optimizer.Adam;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Networks for the tests of pruning, whose numbers all differ. */
final class PrunedNetworks {
  private PrunedNetworks() {}

  static NetworkBuilder builder(double density) {
    return new NetworkBuilder(12, List.of("a", "b", "c"))
        .hidden(20, 16)
        .density(new DensityAllocation.Uniform(density))
        .denseOutput(false)
        .activation(new Activation.Tanh())
        .seed(3);
  }

  /** With an optimizer's memory, and nothing at its first value. */
  static Network network(NetworkBuilder builder) {
    Network network = builder.build();
    Random random = new Random(5);
    for (SparseLayer layer : network.layers()) {
      layer.prepare(Adam.rate(0.001));
      scatter(layer.bias(), random, -1);
      for (int s = 0; s < layer.slots().size(); s++) {
        scatter(layer.weightState()[s], random, 0);
        scatter(layer.biasState()[s], random, 0);
      }
      layer
          .neurons()
          .forEach(numbers -> {
            for (int p = 0; p < numbers.parameters(); p++) {
              scatter(numbers.parameter(p), random, 0);
              for (var state : numbers.state(p)) {
                scatter(state, random, 0);
              }
            }
            for (int m = 0; m < numbers.layer().memory().size(); m++) {
              scatter(numbers.memory(m), random, 0);
            }
          });
    }
    return network;
  }

  static Network with(NeuronLayer... layers) {
    return network(builder(0.15).neuronLayers(List.of(layers)));
  }

  private static void scatter(Floats values, Random random, float least) {
    for (long i = 0; i < values.length(); i++) {
      values.set(i, least + random.nextFloat() * (1 - least));
    }
  }

  static float[][] samples(int features) {
    Random random = new Random(7);
    float[][] samples = new float[40][features];
    for (float[] sample : samples) {
      for (int f = 0; f < features; f++) {
        sample[f] = random.nextFloat() * 2 - 1;
      }
    }
    return samples;
  }

  /** The weight and everything that the optimizer remembers, by cell. */
  static Map<Long, List<Float>> byCell(SparseLayer layer) {
    Map<Long, List<Float>> cells = new HashMap<>();
    Topology topology = layer.topology();
    topology.checkInvariants();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        List<Float> numbers = new ArrayList<>(List.of(layer.weight().get(e)));
        for (var state : layer.weightState()) {
          numbers.add(state.get(e));
        }
        cells.put((long) j * topology.inputs() + topology.column().get(e), numbers);
      }
    }
    return cells;
  }
}
