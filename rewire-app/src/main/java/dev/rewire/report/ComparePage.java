package dev.rewire.report;

import dev.rewire.measure.Degrees;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import dev.rewire.report.RunPage.Fact;
import dev.rewire.trajectory.DistanceMap;
import dev.rewire.trajectory.RunComparison;
import dev.rewire.trajectory.RunComparison.Run;
import dev.rewire.trajectory.Trajectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Runs side by side as one HTML file that needs nothing else, no network and no script. */
public final class ComparePage {
  private static final int IN_ONE_CHART = 5;
  private static final String STYLES = "abcde";

  private final RunComparison comparison;
  private final CompareTables tables;
  private final HtmlPage html;

  private ComparePage(RunComparison comparison) throws IOException {
    this.comparison = comparison;
    tables = new CompareTables(comparison);
    html =
        new HtmlPage(
            "Runs compared", String.join(", ", comparison.runs().stream().map(Run::name).toList()));
  }

  /**
   * Writes the page.
   *
   * @param comparison what to tell
   * @return the text of the file
   * @throws IOException if its style cannot be read
   */
  public static String html(RunComparison comparison) throws IOException {
    return new ComparePage(comparison).html();
  }

  private String html() {
    html.facts(
        List.of(
            new Fact(String.valueOf(comparison.runs().size()), "runs"),
            new Fact(
                String.format(Locale.ROOT, "%.0f s", comparison.budget()),
                "that all of them have had")));
    html.section(
        "Runs",
        "Polarity with the interval of a random topology; the power law that fits the degrees of the"
            + " inputs best, plausible (Clauset) where p is above 0.1.");
    html.table(tables.runs(), 0);
    List<Run> runs = comparison.runs();
    for (int from = 0; from < runs.size(); from += IN_ONE_CHART) {
      group(runs.subList(from, Math.min(runs.size(), from + IN_ONE_CHART)));
    }
    parameters();
    DistanceMap map = comparison.map();
    html.section(
        "Distances",
        map == null
            ? comparison.unmapped() + "."
            : "The distance of two topologies (NNSTD) is the share of a neuron's connections that its"
                + " best partner in the other network does not have: 0 for the same graph up to the"
                + " order of neurons, 1 if nothing is common; the mean over the layers that are not"
                + " complete.");
    if (map != null) {
      distances(map);
    }
    return html.end();
  }

  private void group(List<Run> runs) {
    html.section(
        "Learning" + (comparison.runs().size() > IN_ONE_CHART ? ": " + names(runs) : ""),
        "Test accuracy and loss over epochs, and over the seconds that training, evolution and test"
            + " took.");
    html.pair(
        epochs("Test accuracy", "samples classified rightly, %", runs, ComparePage::accuracy).svg(),
        epochs(
                "Test loss",
                "mean loss of a sample",
                runs,
                (run, epoch) -> run.trajectory().report(epoch).test().loss())
            .svg());
    html.append("<div class=\"gap\"></div>\n");
    html.pair(seconds(runs).svg(), degrees(runs).svg());
    html.append("<div class=\"gap\"></div>\n");
    if (runs.stream().allMatch(run -> run.trajectory().look(1) != null)) {
      html.pair(
          epochs(
                  "Polarity: centre against margin",
                  "-1 to 1, 0 for the same",
                  runs,
                  (run, epoch) -> look(run, epoch).polarity().index())
              .svg(),
          epochs(
                  "r: centre over all pixels",
                  "ratio of mean connections",
                  runs,
                  (run, epoch) -> look(run, epoch).trend().centerMeanRatio())
              .svg());
    }
  }

  private static String names(List<Run> runs) {
    return String.join(", ", runs.stream().map(Run::name).toList());
  }

  private static Trajectory.Look look(Run run, int epoch) {
    Trajectory.Look look = run.trajectory().look(epoch);
    if (look == null) {
      throw new IllegalStateException(run.name() + " has no picture");
    }
    return look;
  }

  private static double accuracy(Run run, int epoch) {
    return 100 * run.trajectory().report(epoch).test().accuracy();
  }

  /** A number of a run at an epoch. */
  private interface Course {
    double at(Run run, int epoch);
  }

  private Chart epochs(String title, String name, List<Run> runs, Course course) {
    List<Series> series = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      Run run = runs.get(r);
      int epochs = run.trajectory().epochs();
      double[] x = IntStream.rangeClosed(1, epochs).asDoubleStream().toArray();
      double[] y = IntStream.rangeClosed(1, epochs).mapToDouble(e -> course.at(run, e)).toArray();
      series.add(new Series(label(run), style(r), Kind.LINE, x, y));
    }
    double last = series.stream().mapToDouble(each -> each.x().length).max().orElse(1);
    return new Chart(title, Axis.whole(1, last), "epoch", axis(series), name, series);
  }

  private Chart seconds(List<Run> runs) {
    List<Series> series = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      Run run = runs.get(r);
      double[] y =
          IntStream.rangeClosed(1, run.trajectory().epochs())
              .mapToDouble(epoch -> accuracy(run, epoch))
              .toArray();
      series.add(new Series(label(run), style(r), Kind.LINE, run.seconds(), y));
    }
    double last = most(series, each -> each.x()[each.x().length - 1]);
    return new Chart(
        "Test accuracy at equal seconds",
        Axis.linear(0, last),
        "seconds",
        axis(series),
        "samples classified rightly, %",
        series);
  }

  /** How many inputs have so many connections or more: a power law is a straight line. */
  private Chart degrees(List<Run> runs) {
    List<Series> series = new ArrayList<>();
    for (int r = 0; r < runs.size(); r++) {
      Degrees degrees = runs.get(r).degrees();
      if (degrees != null) {
        double[] ccdf = degrees.ccdf();
        double[] x = IntStream.range(1, ccdf.length).asDoubleStream().toArray();
        double[] y = Arrays.copyOfRange(ccdf, 1, ccdf.length);
        series.add(new Series(label(runs.get(r)), style(r), Kind.STEPS, x, y));
      }
    }
    double most = Math.max(2, most(series, each -> each.x()[each.x().length - 1]));
    return new Chart(
        "Degrees of the inputs at the end, both axes logarithmic",
        Axis.logarithmic(1, most),
        "connections of an input",
        Axis.logarithmic(0.001, 1),
        "share of inputs with as many or more",
        series);
  }

  private void parameters() {
    html.section(
        "At equal parameters",
        "Runs with as many connections, to within 1 %, at the epoch that all of them have reached.");
    html.table(tables.equalParameters(), 0);
    html.section(
        "At equal seconds",
        "How far each run had come when the fastest one was through: training, evolution and test.");
    html.table(tables.equalSeconds(), 0);
  }

  private void distances(DistanceMap map) {
    html.table(tables.distances(map), 0);
    html.append("<div class=\"medium\">\n");
    html.figure(new TrajectoryMap(comparison, map).svg());
    html.append("</div>\n");
  }

  private static Axis axis(List<Series> series) {
    double[] all = series.stream().flatMapToDouble(each -> Arrays.stream(each.y())).toArray();
    return Axis.linear(Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1));
  }

  private static double most(List<Series> series, ToDoubleFunction<Series> value) {
    return series.stream().filter(each -> each.x().length > 0).mapToDouble(value).max().orElse(1);
  }

  /** Names of folders are long: the table of the runs has their numbers. */
  private String label(Run run) {
    return "run " + (comparison.runs().indexOf(run) + 1);
  }

  private static String style(int r) {
    return STYLES.substring(r, r + 1);
  }
}
