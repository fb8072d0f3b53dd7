package dev.rewire.report;

import dev.rewire.bench.Race;
import dev.rewire.bench.Race.Heat;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Lettering;
import dev.rewire.picture.Svg;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many times faster sparse is than dense, over density, one line a batch. Both axes are
 * logarithmic, so that half as fast lies as far below the line as twice as fast lies above it.
 *
 * @param width neurons on both sides of the layer
 * @param curves heats by batch, densities ascending
 * @param least the smallest speed-up of all charts of the page, at most one half
 * @param most the largest, at least two
 */
record SpeedUpChart(int width, Map<Integer, List<Heat>> curves, double least, double most) {
  private static final String[] STYLES = {"a", "b", "c", "d", "e"};
  private static final int WIDTH = 520;
  private static final int HEIGHT = 380;
  private static final int LEFT = 52;
  private static final int RIGHT = 26;
  private static final int TOP = 46;
  private static final int BOTTOM = 44;

  String svg() {
    double first = curves.values().iterator().next().getFirst().density();
    Axis x = Axis.logarithmic(100 * Math.min(first, 0.5), 100);
    Axis y = Axis.logarithmic(least, most);
    String title = String.format(Locale.ROOT, "%,d x %,d neurons", width, width);
    Svg svg = new Svg(WIDTH, HEIGHT, "Speed-up over density, " + title);
    svg.text("title", "start", LEFT, 16, title);
    double even = py(y, 1);
    svg.area("loss", LEFT, even, WIDTH - RIGHT - LEFT, HEIGHT - BOTTOM - even);
    for (double mark : y.marks()) {
      svg.line("grid", LEFT, py(y, mark), WIDTH - RIGHT, py(y, mark));
      svg.text("mark", "end", LEFT - 6, py(y, mark) + 4, y.label(mark) + "x");
    }
    for (double mark : x.marks()) {
      svg.line("tick", px(x, mark), HEIGHT - BOTTOM, px(x, mark), HEIGHT - BOTTOM + 4);
      svg.text("mark", "middle", px(x, mark), HEIGHT - BOTTOM + 17, x.label(mark) + " %");
    }
    svg.line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    svg.line("even", LEFT, even, WIDTH - RIGHT, even);
    svg.text("mark", "start", LEFT + 6, even - 6, "sparse is faster");
    svg.text("mark", "start", LEFT + 6, even + 15, "dense is faster");
    svg.text("name", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "density, log scale");
    svg.upwards("name", 13, (TOP + HEIGHT - BOTTOM) / 2.0, "speed-up, log scale");
    lines(svg, x, y);
    return svg.toString();
  }

  private void lines(Svg svg, Axis x, Axis y) {
    int next = 0;
    double legend = LEFT;
    for (Map.Entry<Integer, List<Heat>> curve : curves.entrySet()) {
      String style = STYLES[next++ % STYLES.length];
      StringBuilder path = new StringBuilder();
      for (Heat heat : curve.getValue()) {
        path.append(path.isEmpty() ? "M" : "L")
            .append(Svg.number(px(x, 100 * heat.density())))
            .append(' ')
            .append(Svg.number(py(y, heat.speedUp())));
      }
      svg.path("line " + style, path.toString());
      for (Heat heat : curve.getValue()) {
        svg.dot(
            "dot " + style,
            px(x, 100 * heat.density()),
            py(y, heat.speedUp()),
            String.format(
                Locale.ROOT,
                "batch %d, density %s: %.3g x (sparse %.4g ms, dense %.4g ms)",
                heat.batch(),
                Svg.percent(heat.density()),
                heat.speedUp(),
                1000 * heat.sparseSeconds(),
                1000 * heat.denseSeconds()));
      }
      String name = "batch " + curve.getKey();
      svg.line("line " + style, legend, 32, legend + 22, 32);
      svg.text("mark", "start", legend + 26, 36, name);
      legend += 40 + Lettering.width(name);
    }
  }

  /** The three charts of a page have one scale, so that they can be compared. */
  static double least(Race race) {
    return Math.min(0.5, race.heats().stream().mapToDouble(Heat::speedUp).min().orElse(1) * 0.9);
  }

  static double most(Race race) {
    return Math.max(2, race.heats().stream().mapToDouble(Heat::speedUp).max().orElse(1) * 1.15);
  }

  private static double px(Axis x, double value) {
    return LEFT + x.place(value) * (WIDTH - RIGHT - LEFT);
  }

  private static double py(Axis y, double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - BOTTOM - TOP);
  }
}
