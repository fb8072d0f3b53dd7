package dev.rewire.study;

import dev.rewire.measure.Polarity;
import dev.rewire.sweep.Markdown;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study for people who read text, and for programs.
 *
 * @param result what to tell
 */
public record StudyText(StudyResult result) {
  /**
   * All tables in Markdown.
   *
   * @return text
   */
  public String markdown() {
    StudyTables tables = new StudyTables(result);
    StringBuilder text = new StringBuilder();
    text.append("# %s%n%n%s%n".formatted(result.study().title(), result.study().question()));
    if (!result.complete()) {
      long missing = result.runs().stream().filter(run -> !run.finished()).count();
      text.append(
          "%nOf %d runs %d are not finished yet.%n".formatted(result.runs().size(), missing));
    }
    for (Section section : result.study().sections()) {
      List<List<String>> arms = tables.arms(section);
      if (section.published().isEmpty() && arms.size() == 1) {
        continue;
      }
      text.append("%n## %s%n%n%s%n%n".formatted(section.title(), section.text()));
      if (!section.published().isEmpty()) {
        Markdown.table(text, tables.published(section), false);
        text.append('\n');
      }
      Grid grid = section.grid();
      if (grid != null) {
        Markdown.table(text, tables.grid(grid), false);
        text.append('\n');
      }
      Markdown.table(text, arms, false);
    }
    text.append("%n## Claims%n%n".formatted());
    Markdown.table(text, tables.claims(), false);
    text.append("%n## Runs%n%n".formatted());
    Markdown.table(text, tables.runs(), false);
    text.append('\n');
    result.facts().forEach((name, value) -> text.append("- %s: %s%n".formatted(name, value)));
    return text.toString();
  }

  /**
   * Every epoch of every run.
   *
   * @return CSV with a heading
   */
  public String csv() {
    StringBuilder text = new StringBuilder();
    text.append(
        "arm,seed,epoch,train_loss,train_accuracy,test_loss,test_accuracy,connections,r,polarity,"
            + "polarity_low,polarity_high\n");
    for (Arm arm : result.study().arms()) {
      result
          .evidence()
          .runs(arm.id())
          .forEach((seed, run) -> {
            for (int epoch = 1; epoch <= run.epochs(); epoch++) {
              line(text, arm.id(), seed, run, epoch);
            }
          });
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String arm, long seed, Trajectory run, int epoch) {
    EpochReport report = run.report(epoch);
    text.append(arm).append(',').append(seed).append(',').append(epoch);
    text.append(',').append(report.trainLoss()).append(',').append(report.trainAccuracy());
    text.append(',').append(report.test().loss()).append(',').append(report.test().accuracy());
    text.append(',').append(report.connections());
    Trajectory.Look look = run.look(epoch);
    if (look == null) {
      text.append(",,,,");
    } else {
      Polarity polarity = look.polarity();
      text.append(',').append(look.trend().centerMeanRatio());
      text.append(',').append(polarity.index());
      text.append(',').append(polarity.low()).append(',').append(polarity.high());
    }
    text.append('\n');
  }

  /**
   * Everything but the epochs between those that are looked at.
   *
   * @return an object of JSON
   */
  public Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("study", result.study().id());
    json.put("complete", result.complete());
    json.put("seeds", result.seeds());
    json.put("facts", result.facts());
    List<Map<String, @Nullable Object>> published = new ArrayList<>();
    List<Map<String, @Nullable Object>> readings = new ArrayList<>();
    for (Section section : result.study().sections()) {
      result.repetitions(section).forEach(each -> published.add(json(each)));
      for (Arm arm : section.arms()) {
        for (int epoch : new StudyTables(result).moments(arm)) {
          result.evidence().at(arm.id(), epoch).forEach(each -> readings.add(json(each)));
        }
      }
    }
    json.put("published", published);
    json.put("readings", readings);
    List<Map<String, @Nullable Object>> claims = new ArrayList<>();
    result
        .verdicts()
        .forEach((claim, verdict) -> {
          Map<String, @Nullable Object> line = new LinkedHashMap<>();
          line.put("claim", claim.id());
          line.put("words", claim.words());
          line.put("verdict", verdict.answer().name().toLowerCase(Locale.ROOT));
          line.put("evidence", verdict.evidence());
          claims.add(line);
        });
    json.put("claims", claims);
    json.put("runs", result.runs());
    return json;
  }

  private static Map<String, @Nullable Object> json(Repetition each) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("row", each.published().id());
    line.put("arm", each.published().arm());
    line.put("epoch", each.published().epoch());
    line.put("measure", each.goal().measure().key());
    line.put("published", each.goal().published());
    line.put("low", number(each.goal().low()));
    line.put("high", number(each.goal().high()));
    line.put("values", each.ours().values());
    line.put("seeds", each.ours().seeds());
    line.put("mean", number(each.ours().mean()));
    line.put("deviation", number(each.ours().deviation()));
    line.put("verdict", each.answer().name().toLowerCase(Locale.ROOT));
    return line;
  }

  private static Map<String, @Nullable Object> json(Reading reading) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("arm", reading.arm());
    line.put("seed", reading.seed());
    line.put("epoch", reading.report().epoch());
    for (Measure measure : Measure.values()) {
      line.put(measure.key(), number(measure.of(reading)));
    }
    Trajectory.Look look = reading.look();
    if (look != null) {
      line.put("polarity_interval", List.of(look.polarity().low(), look.polarity().high()));
      line.put("trend", look.trend().values());
    }
    line.put("connections", reading.report().connections());
    return line;
  }

  /** JSON has no NaN and no infinity. */
  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
