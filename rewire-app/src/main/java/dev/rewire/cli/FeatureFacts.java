package dev.rewire.cli;

import dev.rewire.dataset.DenseDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The raw values of a data set.
 *
 * @param least the smallest
 * @param mean the average
 * @param most the largest
 * @param zeros share of values that are 0
 * @param constant features with the same value in all samples
 */
record FeatureFacts(double least, double mean, double most, double zeros, int constant) {
  static FeatureFacts of(LoadedDataset data) {
    return switch (data) {
      case DenseDataset dense -> ofRows(dense);
      case SparseInMemoryDataset sparse -> ofEntries(sparse);
    };
  }

  /** The same without a look at the zeros, which can be a thousand times as many. */
  private static FeatureFacts ofEntries(SparseInMemoryDataset data) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long present = 0;
    int[] seen = new int[data.features()];
    float[] first = new float[data.features()];
    boolean[] varies = new boolean[data.features()];
    for (int s = 0; s < data.size(); s++) {
      for (long k = data.firstEntry(s); k < data.endEntry(s); k++) {
        float value = data.entryValues().get(k);
        int f = data.entryFeatures().get(k);
        if (value != 0) {
          least = Math.min(least, value);
          most = Math.max(most, value);
          sum += value;
          present++;
          varies[f] |= seen[f] > 0 && value != first[f];
          first[f] = value;
          seen[f]++;
        }
      }
    }
    int constant = 0;
    for (int f = 0; f < seen.length; f++) {
      constant += seen[f] == 0 || (seen[f] == data.size() && !varies[f]) ? 1 : 0;
    }
    double values = (double) data.size() * seen.length;
    if (present < values) {
      least = Math.min(least, 0);
      most = Math.max(most, 0);
    }
    return new FeatureFacts(least, sum / values, most, 1 - present / values, constant);
  }

  private static FeatureFacts ofRows(DenseDataset data) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long zeros = 0;
    boolean[] varies = new boolean[data.features()];
    int constant = data.features();
    for (int s = 0; s < data.size(); s++) {
      for (int f = 0; f < varies.length; f++) {
        float value = data.feature(s, f);
        least = Math.min(least, value);
        most = Math.max(most, value);
        sum += value;
        zeros += value == 0 ? 1 : 0;
        if (!varies[f] && value != data.feature(0, f)) {
          varies[f] = true;
          constant--;
        }
      }
    }
    double values = (double) data.size() * varies.length;
    return new FeatureFacts(least, sum / values, most, zeros / values, constant);
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "values from %.4g to %.4g, mean %.4g, %s of them 0; none missing; %s the same everywhere",
        least,
        most,
        mean,
        Say.percent(zeros),
        constant == 1 ? "1 feature is" : Say.count(constant) + " features are");
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("min", Json.number(least));
    json.put("max", Json.number(most));
    json.put("mean", Json.number(mean));
    json.put("zeros", zeros);
    json.put("constant_features", constant);
    return json;
  }
}
