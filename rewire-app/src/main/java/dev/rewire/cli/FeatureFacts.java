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
 * <p>What is missing is left out of the range and of the mean.
 *
 * @param least the smallest
 * @param mean the average
 * @param most the largest
 * @param zeros share of values that are 0
 * @param constant features with the same value in all samples
 * @param missing values that are not there
 */
record FeatureFacts(
    double least, double mean, double most, double zeros, int constant, long missing) {
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
    long missing = 0;
    int[] seen = new int[data.features()];
    float[] first = new float[data.features()];
    boolean[] varies = new boolean[data.features()];
    for (int s = 0; s < data.size(); s++) {
      for (long k = data.firstEntry(s); k < data.endEntry(s); k++) {
        float value = data.entryValues().get(k);
        int f = data.entryFeatures().get(k);
        if (Float.isNaN(value)) {
          missing++;
          varies[f] = true;
        } else if (value != 0) {
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
      boolean all = seen[f] == 0 || seen[f] == data.size();
      constant += all && !varies[f] ? 1 : 0;
    }
    double values = (double) data.size() * seen.length;
    double zeros = values - present - missing;
    if (zeros > 0) {
      least = Math.min(least, 0);
      most = Math.max(most, 0);
    }
    return new FeatureFacts(
        least, sum / (values - missing), most, zeros / values, constant, missing);
  }

  private static FeatureFacts ofRows(DenseDataset data) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    long zeros = 0;
    long missing = 0;
    boolean[] varies = new boolean[data.features()];
    int constant = data.features();
    for (int s = 0; s < data.size(); s++) {
      for (int f = 0; f < varies.length; f++) {
        float value = data.feature(s, f);
        if (Float.isNaN(value)) {
          missing++;
          constant -= varies[f] ? 0 : 1;
          varies[f] = true;
          continue;
        }
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
    return new FeatureFacts(
        least, sum / (values - missing), most, zeros / values, constant, missing);
  }

  String sentence() {
    return String.format(
        Locale.ROOT,
        "values from %.4g to %.4g, mean %.4g, sparsity %s (share of zeros); %s missing; %s the same"
            + " everywhere",
        least,
        most,
        mean,
        Say.percent(zeros),
        missing == 0 ? "none" : Say.count(missing),
        constant == 1 ? "1 feature is" : Say.count(constant) + " features are");
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("min", Json.number(least));
    json.put("max", Json.number(most));
    json.put("mean", Json.number(mean));
    json.put("sparsity", Json.number(zeros));
    json.put("missing", missing);
    json.put("constant_features", constant);
    return json;
  }
}
