package dev.rewire.sweep;

import java.util.List;

/**
 * What all runs together say about one metric.
 *
 * @param metric name of a number of the results, for example {@code test_accuracy}
 * @param seeds all that were asked for
 * @param outcomes one a run that is finished
 * @param summaries one a setting
 * @param comparisons of every two settings
 * @param wanted how many runs were asked for
 */
public record SweepResult(
    String metric,
    List<Long> seeds,
    List<Outcome> outcomes,
    List<Summary> summaries,
    List<Comparison> comparisons,
    int wanted) {
  /**
   * Computes everything.
   *
   * @param metric name of a number of the results
   * @param settings in their order
   * @param seeds in their order
   * @param outcomes of the runs that are finished
   * @return the result
   */
  public static SweepResult of(
      String metric, List<Setting> settings, List<Long> seeds, List<Outcome> outcomes) {
    List<Summary> summaries =
        settings.stream().map(setting -> Summary.of(setting, outcomes, metric)).toList();
    return new SweepResult(
        metric,
        List.copyOf(seeds),
        List.copyOf(outcomes),
        summaries,
        Comparison.all(summaries),
        settings.size() * seeds.size());
  }

  /**
   * Says whether runs are missing because the sweep was interrupted.
   *
   * @return false if all are there
   */
  public boolean complete() {
    return outcomes.size() == wanted;
  }

  /**
   * Says whether the metric is a share of 1, so that it is shown in percent.
   *
   * @return true for accuracies
   */
  public boolean inPercent() {
    return metric.endsWith("accuracy");
  }
}
