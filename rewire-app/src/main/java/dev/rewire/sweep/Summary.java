package dev.rewire.sweep;

import java.util.Arrays;
import java.util.List;

/**
 * What the seeds of one setting say together.
 *
 * @param setting which
 * @param values the metric of each run that has a finite one, in the order of the seeds
 * @param seeds of these runs
 * @param diverged how many runs diverged; they are left out
 * @param seconds mean time of a run for training, evolution and test
 */
public record Summary(
    Setting setting, double[] values, long[] seeds, int diverged, double seconds) {
  /**
   * Puts the runs of a setting together.
   *
   * @param setting which
   * @param outcomes of all settings
   * @param metric name of a number of the results
   * @return the summary
   */
  public static Summary of(Setting setting, List<Outcome> outcomes, String metric) {
    List<Outcome> own =
        outcomes.stream().filter(outcome -> outcome.setting().equals(setting)).toList();
    List<Outcome> good =
        own.stream().filter(outcome -> Double.isFinite(outcome.metric(metric))).toList();
    return new Summary(
        setting,
        good.stream().mapToDouble(outcome -> outcome.metric(metric)).toArray(),
        good.stream().mapToLong(Outcome::seed).toArray(),
        (int) own.stream().filter(Outcome::diverged).count(),
        good.stream()
            .mapToDouble(outcome ->
                outcome.metric("seconds_training")
                    + outcome.metric("seconds_evolution")
                    + outcome.metric("seconds_test"))
            .average()
            .orElse(Double.NaN));
  }

  /**
   * Returns the mean.
   *
   * @return NaN without a value
   */
  public double mean() {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /**
   * Returns the standard deviation of a sample, with n - 1 in its denominator.
   *
   * @return NaN with fewer than two values
   */
  public double deviation() {
    double mean = mean();
    return values.length < 2
        ? Double.NaN
        : Math.sqrt(
            Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
                / (values.length - 1));
  }

  /**
   * Returns the value of a seed.
   *
   * @param seed any
   * @return NaN if there is none
   */
  public double value(long seed) {
    for (int s = 0; s < seeds.length; s++) {
      if (seeds[s] == seed) {
        return values[s];
      }
    }
    return Double.NaN;
  }
}
