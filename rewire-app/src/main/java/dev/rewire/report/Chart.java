package dev.rewire.report;

import java.util.List;

/**
 * Lines or bars over a common horizontal axis.
 *
 * @param title what it shows
 * @param x axis from left to right
 * @param xName its name, with the unit
 * @param y axis upwards
 * @param yName its name, with the unit
 * @param series what to draw; values that are not finite leave a gap
 */
record Chart(String title, Axis x, String xName, Axis y, String yName, List<Series> series) {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 300;
  private static final int LEFT = 66;
  private static final int RIGHT = 12;
  private static final int TOP = 40;
  private static final int BOTTOM = 44;
  private static final int DOTS_UP_TO = 30;

  enum Kind {
    LINE,
    STEPS,
    BARS
  }

  /**
   * Values to draw.
   *
   * @param name for the legend
   * @param style a to e: colour and dashes
   * @param kind how
   * @param x horizontal values, ascending
   * @param y one value each
   */
  record Series(String name, String style, Kind kind, double[] x, double[] y) {}

  String svg() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    svg.text("title", "start", LEFT, 16, title);
    for (double mark : y.marks()) {
      svg.line("grid", LEFT, py(mark), WIDTH - RIGHT, py(mark));
      svg.text("mark", "end", LEFT - 6, py(mark) + 4, y.label(mark));
    }
    for (double mark : x.marks()) {
      svg.line("tick", px(mark), HEIGHT - BOTTOM, px(mark), HEIGHT - BOTTOM + 4);
      svg.text("mark", "middle", px(mark), HEIGHT - BOTTOM + 17, x.label(mark));
    }
    svg.line("axis", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    svg.text("name", "middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, xName);
    svg.upwards("name", 13, (TOP + HEIGHT - BOTTOM) / 2.0, yName);
    for (Series each : series) {
      switch (each.kind()) {
        case BARS -> bars(svg, each);
        case LINE, STEPS -> line(svg, each);
      }
    }
    if (series.size() > 1) {
      legend(svg);
    }
    return svg.toString();
  }

  private void legend(Svg svg) {
    // beside the title, or below it when that would be too long
    double y = series.size() > 2 ? 33 : 16;
    double at = WIDTH - RIGHT;
    for (int s = series.size() - 1; s >= 0; s--) {
      String name = series.get(s).name();
      svg.text("mark", "end", at, y, name);
      at -= 7.0 * name.length() + 6;
      svg.line("line " + series.get(s).style(), at - 24, y - 4, at, y - 4);
      at -= 38;
    }
  }

  private void line(Svg svg, Series each) {
    StringBuilder path = new StringBuilder();
    boolean begun = false;
    for (int i = 0; i < each.x().length; i++) {
      double value = each.y()[i];
      if (!Double.isFinite(value)) {
        begun = false;
        continue;
      }
      path.append(begun ? "L" : "M").append(point(each.x()[i], value));
      begun = true;
      if (each.kind() == Kind.STEPS && i + 1 < each.x().length) {
        path.append("L").append(point(each.x()[i + 1], value));
      }
    }
    svg.path("line " + each.style(), path.toString());
    for (int i = 0; each.kind() == Kind.LINE && i < each.x().length; i++) {
      if (each.x().length <= DOTS_UP_TO && Double.isFinite(each.y()[i])) {
        svg.dot("dot " + each.style(), px(each.x()[i]), py(each.y()[i]), tip(each, i));
      }
    }
  }

  private void bars(Svg svg, Series each) {
    double slot = (double) (WIDTH - RIGHT - LEFT) / Math.max(1, each.x().length);
    double width = Math.max(0.5, Math.min(30, 0.75 * slot));
    double floor = HEIGHT - BOTTOM;
    for (int i = 0; i < each.x().length; i++) {
      double top = py(each.y()[i]);
      svg.bar(
          "bar " + each.style(),
          px(each.x()[i]) - width / 2,
          top,
          width,
          floor - top,
          tip(each, i));
    }
  }

  private String tip(Series each, int i) {
    return "%s, %s %s: %s"
        .formatted(each.name(), xName, Svg.number(each.x()[i]).replace(".0", ""), each.y()[i]);
  }

  private String point(double x, double y) {
    return Svg.number(px(x)) + " " + Svg.number(py(y));
  }

  private double px(double value) {
    return LEFT + x.place(value) * (WIDTH - RIGHT - LEFT);
  }

  private double py(double value) {
    return HEIGHT - BOTTOM - y.place(value) * (HEIGHT - BOTTOM - TOP);
  }
}
