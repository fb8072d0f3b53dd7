package dev.rewire.report;

import dev.rewire.picture.Axis;
import dev.rewire.picture.Svg;
import dev.rewire.sweep.Summary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A row for each setting: a point for each seed, a mark for their mean, a bar of one standard
 * deviation to both sides.
 *
 * @param title what it shows
 * @param name of the metric, with the unit
 * @param factor what values are multiplied with: 100 for percent
 * @param summaries one a setting
 */
record SeedsPicture(String title, String name, double factor, List<Summary> summaries) {
  private static final int WIDTH = 760;
  private static final int LEFT = 250;
  private static final int RIGHT = 20;
  private static final int TOP = 34;
  private static final int ROW = 26;
  private static final int BOTTOM = 46;
  private static final int MOST_LETTERS = 36;

  String svg() {
    int floor = TOP + ROW * summaries.size();
    Svg svg = new Svg(WIDTH, floor + BOTTOM, title);
    svg.text("title", "start", 8, 16, title);
    double[] all =
        summaries.stream()
            .flatMapToDouble(
                each -> DoubleStream.concat(DoubleStream.of(each.values()), ends(each)))
            .toArray();
    if (all.length == 0) {
      return svg.toString();
    }
    Axis axis =
        Axis.linear(
            factor * Arrays.stream(all).min().getAsDouble(),
            factor * Arrays.stream(all).max().getAsDouble());
    for (double mark : axis.marks()) {
      svg.line("grid", x(axis, mark), TOP, x(axis, mark), floor);
      svg.text("mark", "middle", x(axis, mark), floor + 17, axis.label(mark));
    }
    svg.line("axis", LEFT, floor, WIDTH - RIGHT, floor);
    svg.text("name", "middle", (LEFT + WIDTH - RIGHT) / 2.0, floor + BOTTOM - 10, name);
    for (int s = 0; s < summaries.size(); s++) {
      row(svg, axis, summaries.get(s), TOP + ROW * (s + 0.5));
    }
    return svg.toString();
  }

  private void row(Svg svg, Axis axis, Summary summary, double y) {
    String label = summary.setting().label();
    boolean whole = label.length() <= MOST_LETTERS;
    svg.text(
        "mark",
        "end",
        LEFT - 8,
        y + 4,
        whole ? label : "..." + label.substring(label.length() - MOST_LETTERS));
    for (int v = 0; v < summary.values().length; v++) {
      double value = factor * summary.values()[v];
      svg.dot(
          "dot a",
          x(axis, value),
          y,
          "%s, seed %d: %s".formatted(label, summary.seeds()[v], value));
    }
    if (summary.values().length > 1) {
      double mean = x(axis, factor * summary.mean());
      svg.line("goal", mean, y - 9, mean, y + 9);
      double[] ends = ends(summary).map(end -> x(axis, factor * end)).toArray();
      svg.line("goal", ends[0], y, ends[1], y);
    }
  }

  /** A standard deviation below the mean and above it; none for a single run. */
  private static DoubleStream ends(Summary summary) {
    return summary.values().length < 2
        ? DoubleStream.empty()
        : DoubleStream.of(
            summary.mean() - summary.deviation(), summary.mean() + summary.deviation());
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - RIGHT - LEFT);
  }
}
