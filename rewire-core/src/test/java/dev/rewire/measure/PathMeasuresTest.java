package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Paths and reachability, against walks along every single path and removal until stable. */
class PathMeasuresTest {
  // 3 inputs, 4 hidden, 2 outputs. Hidden 0 sees inputs 0 and 1, 1 sees 1, 2 nothing, 3 sees 2.
  // Output 0 sees hidden 0 and 1, output 1 sees hidden 0 and 2; hidden 3 leads nowhere.
  private final List<Topology> small =
      List.of(
          Topology.ofCells(3, 4, new long[] {0, 1, 4, 11}),
          Topology.ofCells(4, 2, new long[] {0, 1, 4, 6}));

  private static List<Topology> random(long seed, double density, int... widths) {
    List<Topology> layers = new ArrayList<>();
    for (int l = 1; l < widths.length; l++) {
      layers.add(Layers.random(widths[l - 1], widths[l], density, 31 * seed + l).topology());
    }
    return layers;
  }

  @Test
  void handMadePaths() {
    Paths paths = Paths.counted(small);
    // 0-0-0, 0-0-1, 1-0-0, 1-0-1, 1-1-0
    assertThat(paths.log10()).isCloseTo(Math.log10(5), within(1e-14));
    assertThat(paths.inputShare()).containsExactly(0.4, 0.6, 0);
    assertThat(paths.outputShare()).containsExactly(0.6, 0.4);
  }

  @Test
  void handMadeReachability() {
    Reachability reach = Reachability.of(small);
    assertThat(reach.reached()[0]).containsExactly(true, true, true);
    assertThat(reach.reached()[1]).containsExactly(true, true, false, true);
    assertThat(reach.reached()[2]).containsExactly(true, true);
    assertThat(reach.reaching()[1]).containsExactly(true, true, true, false);
    assertThat(reach.reaching()[0]).containsExactly(true, true, false);
    assertThat(reach.hidden()).isEqualTo(4);
    assertThat(reach.dead()).isEqualTo(2);
    assertThat(reach.active()).isEqualTo(2);
    assertThat(reach.activeRate()).isEqualTo(0.5);
    assertThat(reach.aliveRate()).isEqualTo(0.5);
    assertThat(reach.effective()).containsExactly(3, 3);
    assertThat(reach.effectiveDensity(0)).isEqualTo(0.25);
    assertThat(reach.effectiveDensity()).isEqualTo(6.0 / 20);
  }

  @Test
  void networksWithoutAnyPath() {
    List<Topology> cut = List.of(Topology.complete(3, 2), Topology.ofCells(2, 2, new long[0]));
    assertThat(Paths.counted(cut).log10()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Paths.counted(cut).inputShare()).containsOnly(0);
    assertThat(Reachability.of(cut).effectiveDensity()).isZero();
    assertThat(Reachability.of(cut).dead()).isEqualTo(2);
    assertThat(Reachability.of(List.of(Topology.complete(3, 2))).activeRate()).isEqualTo(1);
  }

  /** Walks along every path. */
  private static void walk(List<Topology> layers, int layer, int neuron, int input, long[][] ends) {
    if (layer == layers.size()) {
      ends[input][neuron]++;
      return;
    }
    for (int j = 0; j < layers.get(layer).outputs(); j++) {
      if (layers.get(layer).find(neuron, j) >= 0) {
        walk(layers, layer + 1, j, input, ends);
      }
    }
  }

  @Test
  void everyPathIsCounted() {
    for (int seed = 0; seed < 10; seed++) {
      List<Topology> layers = random(seed, 0.25, 8, 9, 7, 10, 4);
      long[][] ends = new long[8][4];
      long all = 0;
      for (int i = 0; i < 8; i++) {
        walk(layers, 0, i, i, ends);
        for (long n : ends[i]) {
          all += n;
        }
      }
      Paths paths = Paths.counted(layers);
      assertThat(Math.pow(10, paths.log10())).isCloseTo(all, within(1e-8 * all));
      for (int i = 0; i < 8; i++) {
        long here = 0;
        for (long n : ends[i]) {
          here += n;
        }
        assertThat(paths.inputShare()[i]).isCloseTo((double) here / all, within(1e-12));
      }
      for (int j = 0; j < 4; j++) {
        long here = 0;
        for (long[] of : ends) {
          here += of[j];
        }
        assertThat(paths.outputShare()[j]).isCloseTo((double) here / all, within(1e-12));
      }
    }
  }

  @Test
  void numbersBeyondDoublesHaveALogarithm() {
    List<Topology> deep = new ArrayList<>();
    for (int l = 0; l < 300; l++) {
      deep.add(Topology.complete(100, 100));
    }
    assertThat(Paths.counted(deep).log10()).isCloseTo(602, within(1e-9));
    assertThat(Paths.counted(deep).inputShare()[0]).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void weightedPathsAreProductsOfAbsoluteWeights() {
    Network network = new NetworkBuilder(5, List.of("a", "b")).hidden(4).epsilon(3).seed(8).build();
    double sum = 0;
    Topology first = network.layers().get(0).topology();
    Topology second = network.layers().get(1).topology();
    for (int i = 0; i < 5; i++) {
      for (int h = 0; h < 4; h++) {
        for (int j = 0; j < 2; j++) {
          int e = first.find(i, h);
          int f = second.find(h, j);
          if (e >= 0 && f >= 0) {
            sum +=
                Math.abs(
                    (double) network.layers().get(0).weight().get(e)
                        * network.layers().get(1).weight().get(f));
          }
        }
      }
    }
    assertThat(sum).isPositive();
    assertThat(Math.pow(10, Paths.weighted(network).log10())).isCloseTo(sum, within(1e-9 * sum));
  }

  /** Removes neurons without incoming or outgoing connections until nothing changes. */
  private static long[] percolated(List<Topology> layers) {
    List<TreeSet<Long>> cells = new ArrayList<>();
    for (Topology layer : layers) {
      TreeSet<Long> set = new TreeSet<>();
      for (int j = 0; j < layer.outputs(); j++) {
        for (int i = 0; i < layer.inputs(); i++) {
          if (layer.find(i, j) >= 0) {
            set.add((long) j * layer.inputs() + i);
          }
        }
      }
      cells.add(set);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int l = 1; l < layers.size(); l++) {
        int before = layers.get(l - 1).inputs();
        int width = layers.get(l).inputs();
        for (int n = 0; n < width; n++) {
          int neuron = n;
          boolean in = cells.get(l - 1).stream().anyMatch(c -> c / before == neuron);
          boolean out = cells.get(l).stream().anyMatch(c -> c % width == neuron);
          if (!in || !out) {
            changed |= cells.get(l - 1).removeIf(c -> c / before == neuron);
            changed |= cells.get(l).removeIf(c -> c % width == neuron);
          }
        }
      }
    }
    return cells.stream().mapToLong(TreeSet::size).toArray();
  }

  @Test
  void percolationLeavesWhatIsEffective() {
    for (int seed = 0; seed < 20; seed++) {
      List<Topology> layers = random(seed, 0.1, 12, 11, 9, 10, 3);
      Reachability reach = Reachability.of(layers);
      assertThat(reach.effective()).containsExactly(percolated(layers));
      assertThat(reach.aliveRate()).isLessThanOrEqualTo(reach.activeRate());
    }
  }
}
