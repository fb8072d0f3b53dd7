package dev.rewire.report;

import dev.rewire.bench.Bench;
import dev.rewire.bench.Ceiling;
import dev.rewire.bench.Ceiling.Rate;
import dev.rewire.bench.Ceiling.Read;
import dev.rewire.bench.Kernel;
import dev.rewire.bench.Race;
import dev.rewire.bench.Race.Heat;
import dev.rewire.bench.Scaling;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Kind;
import dev.rewire.picture.Chart.Series;
import dev.rewire.picture.Svg;
import dev.rewire.report.RunPage.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Measurements of a machine as one HTML file that needs nothing else, no network and no script. */
public final class BenchPage {
  /** No number of a table is below this. */
  private static final double NO_LOSS = 0;

  private final Bench bench;
  private final Map<String, String> machine;
  private final HtmlPage html;

  private BenchPage(Bench bench, Map<String, String> machine) throws IOException {
    this.bench = bench;
    this.machine = machine;
    html =
        new HtmlPage(
            "Sparse against dense on this machine",
            "%s, %s%s"
                .formatted(
                    machine.getOrDefault("processor", "a processor"),
                    threads(bench.threads()),
                    bench.interrupted()
                        ? "; the measurement was interrupted, what is missing was not measured"
                        : ""));
  }

  /**
   * Writes the file.
   *
   * @param bench what was measured
   * @param machine what it was measured on, in words
   * @param path where to
   * @throws IOException if it cannot be written
   */
  public static void write(Bench bench, Map<String, String> machine, Path path) throws IOException {
    Files.writeString(path, new BenchPage(bench, machine).html());
  }

  private String html() {
    html.facts(facts());
    race();
    Ceiling ceiling = bench.ceiling();
    if (ceiling != null) {
      ceiling(ceiling);
    }
    Scaling scaling = bench.scaling();
    if (scaling != null) {
      scaling(scaling);
    }
    html.section("Machine", "What was measured, and on what. bench.json has every number.");
    html.settings(Map.of("machine", machine));
    return html.end();
  }

  private static String threads(int threads) {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    List<Heat> heats = bench.race().heats();
    heats.stream()
        .max(Comparator.comparingDouble(Heat::speedUp))
        .ifPresent(best ->
            facts.add(
                new Fact(number("%.1f x", best.speedUp()), "faster than dense, " + where(best))));
    heats.stream()
        .min(Comparator.comparingDouble(Heat::speedUp))
        .ifPresent(worst ->
            facts.add(new Fact(number("%.2f x", worst.speedUp()), "at worst, " + where(worst))));
    Ceiling ceiling = bench.ceiling();
    if (ceiling != null) {
      ceiling.rates().stream()
          .filter(rate -> rate.kernel() == Kernel.FORWARD)
          .limit(1)
          .forEach(rate ->
              facts.add(
                  new Fact(
                      number("%.0f %%", 100 * rate.fraction()),
                      "of the bandwidth ceiling, forward in " + rate.level())));
    }
    return facts;
  }

  private static String where(Heat heat) {
    return number(
        "%,d neurons, batch %d, density %.3g %%", heat.width(), heat.batch(), 100 * heat.density());
  }

  private void race() {
    html.section(
        "Where sparse beats dense",
        "The training step of one layer (forward, gradient of the inputs, gradient of the weights"
            + " with their update) with some of its connections, against the same layer with all"
            + " of them. Above the line sparse is faster, below it dense is.");
    Map<Integer, Map<Integer, List<Heat>>> widths = new TreeMap<>();
    bench
        .race()
        .curves()
        .forEach((curve, heats) ->
            widths
                .computeIfAbsent(curve.width(), width -> new LinkedHashMap<>())
                .put(curve.batch(), heats));
    if (widths.isEmpty()) {
      html.paragraph("Nothing was measured.");
      return;
    }
    double least = SpeedUpChart.least(bench.race());
    double most = SpeedUpChart.most(bench.race());
    html.append("<div class=\"pair\">\n");
    widths.forEach(
        (width, curves) -> html.figure(new SpeedUpChart(width, curves, least, most).svg()));
    html.append("</div>\n");
    html.section(
        "The same in numbers",
        "How many times faster sparse is than dense; below 1 dense is faster. The last column is"
            + " the density from which on dense wins.");
    html.table(raceTable(), 1);
  }

  private List<List<String>> raceTable() {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("width", "batch"));
    bench.scope().densities().forEach(density -> head.add(Svg.percent(density)));
    head.add("dense ms");
    head.add("dense wins from");
    rows.add(head);
    bench
        .race()
        .curves()
        .forEach((curve, heats) -> {
          List<String> row = new ArrayList<>();
          row.add(number("%,d", curve.width()));
          row.add(String.valueOf(curve.batch()));
          for (int d = 0; d < bench.scope().densities().size(); d++) {
            row.add(d < heats.size() ? number("%.3gx", heats.get(d).speedUp()) : "-");
          }
          row.add(number("%.3f", 1000 * heats.getFirst().denseSeconds()));
          double crossover = Race.crossover(heats);
          row.add(
              crossover <= 0 ? "the start" : crossover >= 1 ? "nowhere" : Svg.percent(crossover));
          rows.add(row);
        });
    return rows;
  }

  private void ceiling(Ceiling ceiling) {
    html.section(
        "How near the limits",
        "A connection reads 4 bytes a sample for 2 operations, so no kernel can do more operations"
            + " a second than half the bytes that can be read from the level that holds the"
            + " activations. One thread, batch "
            + bench.scope().batch()
            + number(", epsilon %.0f.", bench.scope().epsilon()));
    if (ceiling.rates().isEmpty()) {
      html.paragraph("Nothing was measured.");
      return;
    }
    html.append("<div class=\"medium\">\n");
    html.figure(new CeilingBars(ceiling.rates()).svg());
    html.append("</div>\n");
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("level", "neurons", "connections", "read GB/s", "kernel", "GFLOP/s", "reached"));
    for (Rate rate : ceiling.rates()) {
      rows.add(
          List.of(
              rate.level(),
              number("%,d", rate.neurons()),
              number("%,d", rate.connections()),
              number("%.1f", 2 * rate.ceiling()),
              rate.kernel().title(),
              number("%.1f", rate.gigaflops()),
              number("%.0f %%", 100 * rate.fraction())));
    }
    html.table(rows, NO_LOSS);
    html.append("<div class=\"pair\">\n");
    html.figure(bandwidth(ceiling).svg());
    html.append("</div>\n");
  }

  private static Chart bandwidth(Ceiling ceiling) {
    List<Read> inOrder = ceiling.bandwidths().stream().filter(read -> !read.random()).toList();
    List<Read> random = ceiling.bandwidths().stream().filter(Read::random).toList();
    double most = ceiling.bandwidths().stream().mapToDouble(Read::gigabytes).max().orElse(1);
    double least = ceiling.bandwidths().stream().mapToDouble(Read::bytes).min().orElse(1) / 1e6;
    double largest = ceiling.bandwidths().stream().mapToDouble(Read::bytes).max().orElse(1) / 1e6;
    List<Series> series = new ArrayList<>();
    series.add(reads("in order", "a", inOrder));
    if (!random.isEmpty()) {
      series.add(reads("random rows", "b", random));
    }
    return new Chart(
        "Read bandwidth, one thread",
        Axis.logarithmic(least, largest),
        "megabytes read again and again, log scale",
        Axis.linear(0, most),
        "GB/s",
        series);
  }

  private static Series reads(String name, String style, List<Read> reads) {
    List<Read> sorted = reads.stream().sorted(Comparator.comparingLong(Read::bytes)).toList();
    return new Series(
        name,
        style,
        Kind.LINE,
        sorted.stream().mapToDouble(read -> read.bytes() / 1e6).toArray(),
        sorted.stream().mapToDouble(Read::gigabytes).toArray());
  }

  private void scaling(Scaling scaling) {
    html.section(
        "Threads",
        "How many times faster than one thread. No result depends on the number of threads, bit by"
            + " bit.");
    Map<String, List<Series>> charts = new LinkedHashMap<>();
    scaling
        .curves()
        .forEach((curve, runs) ->
            charts
                .computeIfAbsent(curve.what(), what -> new ArrayList<>())
                .add(
                    new Series(
                        shortName(curve.kernel()),
                        style(curve.kernel()),
                        Kind.LINE,
                        runs.stream().mapToDouble(Scaling.Run::threads).toArray(),
                        runs.stream()
                            .mapToDouble(run -> runs.getFirst().seconds() / run.seconds())
                            .toArray())));
    int most = scaling.runs().stream().mapToInt(Scaling.Run::threads).max().orElse(1);
    if (most == 1) {
      html.paragraph("There was one thread only.");
      return;
    }
    html.append("<div class=\"pair\">\n");
    charts.forEach((what, series) -> {
      series.add(
          new Series("ideal", "e", Kind.LINE, new double[] {1, most}, new double[] {1, most}));
      html.figure(
          new Chart(
                  what,
                  Axis.whole(1, most),
                  "threads",
                  Axis.linear(0, Math.max(most, highest(series))),
                  "speed-up",
                  series)
              .svg());
    });
    html.append("</div>\n");
  }

  private static double highest(List<Series> series) {
    double highest = 0;
    for (Series each : series) {
      for (double value : each.y()) {
        highest = Math.max(highest, value);
      }
    }
    return highest;
  }

  private static String shortName(Kernel kernel) {
    return switch (kernel) {
      case FORWARD -> "forward";
      case INPUT_GRADIENT -> "inputs";
      case WEIGHT_GRADIENT -> "weights";
      case STEP -> "step";
    };
  }

  private static String style(Kernel kernel) {
    return switch (kernel) {
      case FORWARD -> "a";
      case INPUT_GRADIENT -> "b";
      case WEIGHT_GRADIENT -> "c";
      case STEP -> "d";
    };
  }
}
