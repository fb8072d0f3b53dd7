package dev.rewire.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * Two settings, seed by seed: the same seed stands for the same chance in both.
 *
 * @param first one setting
 * @param second the other
 * @param pairs seeds that have a value in both
 * @param difference mean of second minus first
 * @param deviation standard deviation of the differences, NaN below two pairs
 * @param t p-value of the paired t-test, two-sided; NaN below two pairs or without any deviation
 * @param wilcoxon p-value of Wilcoxon's signed-rank test, two-sided; NaN below six pairs that
 *     differ, where it could not fall below 0.05 whatever the values
 * @param adjusted {@code t} after Holm's correction for all comparisons of the sweep
 */
public record Comparison(
    Setting first,
    Setting second,
    int pairs,
    double difference,
    double deviation,
    double t,
    double wilcoxon,
    double adjusted) {
  /** With fewer pairs the smallest two-sided p-value, 2 / 2^n, is above 0.05. */
  private static final int PAIRS_FOR_WILCOXON = 6;

  /**
   * Compares every setting with every later one.
   *
   * @param summaries one a setting
   * @return a comparison for each two of them that share a seed
   */
  public static List<Comparison> all(List<Summary> summaries) {
    List<Comparison> all = new ArrayList<>();
    for (int a = 0; a < summaries.size(); a++) {
      for (int b = a + 1; b < summaries.size(); b++) {
        Comparison comparison = of(summaries.get(a), summaries.get(b));
        if (comparison.pairs > 0) {
          all.add(comparison);
        }
      }
    }
    return holm(all);
  }

  /**
   * Compares two settings, without a correction for others.
   *
   * @param first one
   * @param second the other
   * @return the comparison over the seeds that both have
   */
  public static Comparison of(Summary first, Summary second) {
    long[] seeds =
        LongStream.of(first.seeds()).filter(seed -> !Double.isNaN(second.value(seed))).toArray();
    double[] a = Arrays.stream(seeds).mapToDouble(first::value).toArray();
    double[] b = Arrays.stream(seeds).mapToDouble(second::value).toArray();
    double[] differences = new double[seeds.length];
    Arrays.setAll(differences, s -> b[s] - a[s]);
    Summary difference = new Summary(first.setting(), differences, seeds, 0, 0);
    double t =
        difference.deviation() > 0 ? TTest.withDefaults().pairedTest(b, a).getPValue() : Double.NaN;
    double[] unequal = Arrays.stream(differences).filter(value -> value != 0).toArray();
    double wilcoxon =
        unequal.length < PAIRS_FOR_WILCOXON
            ? Double.NaN
            : WilcoxonSignedRankTest.withDefaults().test(unequal).getPValue();
    return new Comparison(
        first.setting(),
        second.setting(),
        seeds.length,
        difference.mean(),
        difference.deviation(),
        t,
        wilcoxon,
        t);
  }

  /** Holm (1979): the k-th smallest of m p-values times m - k + 1, never falling, at most 1. */
  private static List<Comparison> holm(List<Comparison> all) {
    List<Comparison> tested =
        all.stream()
            .filter(comparison -> !Double.isNaN(comparison.t))
            .sorted(Comparator.comparingDouble(Comparison::t))
            .toList();
    double least = 0;
    double[] adjusted = new double[tested.size()];
    for (int k = 0; k < adjusted.length; k++) {
      least = Math.max(least, Math.min(1, tested.get(k).t * (adjusted.length - k)));
      adjusted[k] = least;
    }
    return all.stream()
        .map(comparison -> {
          int k = tested.indexOf(comparison);
          return k < 0 ? comparison : comparison.adjustedTo(adjusted[k]);
        })
        .toList();
  }

  private Comparison adjustedTo(double p) {
    return new Comparison(first, second, pairs, difference, deviation, t, wilcoxon, p);
  }
}
