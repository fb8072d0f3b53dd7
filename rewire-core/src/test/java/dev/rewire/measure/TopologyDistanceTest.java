package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.parallel.WorkerTeam;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyDistanceTest {
  private static Topology random(int inputs, int outputs, double density, long seed) {
    return Layers.random(inputs, outputs, density, seed).topology();
  }

  private static List<Topology> network(long seed, int... widths) {
    List<Topology> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      layers.add(random(widths[l - 1], widths[l], 0.2, 100 * seed + l));
    }
    return layers;
  }

  /** Neuron {@code i} of the result is neuron {@code order[i]} of the topology. */
  private static Topology permuted(Topology topology, int[] inputOrder, int[] outputOrder) {
    int[] place = new int[inputOrder.length];
    for (int i = 0; i < place.length; i++) {
      place[inputOrder[i]] = i;
    }
    long[] cells =
        IntStream.range(0, outputOrder.length)
            .boxed()
            .flatMapToLong(j -> {
              int from = topology.rowStart().get(outputOrder[j]);
              int to = topology.rowStart().get(outputOrder[j] + 1L);
              return IntStream.range(from, to)
                  .mapToLong(e -> (long) j * place.length + place[topology.column().get(e)]);
            })
            .sorted()
            .toArray();
    return Topology.ofCells(place.length, outputOrder.length, cells);
  }

  private static int[] shuffled(int n, long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static int[] inOrder(int n) {
    return IntStream.range(0, n).toArray();
  }

  private static Set<Integer> inputs(Topology topology, int output) {
    Set<Integer> inputs = new HashSet<>();
    for (int e = topology.rowStart().get(output); e < topology.rowStart().get(output + 1L); e++) {
      inputs.add(topology.column().get(e));
    }
    return inputs;
  }

  /** By the definition, with all permutations of the neurons. */
  private static double slowLeast(Topology a, Topology b, int i, boolean[] taken) {
    if (i == a.outputs()) {
      return 0;
    }
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < taken.length; j++) {
      if (!taken[j]) {
        taken[j] = true;
        least =
            Math.min(least, jaccard(inputs(a, i), inputs(b, j)) + slowLeast(a, b, i + 1, taken));
        taken[j] = false;
      }
    }
    return least;
  }

  private static double jaccard(Set<Integer> s, Set<Integer> t) {
    Set<Integer> union = new HashSet<>(s);
    union.addAll(t);
    Set<Integer> shared = new HashSet<>(s);
    shared.retainAll(t);
    return union.isEmpty() ? 0 : (double) (union.size() - shared.size()) / union.size();
  }

  @Test
  void firstLayerIsTheLeastOverAllPermutations() {
    for (int seed = 0; seed < 40; seed++) {
      List<Topology> a = List.of(random(9, 7, 0.05 + 0.01 * seed, seed), Topology.complete(7, 2));
      List<Topology> b =
          List.of(random(9, 7, 0.05 + 0.008 * seed, seed + 99), Topology.complete(7, 2));
      TopologyDistance distance = TopologyDistance.of(a, b);
      double slow = slowLeast(a.getFirst(), b.getFirst(), 0, new boolean[7]) / 7;
      assertThat(distance.perLayer()[0]).isCloseTo(slow, within(1e-12));
      assertThat(distance.perLayer()[1]).isZero();
      assertThat(TopologyDistance.of(b, a).perLayer()[0]).isCloseTo(slow, within(1e-12));
      assertThat(distance.partners()[0]).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void handMadeLayers() {
    // Neurons {0,1}, {2}, {} against {}, {0,1,2}, {2}: best 1/3, 0, 0.
    Topology a = Topology.ofCells(4, 3, new long[] {0, 1, 4 + 2});
    Topology b = Topology.ofCells(4, 3, new long[] {4, 5, 6, 8 + 2});
    List<Topology> first = List.of(a, Topology.ofCells(3, 1, new long[] {0, 2}));
    List<Topology> second = List.of(b, Topology.ofCells(3, 1, new long[] {1, 2}));
    TopologyDistance distance = TopologyDistance.of(first, second);
    assertThat(distance.perLayer()[0]).isCloseTo(1.0 / 9, within(1e-15));
    assertThat(distance.partners()[0]).containsExactly(1, 2, 0);
    // The class sees neurons {0, 2} here and, by their partners, {0, 1} there.
    assertThat(distance.perLayer()[1]).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(distance.cumulatedMeans()[0]).isCloseTo(1.0 / 9, within(1e-15));
    assertThat(distance.cumulatedMeans()[1]).isCloseTo(7.0 / 18, within(1e-15));
  }

  @Test
  void aNetworkIsItselfAndItsPermutations() {
    List<Topology> net = network(3, 60, 50, 40, 5);
    for (NeuronMatching matching : NeuronMatching.values()) {
      try (WorkerTeam team = new WorkerTeam(2)) {
        assertThat(TopologyDistance.of(net, net, matching, team).perLayer()).containsOnly(0);
        int[] one = shuffled(50, 1);
        int[] two = shuffled(40, 2);
        List<Topology> other =
            List.of(
                permuted(net.get(0), inOrder(60), one),
                permuted(net.get(1), one, two),
                permuted(net.get(2), two, inOrder(5)));
        TopologyDistance distance = TopologyDistance.of(net, other, matching, team);
        assertThat(distance.perLayer()).containsOnly(0);
        for (int i = 0; i < 40; i++) {
          assertThat(two[distance.partners()[1][i]]).isEqualTo(i);
        }
      }
    }
  }

  @Test
  void greedyIsNeverNearerAndThreadsDoNotMatter() {
    List<Topology> a = network(5, 300, 200, 180, 4);
    List<Topology> b = network(6, 300, 200, 180, 4);
    try (WorkerTeam one = new WorkerTeam(1);
        WorkerTeam three = new WorkerTeam(3)) {
      for (NeuronMatching matching : NeuronMatching.values()) {
        TopologyDistance alone = TopologyDistance.of(a, b, matching, one);
        TopologyDistance together = TopologyDistance.of(a, b, matching, three);
        assertThat(together.perLayer()).containsExactly(alone.perLayer());
        assertThat(together.partners()).isDeepEqualTo(alone.partners());
      }
      double optimal = TopologyDistance.of(a, b, NeuronMatching.OPTIMAL, one).perLayer()[0];
      double greedy = TopologyDistance.of(a, b, NeuronMatching.GREEDY, one).perLayer()[0];
      assertThat(greedy).isGreaterThanOrEqualTo(optimal).isLessThan(1.05 * optimal);
    }
  }

  @Test
  void randomClassesAreAsFarApartAsExpected() {
    double p = 0.1;
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      List<Topology> a = List.of(random(2000, 10, p, seed));
      List<Topology> b = List.of(random(2000, 10, p, seed + 1000));
      sum += TopologyDistance.of(a, b).perLayer()[0];
    }
    assertThat(sum / 20).isCloseTo(1 - p / (2 - p), within(2e-3));
  }

  @Test
  void differentNetworksHaveNoDistance() {
    assertThatThrownBy(() -> TopologyDistance.of(network(1, 5, 4, 3), network(1, 5, 4)))
        .hasMessageContaining("networks of 2 and 1 layers");
    assertThatThrownBy(() -> TopologyDistance.of(network(1, 5, 4, 3), network(1, 5, 6, 3)))
        .hasMessageContaining("layer 0 is 5 x 4 in one network and 5 x 6 in the other");
  }
}
