package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.picture.Svg;
import dev.rewire.report.RunPage.Fact;
import dev.rewire.study.Arm;
import dev.rewire.study.Grid;
import dev.rewire.study.Reading;
import dev.rewire.study.RunStatus;
import dev.rewire.study.Section;
import dev.rewire.study.StudyResult;
import dev.rewire.study.StudyTables;
import dev.rewire.study.Verdict.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A study as one HTML file that needs nothing else, no network and no script. */
public final class StudyPage {
  private static final String SIGN =
      "The sign of a seed is that of its polarity: plus or minus only where the interval of 95 % of"
          + " a random topology of the same size excludes chance. ";

  private final StudyResult result;
  private final StudyTables tables;
  private final @Nullable ImageShape image;
  private final HtmlPage html;

  private StudyPage(StudyResult result, @Nullable ImageShape image) throws IOException {
    this.result = result;
    this.image = image;
    tables = new StudyTables(result);
    html = new HtmlPage(result.study().title(), result.study().question());
  }

  /**
   * Writes the page.
   *
   * @param result what is known so far
   * @param image how the inputs lie in a picture, or null
   * @return the text of the file
   * @throws IOException if a picture cannot be packed
   */
  public static String html(StudyResult result, @Nullable ImageShape image) throws IOException {
    return new StudyPage(result, image).html();
  }

  private String html() throws IOException {
    facts();
    claims();
    for (Section section : result.study().sections()) {
      section(section);
    }
    runs();
    return html.end();
  }

  private void facts() {
    long finished = result.runs().stream().filter(RunStatus::finished).count();
    long reached = tables.count(Answer.HOLDS);
    long decided = reached + tables.count(Answer.FAILS);
    long hold = result.verdicts().values().stream().filter(v -> v.answer() == Answer.HOLDS).count();
    long open = result.verdicts().values().stream().filter(v -> v.answer() == Answer.OPEN).count();
    html.facts(
        List.of(
            new Fact("%d of %d".formatted(finished, result.runs().size()), "runs finished"),
            new Fact(String.valueOf(result.seeds().size()), "seeds"),
            new Fact("%d of %d".formatted(reached, decided), "published numbers reached"),
            new Fact(
                "%d of %d".formatted(hold, result.study().claims().size() - open),
                "claims hold in all seeds")));
    missing();
  }

  /** What is not finished, folded: one line an arm. */
  private void missing() {
    Map<String, List<String>> seeds = new LinkedHashMap<>();
    for (RunStatus run : result.runs()) {
      if (!run.finished()) {
        String arm = "%s (%d epochs)".formatted(title(run.arm()), run.planned());
        String at = run.epochs() == 0 ? "" : " at epoch " + run.epochs();
        seeds.computeIfAbsent(arm, name -> new ArrayList<>()).add(run.seed() + at);
      }
    }
    if (seeds.isEmpty()) {
      return;
    }
    html.section(
        "What is missing",
        "This page is not complete yet: %s runs that are not finished."
            .formatted(seeds.size() == 1 ? "1 setting has" : seeds.size() + " settings have"));
    html.append(
        "<details class=\"missing\"><summary>Which settings, which seeds</summary>\n<ul>\n");
    seeds.forEach((arm, numbers) ->
        html.append(
            "<li>%s: seed %s</li>\n"
                .formatted(Svg.escape(arm), Svg.escape(String.join(", ", numbers)))));
    html.append("</ul></details>\n");
  }

  private void claims() {
    html.section(
        "What was said, and whether it is so",
        "A claim holds if it holds in every seed that has come so far.");
    words(tables.claims(), 2);
  }

  /** A table of words, with a mark beside what holds and what does not. */
  private void words(List<List<String>> rows, int verdict) {
    html.append("<div class=\"wide\"><table class=\"words\">\n");
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr>");
      for (int c = 0; c < rows.get(r).size(); c++) {
        String cell = rows.get(r).get(c);
        String open = r == 0 ? "<th>" : c == verdict ? style(cell) : "<td>";
        html.append(open + Svg.escape(cell) + (r == 0 ? "</th>" : "</td>"));
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private static String style(String verdict) {
    return switch (verdict) {
      case "holds", "reached" -> "<td class=\"yes\">";
      case "does not hold", "holds in some seeds", "missed" -> "<td class=\"no\">";
      default -> "<td class=\"open\">";
    };
  }

  private void section(Section section) throws IOException {
    html.section(section.title(), section.text());
    List<List<String>> arms = tables.arms(section);
    if (!section.published().isEmpty()) {
      html.append("<h3>Published and ours</h3>\n");
      words(tables.published(section), 8);
    }
    if (arms.size() == 1) {
      html.paragraph("There is no run of this section yet.");
      return;
    }
    Grid grid = section.grid();
    if (grid != null) {
      html.append(
          "<h3>%s after %d epochs%s</h3>%n"
              .formatted(
                  grid.measure().title(),
                  grid.epoch(),
                  looks() ? ", and the sign of each seed" : ""));
      words(tables.grid(grid), -1);
    }
    html.append(
        "<h3>All runs, mean and deviation of the seeds</h3><p>%sDifferences are in points, with the p-value of the paired t-test.</p>%n"
            .formatted(looks() ? SIGN : ""));
    words(arms, -1);
    StudyCharts charts = new StudyCharts(result, image);
    for (List<Arm> group : charts.groups(section)) {
      charts(charts, group);
    }
    if (image != null) {
      maps(section, image);
    }
  }

  private void charts(StudyCharts charts, List<Arm> group) {
    if (looks()) {
      html.pair(charts.ratio(group).svg(), charts.trend(group).svg());
      html.append("<div class=\"gap\"></div>\n");
    }
    html.pair(charts.testLoss(group).svg(), charts.testAccuracy(group).svg());
    html.append("<div class=\"gap\"></div>\n");
  }

  /** The heat maps of all arms at each epoch that several of them share, on one scale. */
  private void maps(Section section, ImageShape shape) throws IOException {
    Map<Integer, List<Arm>> moments = new LinkedHashMap<>();
    for (Arm arm : section.arms()) {
      for (int epoch : tables.moments(arm)) {
        if (result.evidence().at(arm.id(), epoch).stream().anyMatch(r -> r.pixels() != null)) {
          moments.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(arm);
        }
      }
    }
    for (Map.Entry<Integer, List<Arm>> moment : moments.entrySet()) {
      MeanMaps maps = new MeanMaps(shape);
      for (Arm arm : moment.getValue()) {
        List<Reading> readings = result.evidence().at(arm.id(), moment.getKey());
        maps.add(arm.title(), readings);
      }
      html.append(
          "<h3>Connections of each pixel after %d epochs, mean of the seeds</h3>%n"
              .formatted(moment.getKey()));
      html.append(maps.html());
    }
  }

  private void runs() {
    html.section(
        "Runs",
        "Each run is a folder: rewire inspect, resume and reproduce take it. The same command goes"
            + " on where this one ended.");
    words(tables.runs(), -1);
    html.settings(Map.of("made with", result.facts()));
  }

  private boolean looks() {
    return result.study().looksAtInputs();
  }

  private String title(String arm) {
    return result.study().arm(arm).map(Arm::title).orElse(arm);
  }
}
