package dev.rewire.saliency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What was chosen in a network, as numbers of cells. */
final class Chosen {
  private Chosen() {}

  /** As many samples of each of some classes, of inputs that are sometimes 0. */
  static float[][] samples(int count, int features, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[count][features];
    for (float[] sample : samples) {
      for (int f = 0; f < features; f++) {
        sample[f] = random.nextInt(4) == 0 ? 0f : (float) random.nextGaussian();
      }
    }
    return samples;
  }

  static int[] labels(int count, int classes) {
    int[] labels = new int[count];
    Arrays.setAll(labels, s -> s % classes);
    return labels;
  }

  static InMemoryDataset data(int count, int features, int classes, long seed) {
    return InMemoryDataset.of("any", samples(count, features, seed), labels(count, classes));
  }

  static InitialPruning.Outcome apply(
      Start start, long mostCells, int threads, NetworkBuilder builder, Dataset data) {
    try (Compute compute = new Compute(threads)) {
      return new InitialPruning(start, mostCells, compute, share -> {}).apply(builder, data);
    }
  }

  /** Cells of the first layers, numbered through them. */
  static long[] cells(Network network, int taking) {
    LongStream.Builder cells = LongStream.builder();
    long first = 0;
    for (SparseLayer layer : network.layers().subList(0, taking)) {
      Topology topology = layer.topology();
      for (int j = 0; j < topology.outputs(); j++) {
        for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
          cells.add(first + (long) j * topology.inputs() + topology.column().get(e));
        }
      }
      first += topology.cells();
    }
    return cells.build().toArray();
  }

  /** Nothing that stayed is worth less than what went, but for rounding. */
  static void areTheHighest(long[] cells, double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double threshold = sorted[sorted.length - cells.length];
    double largest = Math.max(Math.abs(sorted[0]), sorted[sorted.length - 1]);
    double rounding = 1e-4 * Math.abs(threshold) + 1e-6 * largest;
    Set<Long> set = new HashSet<>();
    int undecided = 0;
    for (long cell : cells) {
      set.add(cell);
      assertThat(scores[(int) cell]).isGreaterThanOrEqualTo(threshold - rounding);
    }
    for (int cell = 0; cell < scores.length; cell++) {
      undecided += Math.abs(scores[cell] - threshold) <= rounding ? 1 : 0;
      if (!set.contains((long) cell)) {
        assertThat(scores[cell]).isLessThanOrEqualTo(threshold + rounding);
      }
    }
    assertThat(set).hasSize(cells.length);
    // or the comparison would say nothing
    assertThat(undecided).isLessThan(4);
  }
}
