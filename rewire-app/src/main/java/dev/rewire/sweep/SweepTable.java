package dev.rewire.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A result in rows and columns: for people in text, for programs in CSV. */
public final class SweepTable {
  private final SweepResult result;

  /**
   * Shows a result.
   *
   * @param result of a sweep
   */
  public SweepTable(SweepResult result) {
    this.result = result;
  }

  /**
   * One row a setting.
   *
   * @return rows of equal length, the first are headings
   */
  public List<List<String>> settings() {
    boolean diverged = result.summaries().stream().anyMatch(summary -> summary.diverged() > 0);
    List<List<String>> rows = new ArrayList<>();
    List<String> heading =
        new ArrayList<>(
            List.of("setting", "runs", "mean", "deviation", "least", "most", "seconds"));
    boolean named = result.summaries().stream().anyMatch(each -> !each.setting().name().isEmpty());
    if (named) {
      heading.addAll(List.of("epochs", "connections", "training TFLOP"));
    }
    if (diverged) {
      heading.add("diverged");
    }
    rows.add(heading);
    for (Summary summary : result.summaries()) {
      List<String> row = new ArrayList<>();
      row.add(summary.setting().label());
      row.add(String.valueOf(summary.values().length));
      row.add(metric(summary.mean()));
      row.add(metric(summary.deviation()));
      row.add(metric(Arrays.stream(summary.values()).min().orElse(Double.NaN)));
      row.add(metric(Arrays.stream(summary.values()).max().orElse(Double.NaN)));
      row.add(number("%.1f", summary.seconds()));
      if (named) {
        row.add(number("%.0f", mean(summary, "epochs")));
        row.add(number("%,.0f", mean(summary, "connections")));
        row.add(number("%.3g", mean(summary, "flops_training") / 1e12));
      }
      if (diverged) {
        row.add(String.valueOf(summary.diverged()));
      }
      rows.add(row);
    }
    return rows;
  }

  private double mean(Summary summary, String number) {
    return result.outcomes().stream()
        .filter(outcome -> outcome.setting().equals(summary.setting()))
        .mapToDouble(outcome -> outcome.metric(number))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /** Keys that any of the settings has, in the order in which they appear. */
  private List<String> keys() {
    return result.summaries().stream()
        .flatMap(summary -> summary.setting().values().keySet().stream())
        .distinct()
        .toList();
  }

  private static List<String> values(Setting setting, List<String> keys) {
    return keys.stream().map(key -> setting.values().getOrDefault(key, "")).toList();
  }

  /**
   * One row for each two settings.
   *
   * @return rows of equal length, the first are headings
   */
  public List<List<String>> comparisons() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "settings",
            "pairs",
            "difference",
            "deviation",
            "p (t)",
            "p (t, Holm)",
            "p (Wilcoxon)"));
    for (Comparison comparison : result.comparisons()) {
      rows.add(
          List.of(
              comparison.second().label() + " - " + comparison.first().label(),
              String.valueOf(comparison.pairs()),
              (comparison.difference() > 0 ? "+" : "") + metric(comparison.difference()),
              metric(comparison.deviation()),
              p(comparison.t()),
              p(comparison.adjusted()),
              p(comparison.wilcoxon())));
    }
    return rows;
  }

  /**
   * Both tables in Markdown.
   *
   * @return text
   */
  public String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# %s%n%n".formatted(title()));
    Markdown.table(text, settings(), true);
    if (!note().isEmpty()) {
      text.append("%n%s%n".formatted(note()));
    }
    if (!result.comparisons().isEmpty()) {
      text.append("%n%s%n%n".formatted(explanation()));
      Markdown.table(text, comparisons(), true);
    }
    return text.toString();
  }

  /**
   * Names the settings that were to rewire their networks and never did.
   *
   * @return a sentence, or nothing
   */
  public String note() {
    Map<Setting, Boolean> still = new LinkedHashMap<>();
    for (Outcome outcome : result.outcomes()) {
      still.merge(outcome.setting(), outcome.neverRewired(), Boolean::logicalAnd);
    }
    List<String> names = still.keySet().stream().filter(still::get).map(Setting::label).toList();
    return names.isEmpty()
        ? ""
        : "No connection has moved in any run of "
            + String.join(", ", names)
            + ", so that these are static networks: see --when, and rewiring.max_density where layers"
            + " are nearly dense.";
  }

  /**
   * Says what the tables are about.
   *
   * @return a few words
   */
  public String title() {
    return "%s over %d %s%s"
        .formatted(
            result.metric().replace('_', ' '),
            result.seeds().size(),
            result.seeds().size() == 1 ? "seed" : "seeds",
            result.complete()
                ? ""
                : ", %d of %d runs so far".formatted(result.outcomes().size(), result.wanted()));
  }

  /**
   * Says what the comparisons are.
   *
   * @return a few sentences
   */
  public String explanation() {
    return "Settings compared seed by seed: mean difference, the paired t-test, the same after"
        + " Holm's correction for %d %s, and Wilcoxon's signed-rank test from six pairs on."
            .formatted(
                result.comparisons().size(),
                result.comparisons().size() == 1 ? "comparison" : "comparisons");
  }

  /**
   * One line a setting, every digit.
   *
   * @return CSV with a heading
   */
  public String csv() {
    StringBuilder text = new StringBuilder();
    List<String> keys = keys();
    List<String> heading = new ArrayList<>(keys);
    heading.addAll(List.of("metric", "runs", "diverged", "mean", "deviation", "seconds"));
    line(text, heading);
    for (Summary summary : result.summaries()) {
      List<String> row = new ArrayList<>(values(summary.setting(), keys));
      row.add(result.metric());
      row.add(String.valueOf(summary.values().length));
      row.add(String.valueOf(summary.diverged()));
      row.add(exact(summary.mean()));
      row.add(exact(summary.deviation()));
      row.add(exact(summary.seconds()));
      line(text, row);
    }
    return text.toString();
  }

  /**
   * One line a run, every digit.
   *
   * @return CSV with a heading
   */
  public String runs() {
    StringBuilder text = new StringBuilder();
    List<String> numbers =
        List.of(
            "test_accuracy",
            "test_loss",
            "train_accuracy",
            "train_loss",
            "connections",
            "epochs",
            "seconds_training");
    List<String> keys = keys();
    List<String> heading = new ArrayList<>(keys);
    heading.add("seed");
    heading.addAll(numbers);
    heading.addAll(List.of("weights_sha256", "folder", "diverged"));
    line(text, heading);
    for (Outcome outcome : result.outcomes()) {
      List<String> row = new ArrayList<>(values(outcome.setting(), keys));
      row.add(String.valueOf(outcome.seed()));
      numbers.forEach(name -> row.add(field(outcome, name)));
      row.add(field(outcome, "weights_sha256"));
      row.add(outcome.folder());
      row.add(field(outcome, Outcome.DIVERGED));
      line(text, row);
    }
    return text.toString();
  }

  private static String field(Outcome outcome, String name) {
    Object value = outcome.result().get(name);
    return value == null ? "" : String.valueOf(value);
  }

  private static void line(StringBuilder text, List<String> fields) {
    text.append(
            String.join(
                ",",
                fields.stream()
                    .map(field ->
                        field.matches("[^,\"\r\n]*")
                            ? field
                            : '"' + field.replace("\"", "\"\"") + '"')
                    .toList()))
        .append('\n');
  }

  private static String exact(double value) {
    return Double.isNaN(value) ? "" : String.valueOf(value);
  }

  private String metric(double value) {
    return result.inPercent() ? number("%.2f %%", 100 * value) : number("%.4g", value);
  }

  private static String p(double value) {
    return value < 1e-4 ? number("%.1e", value) : number("%.4f", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
