package dev.rewire.cli;

import dev.rewire.dataset.InMemoryDataset;
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
  static FeatureFacts of(InMemoryDataset data) {
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
