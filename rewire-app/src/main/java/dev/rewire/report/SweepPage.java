package dev.rewire.report;

import dev.rewire.report.RunPage.Fact;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Summary;
import dev.rewire.sweep.SweepResult;
import dev.rewire.sweep.SweepTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The results of many runs as one HTML file that needs nothing else, no network and no script. */
public final class SweepPage {
  /** No number of a table is below this. */
  private static final double NO_LOSS = 0;

  private SweepPage() {}

  /**
   * Writes the file.
   *
   * @param dataset name of the data
   * @param result of all runs
   * @param settings what is the same in all of them, by section
   * @param path where to
   * @throws IOException if it cannot be written
   */
  public static void write(
      String dataset, SweepResult result, Map<String, Map<String, String>> settings, Path path)
      throws IOException {
    SweepTable table = new SweepTable(result);
    HtmlPage html = new HtmlPage(dataset, table.title());
    long diverged = result.outcomes().stream().filter(Outcome::diverged).count();
    html.facts(
        List.of(
            new Fact(String.valueOf(result.outcomes().size()), "runs"),
            new Fact(String.valueOf(result.summaries().size()), "settings"),
            new Fact(String.valueOf(result.seeds().size()), "seeds"),
            new Fact(String.valueOf(diverged), "diverged")));
    html.section(
        "Results",
        "A point for each seed, an upright mark for the mean of a setting, a bar of one standard"
            + " deviation to both sides; the deviation is that of a sample. runs.csv has every run, sweep.csv this table with all digits.");
    html.append("<div class=\"medium\">\n");
    html.figure(picture(result).svg());
    html.append("</div>\n");
    html.table(table.settings(), NO_LOSS);
    if (!table.note().isEmpty()) {
      html.paragraph(table.note());
    }
    if (!result.comparisons().isEmpty()) {
      html.section("Differences", table.explanation());
      html.table(table.comparisons(), NO_LOSS);
    }
    html.section("Settings", "What is the same in all runs; sweep.yaml has it in full.");
    html.settings(settings);
    Files.writeString(path, html.end());
  }

  private static SeedsPicture picture(SweepResult result) {
    String name = result.metric().replace('_', ' ');
    List<Summary> summaries = result.summaries();
    return new SeedsPicture(
        name + " of each run",
        result.inPercent() ? name + " in %" : name,
        result.inPercent() ? 100 : 1,
        summaries);
  }
}
