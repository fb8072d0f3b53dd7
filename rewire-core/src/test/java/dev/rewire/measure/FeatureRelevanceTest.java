package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureRelevanceTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");

  private static FeatureRelevance of(LoadedDataset data, int bins, int held) {
    try (WorkerTeam team = new WorkerTeam(2)) {
      return FeatureRelevance.of(data, bins, held, team);
    }
  }

  private static LoadedDataset dense(float[][] samples, int[] labels, List<String> classes) {
    int width = samples[0].length;
    float[] all = new float[samples.length * width];
    for (int s = 0; s < samples.length; s++) {
      System.arraycopy(samples[s], 0, all, s * width, width);
    }
    return new InMemoryDataset("dense", Floats.of(all), width, labels, classes, null);
  }

  /** Sorts, cuts, counts in maps. */
  private static double slowInformation(float[] values, int[] labels, int bins) {
    int n = values.length;
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> Float.compare(values[a], values[b]));
    Map<String, Double> joint = new HashMap<>();
    Map<Integer, Double> binShare = new HashMap<>();
    Map<Integer, Double> classShare = new HashMap<>();
    int bin = 0;
    int begin = 0;
    for (int k = 0; k < n; k++) {
      int i = order[k];
      joint.merge(bin + " " + labels[i], 1.0 / n, Double::sum);
      binShare.merge(bin, 1.0 / n, Double::sum);
      classShare.merge(labels[i], 1.0 / n, Double::sum);
      boolean lastOfValue = k + 1 == n || values[order[k + 1]] != values[i];
      if (lastOfValue && (long) (k + 1) * bins / n > (long) begin * bins / n) {
        bin++;
        begin = k + 1;
      }
    }
    double sum = 0;
    for (Map.Entry<String, Double> entry : joint.entrySet()) {
      String[] key = entry.getKey().split(" ");
      double chance =
          binShare.get(Integer.valueOf(key[0])) * classShare.get(Integer.valueOf(key[1]));
      sum += entry.getValue() * Math.log(entry.getValue() / chance);
    }
    return sum;
  }

  private static double slowVariance(float[] values) {
    double mean = 0;
    for (float value : values) {
      mean += (double) value / values.length;
    }
    double variance = 0;
    for (float value : values) {
      variance += (value - mean) * (value - mean) / values.length;
    }
    return variance;
  }

  @Test
  void knownFeatures() {
    // The class itself, a constant, the class seen through a mirror, half of what there is to know.
    float[][] samples = {
      {0, 5, 9, 0}, {1, 5, 4, 0}, {0, 5, 9, 0}, {1, 5, 4, 1}, {0, 5, 9, 0}, {1, 5, 4, 1}
    };
    int[] labels = {0, 1, 0, 1, 0, 1};
    FeatureRelevance relevance = of(dense(samples, labels, List.of("x", "y")), 16, 1000);
    assertThat(relevance.information()[0]).isCloseTo(Math.log(2), within(1e-12));
    assertThat(relevance.information()[1]).isCloseTo(0, within(1e-12));
    assertThat(relevance.information()[2]).isCloseTo(Math.log(2), within(1e-12));
    double half = 0.5 * Math.log(0.5 / (4.0 / 6 * 0.5)) + 1.0 / 6 * Math.log(1.0 / 6 / (2.0 / 6));
    half += 1.0 / 3 * Math.log(1.0 / 3 / (1.0 / 3 * 0.5));
    assertThat(relevance.information()[3]).isCloseTo(half, within(1e-12));
    assertThat(relevance.variance()[0]).isCloseTo(0.25, within(1e-12));
    assertThat(relevance.variance()[1]).isZero();
    assertThat(relevance.variance()[2]).isCloseTo(6.25, within(1e-12));
  }

  @Test
  void denseAndSparseSamplesAreThoseOfTheTwin() {
    SplittableRandom random = new SplittableRandom(5);
    int n = 700;
    int width = 23;
    float[][] samples = new float[n][width];
    int[] labels = new int[n];
    var sparse = new SparseInMemoryDataset.Builder("s", width, CLASSES);
    for (int s = 0; s < n; s++) {
      labels[s] = random.nextInt(3);
      for (int f = 0; f < width; f++) {
        boolean there = random.nextInt(3) > 0;
        float noise = f % 2 == 0 ? random.nextInt(4) - 1 : (float) random.nextGaussian();
        samples[s][f] = there ? noise + labels[s] * f / 12f : 0;
      }
      float[] sample = samples[s];
      // Some zeros are spelled out.
      int[] present = IntStream.range(0, width).filter(f -> sample[f] != 0 || f % 5 == 0).toArray();
      float[] values = new float[present.length];
      for (int k = 0; k < present.length; k++) {
        values[k] = sample[present[k]];
      }
      sparse.add(present, values, labels[s]);
    }
    for (int bins : new int[] {2, 5, 16}) {
      FeatureRelevance dense = of(dense(samples, labels, CLASSES), bins, 3 * n);
      FeatureRelevance light = of(sparse.build(), bins, 2 * n);
      for (int f = 0; f < width; f++) {
        float[] column = new float[n];
        for (int s = 0; s < n; s++) {
          column[s] = samples[s][f];
        }
        double slow = slowInformation(column, labels, bins);
        assertThat(dense.information()[f]).isCloseTo(slow, within(1e-10));
        assertThat(light.information()[f]).isCloseTo(slow, within(1e-10));
        assertThat(dense.variance()[f]).isCloseTo(slowVariance(column), within(1e-9));
        assertThat(light.variance()[f]).isCloseTo(slowVariance(column), within(1e-9));
      }
    }
  }

  @Test
  void wrongQuestionsAreRefused() {
    LoadedDataset data = dense(new float[][] {{1}}, new int[] {0}, List.of("x"));
    assertThatThrownBy(() -> of(data, 1, 9))
        .hasMessage("relevance needs samples and 2 bins or more: 1 samples, 1 bins");
  }
}
