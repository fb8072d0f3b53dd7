package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.report.SweepPage;
import dev.rewire.sweep.Comparison;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Summary;
import dev.rewire.sweep.SweepResult;
import dev.rewire.sweep.SweepTable;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells what a sweep came to: on the terminal, in its folder, as JSON. */
final class SweepReport {
  private final Console console;
  private final TrialFolder folder;
  private final SweepResult result;

  SweepReport(Console console, TrialFolder folder, SweepResult result) {
    this.console = console;
    this.folder = folder;
    this.result = result;
  }

  void tell(Configuration base, TrainOptions options) throws IOException {
    SweepTable table = new SweepTable(result);
    RunSettings settings = options.settings(base);
    folder.write("sweep.csv", table.csv());
    folder.write("runs.csv", table.runs());
    folder.write("sweep.md", table.markdown());
    SweepPage.write(
        Named.of(settings.request().data()),
        result,
        same(RunReport.settings(new RunConfig(ConfigText.sections(settings)))),
        folder.path().resolve("sweep.html"));
    if (options.run.json) {
      console.out().println(Json.line(json()));
      return;
    }
    console.out().printf("%s%n%n", table.title());
    print(table.settings());
    if (!table.note().isEmpty()) {
      console.out().printf("%n%s%n", table.note());
    }
    if (!result.comparisons().isEmpty()) {
      console.out().printf("%n%s%n%n", table.explanation());
      print(table.comparisons());
    }
    console.out().printf("%nreport  %s%n", folder.path().resolve("sweep.html"));
  }

  /** Leaves out what is varied, and the seed if there are several. */
  private Map<String, Map<String, String>> same(Map<String, Map<String, String>> settings) {
    Set<String> varied = new HashSet<>();
    result.summaries().forEach(summary -> varied.addAll(summary.setting().values().keySet()));
    if (result.seeds().size() > 1) {
      varied.add("training.seed");
    }
    for (String key : varied) {
      int dot = key.indexOf('.');
      Map<String, String> section = settings.get(key.substring(0, Math.max(dot, 0)));
      if (section != null) {
        section.remove(key.substring(dot + 1).replace('_', ' '));
      }
    }
    return settings;
  }

  private void print(List<List<String>> rows) {
    Table.of(rows).print(console.out());
    console.out().flush();
  }

  private Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("sweep", folder.path().toString());
    json.put("metric", result.metric());
    json.put("complete", result.complete());
    json.put("seeds", result.seeds());
    json.put("settings", result.summaries().stream().map(SweepReport::json).toList());
    json.put("comparisons", result.comparisons().stream().map(SweepReport::json).toList());
    json.put("runs", result.outcomes().stream().map(SweepReport::json).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(Summary summary) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("setting", summary.setting().values());
    json.put("runs", summary.values().length);
    json.put("diverged", summary.diverged());
    json.put("mean", Json.number(summary.mean()));
    json.put("deviation", Json.number(summary.deviation()));
    json.put("values", summary.values());
    return json;
  }

  private static Map<String, @Nullable Object> json(Comparison comparison) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("first", comparison.first().values());
    json.put("second", comparison.second().values());
    json.put("pairs", comparison.pairs());
    json.put("difference", Json.number(comparison.difference()));
    json.put("deviation", Json.number(comparison.deviation()));
    json.put("p_t", Json.number(comparison.t()));
    json.put("p_t_holm", Json.number(comparison.adjusted()));
    json.put("p_wilcoxon", Json.number(comparison.wilcoxon()));
    return json;
  }

  private static Map<String, @Nullable Object> json(Outcome outcome) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("setting", outcome.setting().values());
    json.put("seed", outcome.seed());
    json.put("folder", outcome.folder());
    json.put("result", outcome.result());
    return json;
  }
}
