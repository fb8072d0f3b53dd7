package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Clustering, path lengths, small worlds and communities, against walks over adjacency. */
class GraphMeasuresTest {
  private static RandomGenerator random(int round) {
    return new RandomStreams(4).stream(Purpose.MEASURE, 3, round);
  }

  private static Topology random(int inputs, int outputs, double density, long seed) {
    return Layers.random(inputs, outputs, density, seed).topology();
  }

  /** Neurons 0 to blocks-1 of both sides in blocks that are complete within themselves. */
  private static Topology blocks(int blocks, int width) {
    List<Long> cells = new ArrayList<>();
    for (int j = 0; j < blocks * width; j++) {
      for (int i = j / width * width; i < (j / width + 1) * width; i++) {
        cells.add((long) j * blocks * width + i);
      }
    }
    return Topology.ofCells(
        blocks * width, blocks * width, cells.stream().mapToLong(c -> c).toArray());
  }

  private static boolean[][] matrix(Topology topology) {
    boolean[][] matrix = new boolean[topology.inputs()][topology.outputs()];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        matrix[i][j] = topology.find(i, j) >= 0;
      }
    }
    return matrix;
  }

  private static double latapyOfInputs(boolean[][] matrix) {
    double sum = 0;
    int neurons = 0;
    for (boolean[] u : matrix) {
      double here = 0;
      int partners = 0;
      for (boolean[] v : matrix) {
        int common = 0;
        int union = 0;
        for (int j = 0; j < u.length; j++) {
          common += u[j] && v[j] ? 1 : 0;
          union += u[j] || v[j] ? 1 : 0;
        }
        if (u != v && common > 0) {
          here += (double) common / union;
          partners++;
        }
      }
      sum += partners == 0 ? 0 : here / partners;
      neurons += partners == 0 ? 0 : 1;
    }
    return neurons == 0 ? 0 : sum / neurons;
  }

  private static boolean[][] turned(boolean[][] matrix) {
    boolean[][] turned = new boolean[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < turned.length; j++) {
        turned[j][i] = matrix[i][j];
      }
    }
    return turned;
  }

  /** All quadruples: cycles i-j-k-l and paths of three connections, each once. */
  private static long[] cyclesAndPaths(boolean[][] m) {
    long cycles = 0;
    long paths = 0;
    for (int i = 0; i < m.length; i++) {
      for (int k = 0; k < m.length; k++) {
        for (int j = 0; j < m[0].length; j++) {
          for (int l = 0; l < m[0].length; l++) {
            if (i != k && j != l && m[i][j] && m[k][j] && m[k][l]) {
              paths++;
              cycles += m[i][l] ? 1 : 0;
            }
          }
        }
      }
    }
    // A cycle of four neurons was met from each of its 2 x 2 beginnings.
    return new long[] {cycles / 4, paths};
  }

  @Test
  void clusteringIsThatOfAllQuadruples() {
    for (int seed = 0; seed < 10; seed++) {
      Topology topology = random(11, 8, 0.1 + 0.06 * seed, seed);
      BipartiteClustering clustering = BipartiteClustering.of(topology);
      boolean[][] matrix = matrix(topology);
      long[] slow = cyclesAndPaths(matrix);
      assertThat(clustering.cycles()).isEqualTo(slow[0]);
      assertThat(clustering.threePaths()).isEqualTo(slow[1]);
      assertThat(clustering.inputs()).isCloseTo(latapyOfInputs(matrix), within(1e-12));
      assertThat(clustering.outputs()).isCloseTo(latapyOfInputs(turned(matrix)), within(1e-12));
    }
    BipartiteClustering complete = BipartiteClustering.of(Topology.complete(5, 6));
    assertThat(complete).isEqualTo(new BipartiteClustering(1, 1, 150, 600));
    assertThat(complete.robinsAlexander()).isEqualTo(1);
    BipartiteClustering none = BipartiteClustering.of(Topology.ofCells(3, 3, new long[] {0, 4, 8}));
    assertThat(none.robinsAlexander()).isZero();
    assertThat(none.inputs()).isZero();
  }

  @Test
  void rewiredLayersKeepTheirDegrees() {
    Topology topology = random(40, 30, 0.2, 5);
    Topology rewired = DegreePreserving.rewired(topology, random(1));
    assertThat(Degrees.incoming(rewired).counts())
        .containsExactly(Degrees.incoming(topology).counts());
    for (int j = 0; j < 30; j++) {
      assertThat(rewired.fanIn(j)).isEqualTo(topology.fanIn(j));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(rewired.fanOut(i)).isEqualTo(topology.fanOut(i));
    }
    rewired.checkInvariants();
    int same = 0;
    for (int j = 0; j < 30; j++) {
      for (int i = 0; i < 40; i++) {
        same += topology.find(i, j) >= 0 && rewired.find(i, j) >= 0 ? 1 : 0;
      }
    }
    // As many as two random layers of density 0.2 have in common, and far from all.
    assertThat(same).isLessThan(topology.connections() / 2);
    assertThat(DegreePreserving.rewired(Topology.complete(4, 4), random(2)).connections())
        .isEqualTo(16);
  }

  /** Breadth first over sets of neighbours, from every neuron. */
  private static double[] slowLength(List<Topology> layers) {
    List<Set<Integer>> neighbours = new ArrayList<>();
    int first = 0;
    for (int n = 0; n < layers.getFirst().inputs(); n++) {
      neighbours.add(new HashSet<>());
    }
    for (Topology layer : layers) {
      int next = neighbours.size();
      for (int j = 0; j < layer.outputs(); j++) {
        neighbours.add(new HashSet<>());
        for (int i = 0; i < layer.inputs(); i++) {
          if (layer.find(i, j) >= 0) {
            neighbours.get(first + i).add(next + j);
            neighbours.get(next + j).add(first + i);
          }
        }
      }
      first = next;
    }
    double sum = 0;
    double pairs = 0;
    for (int s = 0; s < neighbours.size(); s++) {
      int[] distance = new int[neighbours.size()];
      Arrays.fill(distance, -1);
      distance[s] = 0;
      Deque<Integer> queue = new ArrayDeque<>(List.of(s));
      while (!queue.isEmpty()) {
        int here = queue.remove();
        sum += distance[here];
        pairs += here == s ? 0 : 1;
        for (int n : neighbours.get(here)) {
          if (distance[n] < 0) {
            distance[n] = distance[here] + 1;
            queue.add(n);
          }
        }
      }
    }
    int n = neighbours.size();
    return new double[] {sum / pairs, pairs / ((double) n * (n - 1))};
  }

  @Test
  void pathLengthsAreThoseOfAllNeurons() {
    for (int seed = 0; seed < 8; seed++) {
      List<Topology> layers =
          List.of(
              random(9, 12, 0.15, seed), random(12, 7, 0.15, seed + 50), random(7, 3, 0.4, seed));
      PathLength length = PathLength.of(layers, 1000, random(seed));
      double[] slow = slowLength(layers);
      assertThat(length.sources()).isEqualTo(31);
      assertThat(length.mean()).isCloseTo(slow[0], within(1e-12));
      assertThat(length.reached()).isCloseTo(slow[1], within(1e-12));
    }
    // Inputs are 2 apart, as are outputs; an input and an output 1.
    PathLength complete = PathLength.of(List.of(Topology.complete(3, 3)), 100, random(1));
    assertThat(complete.mean()).isCloseTo((9 * 1 + 6 * 2) / 15.0, within(1e-15));
    assertThat(complete.reached()).isEqualTo(1);
    assertThatThrownBy(() -> PathLength.of(List.of(Topology.complete(3, 3)), 0, random(1)))
        .hasMessage("sources must be 1 or more: 0");
  }

  @Test
  void sampledPathLengthsAreNear() {
    List<Topology> layers = List.of(random(300, 200, 0.02, 1), random(200, 100, 0.02, 2));
    double all = PathLength.of(layers, 600, random(1)).mean();
    assertThat(PathLength.of(layers, 100, random(2)).mean()).isCloseTo(all, within(0.1));
  }

  @Test
  void blocksWithSomeShortcutsAreSmallWorlds() {
    List<Long> cells = new ArrayList<>();
    Topology blocks = blocks(12, 6);
    for (int j = 0; j < 72; j++) {
      for (int i = 0; i < 72; i++) {
        if (blocks.find(i, j) >= 0 || (31 * i + 17 * j) % 97 == 0) {
          cells.add(72L * j + i);
        }
      }
    }
    Topology world = Topology.ofCells(72, 72, cells.stream().mapToLong(c -> c).toArray());
    RandomStreams streams = new RandomStreams(1);
    SmallWorld small = SmallWorld.of(List.of(world), 100, streams);
    assertThat(small.clustering()).isGreaterThan(3 * small.randomClustering());
    assertThat(small.sigma()).isGreaterThan(2);
    assertThat(SmallWorld.of(List.of(world), 100, streams)).isEqualTo(small);
    SmallWorld chance = SmallWorld.of(List.of(random(80, 80, 0.1, 7)), 100, streams);
    assertThat(chance.sigma()).isCloseTo(1, within(0.2));
  }

  private static double slowModularity(Topology topology, int[] inputs, int[] outputs) {
    double m = topology.connections();
    double sum = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      for (int i = 0; i < topology.inputs(); i++) {
        if (inputs[i] == outputs[j]) {
          sum += topology.find(i, j) >= 0 ? 1 : 0;
          sum -= topology.fanOut(i) * (double) topology.fanIn(j) / m;
        }
      }
    }
    return sum / m;
  }

  /** The best of all partitions: neuron by neuron into an old community or a new one. */
  private static double best(Topology topology, int[] inputs, int[] outputs, int at, int count) {
    if (at == inputs.length + outputs.length) {
      return slowModularity(topology, inputs, outputs);
    }
    double best = -1;
    for (int c = 0; c <= count; c++) {
      if (at < inputs.length) {
        inputs[at] = c;
      } else {
        outputs[at - inputs.length] = c;
      }
      best = Math.max(best, best(topology, inputs, outputs, at + 1, Math.max(count, c + 1)));
    }
    return best;
  }

  @Test
  void communitiesAreNearlyTheBestOnes() {
    double found = 0;
    double best = 0;
    for (int seed = 0; seed < 12; seed++) {
      Topology topology = random(4, 4, 0.4, seed);
      Modularity modularity = Modularity.of(topology);
      double here = best(topology, new int[4], new int[4], 0, 0);
      assertThat(modularity.value())
          .isCloseTo(
              slowModularity(topology, modularity.inputCommunity(), modularity.outputCommunity()),
              within(1e-12))
          .isLessThanOrEqualTo(here + 1e-12);
      found += modularity.value();
      best += here;
    }
    assertThat(found).isGreaterThan(0.9 * best);
  }

  @Test
  void blocksAreCommunities() {
    Modularity modularity = Modularity.of(blocks(5, 4));
    assertThat(modularity.communities()).isEqualTo(5);
    assertThat(modularity.value()).isCloseTo(0.8, within(1e-12));
    for (int n = 0; n < 20; n++) {
      assertThat(modularity.inputCommunity()[n]).isEqualTo(n / 4);
      assertThat(modularity.outputCommunity()[n]).isEqualTo(n / 4);
    }
    assertThat(Modularity.of(Topology.complete(6, 6)).value()).isCloseTo(0, within(1e-12));
    assertThat(Modularity.of(Topology.ofCells(3, 2, new long[0])).value()).isZero();
  }
}
