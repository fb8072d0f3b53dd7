package dev.rewire.measure;

import dev.rewire.network.Network;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * NNSTD, the distance of the topologies of two networks of the same widths, whatever the order of
 * their hidden neurons (Liu et al., "Topological insights into sparse neural networks", ECML-PKDD
 * 2020). Layer by layer each neuron of the first network gets a partner in the second one, so that
 * the sum of the Jaccard distances of their sets of inputs is least; the partners are then the same
 * input of the next layer. The distance of a layer is the mean over its neurons: 0 for the same
 * graph up to the order of neurons, 1 if no connection is common. Inputs and classes keep their
 * order, so the last layer is compared without matching. Weights do not matter.
 *
 * <p>Random layers of density p are, without matching, at 1 - p/(2 - p) from each other. Costs
 * &Sigma;<sub>r</sub> deg<sub>A</sub>(r) &middot; deg<sub>B</sub>(r) over the neurons r of each
 * layer, and the matching, see {@link NeuronMatching}.
 *
 * @param perLayer the distance of each layer, 0 to 1, from the input on
 * @param partners for each layer, the neuron of the second network that stands for each output
 *     neuron of the first one
 */
public record TopologyDistance(double[] perLayer, int[][] partners) {
  /**
   * Compares two networks, on the calling thread.
   *
   * @param first a network
   * @param second a network of the same widths
   * @return their distance
   * @throws IllegalArgumentException if they are of different widths
   */
  public static TopologyDistance of(Network first, Network second) {
    return of(first.topologies(), second.topologies());
  }

  /**
   * Compares two stacks of layers, on the calling thread.
   *
   * @param first layers from the input on
   * @param second layers of the same widths
   * @return their distance
   * @throws IllegalArgumentException if they are of different widths
   */
  public static TopologyDistance of(List<Topology> first, List<Topology> second) {
    try (WorkerTeam alone = new WorkerTeam(1)) {
      return of(first, second, NeuronMatching.AUTOMATIC, alone);
    }
  }

  /**
   * Compares two stacks of layers.
   *
   * @param first layers from the input on
   * @param second layers of the same widths
   * @param matching how partners are found
   * @param team threads to work on; the result does not depend on how many there are
   * @return their distance
   * @throws IllegalArgumentException if they are of different widths
   */
  public static TopologyDistance of(
      List<Topology> first, List<Topology> second, NeuronMatching matching, WorkerTeam team) {
    check(first, second);
    int layers = first.size();
    double[] perLayer = new double[layers];
    int[][] partners = new int[layers][];
    int[] inputs = identity(first.getFirst().inputs());
    for (int l = 0; l < layers; l++) {
      Wiring a = Wiring.of(first.get(l));
      Wiring b = Wiring.of(second.get(l));
      NeuronDistances distances = new NeuronDistances(a, b, inputs);
      boolean classes = l == layers - 1;
      partners[l] = classes ? identity(a.outputs()) : matching.match(a, b, distances, team);
      perLayer[l] = Arrays.stream(distances.toPartners(partners[l])).average().orElse(0);
      inputs = partners[l];
    }
    return new TopologyDistance(perLayer, partners);
  }

  private static void check(List<Topology> first, List<Topology> second) {
    if (first.isEmpty() || first.size() != second.size()) {
      throw new IllegalArgumentException(
          "networks of %d and %d layers have no topology distance: they need the same number"
              .formatted(first.size(), second.size()));
    }
    for (int l = 0; l < first.size(); l++) {
      Topology a = first.get(l);
      Topology b = second.get(l);
      if (a.inputs() != b.inputs() || a.outputs() != b.outputs()) {
        throw new IllegalArgumentException(
            "layer %d is %d x %d in one network and %d x %d in the other: a topology distance needs"
                    .formatted(l, a.inputs(), a.outputs(), b.inputs(), b.outputs())
                + " the same widths");
      }
      if (l > 0 && a.inputs() != first.get(l - 1).outputs()) {
        throw new IllegalArgumentException(
            "layer %d has %d inputs, but layer %d has %d neurons"
                .formatted(l, a.inputs(), l - 1, first.get(l - 1).outputs()));
      }
    }
  }

  private static int[] identity(int length) {
    return IntStream.range(0, length).toArray();
  }

  /**
   * Returns what the published heat maps show for each layer: the mean of the distances up to it.
   *
   * @return one number a layer, 0 to 1
   */
  public double[] cumulatedMeans() {
    double[] means = new double[perLayer.length];
    double sum = 0;
    for (int l = 0; l < means.length; l++) {
      sum += perLayer[l];
      means[l] = sum / (l + 1);
    }
    return means;
  }
}
