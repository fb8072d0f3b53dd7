package dev.rewire.report;

import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import dev.rewire.sweep.LotteryResult;
import dev.rewire.sweep.LotteryResult.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rounds of a lottery as one HTML file that needs nothing else. */
public final class LotteryPage {
  private static final String STYLES = "abc";

  /** No number of the table is below this. */
  private static final double NO_LOSS = 0;

  private LotteryPage() {}

  /**
   * Writes the file.
   *
   * @param dataset name of the data
   * @param result of all rounds, at least one
   * @param path where to
   * @throws IOException if it cannot be written
   */
  public static void write(String dataset, LotteryResult result, Path path) throws IOException {
    HtmlPage html = new HtmlPage(dataset, "Lottery tickets in " + dataset);
    html.section(
        "Rounds",
        "In each round the connections with the smallest weights go, and what stays is trained anew"
            + " from its first values (ticket), from newly drawn ones (random-init), or with as many"
            + " connections elsewhere (random-topology).");
    html.append("<div class=\"medium\">\n");
    html.figure(chart(result).svg());
    html.append("</div>\n");
    html.table(result.table(), NO_LOSS);
    Files.writeString(path, html.end());
  }

  private static Chart chart(LotteryResult result) {
    List<Round> ascending = result.rounds().reversed();
    double[] density = ascending.stream().mapToDouble(round -> 100 * round.density()).toArray();
    double factor = result.inPercent() ? 100 : 1;
    List<Series> series = new ArrayList<>();
    for (int a = 0; a < result.arms().size(); a++) {
      int arm = a;
      series.add(
          new Series(
              result.arms().get(a),
              STYLES.substring(a, a + 1),
              Kind.LINE,
              density,
              ascending.stream().mapToDouble(round -> factor * round.values()[arm]).toArray()));
    }
    double[] all =
        series.stream()
            .flatMapToDouble(each -> Arrays.stream(each.y()))
            .filter(Double::isFinite)
            .toArray();
    String name = result.metric().replace('_', ' ');
    return new Chart(
        name + " against density",
        Axis.logarithmic(density[0], density[density.length - 1]),
        "possible connections that are there, %",
        Axis.linear(Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1)),
        result.inPercent() ? name + ", %" : name,
        series);
  }
}
