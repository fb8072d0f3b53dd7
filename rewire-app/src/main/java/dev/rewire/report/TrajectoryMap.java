package dev.rewire.report;

import dev.rewire.picture.Svg;
import dev.rewire.trajectory.DistanceMap;
import dev.rewire.trajectory.RunComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A map of topologies: each run is a path from its start to its end, near is similar.
 *
 * @param comparison the runs
 * @param map their places
 */
record TrajectoryMap(RunComparison comparison, DistanceMap map) {
  private static final int SIDE = 520;
  private static final int WIDTH = 760;
  private static final int MARGIN = 34;
  private static final String STYLES = "abcde";

  String svg() {
    String title =
        String.format(
            Locale.ROOT,
            "Map of the topologies: it shows %.0f %% of the distances",
            100 * map.map().explained());
    Svg svg = new Svg(WIDTH, SIDE, title);
    svg.text("title", "start", MARGIN, 16, title);
    for (int run = 0; run < comparison.runs().size(); run++) {
      path(svg, run);
    }
    return svg.toString();
  }

  private void path(Svg svg, int run) {
    String style = STYLES.substring(run % STYLES.length(), run % STYLES.length() + 1);
    StringBuilder path = new StringBuilder();
    List<Integer> own = new ArrayList<>();
    for (int m = 0; m < map.moments().size(); m++) {
      if (map.moments().get(m).run() == run) {
        path.append(own.isEmpty() ? "M" : "L")
            .append(Svg.number(px(m)))
            .append(' ')
            .append(Svg.number(py(m)));
        own.add(m);
      }
    }
    svg.path("line " + style, path.toString());
    String name = comparison.runs().get(run).name();
    for (int m : own) {
      svg.dot(
          "dot " + style,
          px(m),
          py(m),
          "%s, after %d epochs".formatted(name, map.moments().get(m).epoch()));
    }
    int last = own.getLast();
    svg.text("mark", "start", px(last) + 6, py(last) + 4, String.valueOf(run + 1));
    double row = 40 + 20.0 * run;
    svg.line("line " + style, SIDE + 8, row - 4, SIDE + 36, row - 4);
    svg.text("mark", "start", SIDE + 42, row, "%d  %s".formatted(run + 1, name));
  }

  /** One scale for both axes, so that distances can be seen. */
  private double px(int m) {
    return MARGIN + (map.map().x()[m] - least(map.map().x())) * scale();
  }

  private double py(int m) {
    return SIDE - MARGIN - (map.map().y()[m] - least(map.map().y())) * scale();
  }

  private double scale() {
    double widest = Math.max(range(map.map().x()), range(map.map().y()));
    return widest == 0 ? 0 : (SIDE - 2.0 * MARGIN) / widest;
  }

  private static double least(double[] values) {
    return Arrays.stream(values).min().orElse(0);
  }

  private static double range(double[] values) {
    return Arrays.stream(values).max().orElse(0) - least(values);
  }
}
