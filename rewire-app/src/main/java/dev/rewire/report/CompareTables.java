package dev.rewire.report;

import dev.rewire.measure.PowerLaw;
import dev.rewire.trajectory.DistanceMap;
import dev.rewire.trajectory.RunComparison;
import dev.rewire.trajectory.RunComparison.Run;
import dev.rewire.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a comparison as rows of words, the first one headings.
 *
 * @param comparison what to tell
 */
public record CompareTables(RunComparison comparison) {
  /**
   * What each run came to.
   *
   * @return headings and a row for each run
   */
  public List<List<String>> runs() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "run",
            "epochs",
            "connections",
            "accuracy",
            "test loss",
            "seconds",
            "r",
            "polarity",
            "power law"));
    for (Run run : comparison.runs()) {
      Trajectory.Look look = run.trajectory().look(run.trajectory().epochs());
      rows.add(
          List.of(
              "%d %s".formatted(rows.size(), run.name()),
              count(run.trajectory().epochs()),
              count(run.last().connections()),
              percent(run.last().test().accuracy()),
              loss(run.last().test().loss()),
              String.format(Locale.ROOT, "%.0f", run.seconds()[run.trajectory().epochs() - 1]),
              look == null ? "-" : number(look.trend().centerMeanRatio()),
              look == null
                  ? "-"
                  : "%s (%s to %s)"
                      .formatted(
                          number(look.polarity().index()),
                          number(look.polarity().low()),
                          number(look.polarity().high())),
              law(run.law())));
    }
    return rows;
  }

  /**
   * How far each run had come when the fastest one was through.
   *
   * @return headings and a row for each run
   */
  public List<List<String>> equalSeconds() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("run", "epoch", "accuracy", "test loss"));
    for (Run run : comparison.runs()) {
      int epoch = run.epochWithin(comparison.budget());
      boolean none = epoch == 0;
      rows.add(
          List.of(
              run.name(),
              count(epoch),
              none ? "-" : percent(run.trajectory().report(epoch).test().accuracy()),
              none ? "-" : loss(run.trajectory().report(epoch).test().loss())));
    }
    return rows;
  }

  /**
   * Runs with as many connections, at the epoch that all of them have reached.
   *
   * @return headings and a row for each run, the smallest networks first
   */
  public List<List<String>> equalParameters() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("connections", "run", "epoch", "accuracy", "test loss"));
    for (List<Run> group : comparison.equalParameters()) {
      // as far as the shortest of them has come
      int epoch = group.stream().mapToInt(run -> run.trajectory().epochs()).min().orElse(1);
      for (Run run : group) {
        var report = run.trajectory().report(epoch);
        rows.add(
            List.of(
                count(report.connections()),
                run.name(),
                count(epoch),
                percent(report.test().accuracy()),
                loss(report.test().loss())));
      }
    }
    return rows;
  }

  /**
   * How far the topologies are from each other at the end.
   *
   * @param map of the comparison
   * @return headings and a row for each run
   */
  public List<List<String>> distances(DistanceMap map) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("run"));
    double[][] matrix = map.last(comparison.runs().size());
    for (int run = 1; run <= matrix.length; run++) {
      heading.add(String.valueOf(run));
    }
    rows.add(heading);
    for (int run = 0; run < matrix.length; run++) {
      List<String> row = new ArrayList<>();
      row.add("%d %s".formatted(run + 1, comparison.runs().get(run).name()));
      for (double distance : matrix[run]) {
        row.add(number(distance));
      }
      rows.add(row);
    }
    return rows;
  }

  /** As Clauset reads it: plausible above 0.1. */
  private static String law(@Nullable PowerLaw law) {
    return law == null
        ? "-"
        : String.format(
            Locale.ROOT,
            "alpha %.2f, p %.2f%s",
            law.alpha(),
            law.p(),
            law.plausible() ? "" : ": none");
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static String loss(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
