package dev.rewire.report;

import dev.rewire.bench.Ceiling.Rate;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Svg;
import java.util.List;
import java.util.Locale;

/**
 * Which fraction of its ceiling each kernel reaches: a bar, and a mark where it should end.
 *
 * @param rates level by level
 */
record CeilingBars(List<Rate> rates) {
  private static final int WIDTH = 720;
  private static final int LEFT = 200;
  private static final int RIGHT = 185;
  private static final int ROW = 22;
  private static final int HEAD = 26;
  private static final int BOTTOM = 40;

  String svg() {
    long levels = rates.stream().map(Rate::level).distinct().count();
    int height = 10 + (int) levels * HEAD + rates.size() * ROW + BOTTOM;
    double most = Math.max(1, rates.stream().mapToDouble(Rate::fraction).max().orElse(1));
    Axis x = Axis.linear(0, 100 * most);
    Svg svg = new Svg(WIDTH, height, "Fraction of the bandwidth ceiling");
    double floor = height - BOTTOM;
    for (double mark : x.marks()) {
      svg.line(mark == 100 ? "even" : "grid", px(x, mark), 8, px(x, mark), floor);
      svg.text("mark", "middle", px(x, mark), floor + 16, x.label(mark));
    }
    svg.text(
        "name", "middle", px(x, 50), height - 6.0, "% of the ceiling; the bar across is the goal");
    double y = 10;
    String level = "";
    for (Rate rate : rates) {
      if (!rate.level().equals(level)) {
        level = rate.level();
        y += HEAD;
        svg.text(
            "title",
            "start",
            8,
            y - 8,
            String.format(Locale.ROOT, "%s, %,d neurons", level, rate.neurons()));
      }
      row(svg, x, y, rate);
      y += ROW;
    }
    return svg.toString();
  }

  private static void row(Svg svg, Axis x, double y, Rate rate) {
    double goal = rate.kernel().target();
    String words =
        String.format(
            Locale.ROOT,
            "%.0f %%: %.1f of %.1f GFLOP/s",
            100 * rate.fraction(),
            rate.gigaflops(),
            rate.ceiling());
    svg.text("mark", "end", LEFT - 8, y + 13, rate.kernel().title());
    svg.bar(
        rate.fraction() >= goal ? "bar a" : "bar b",
        LEFT,
        y + 2,
        px(x, 100 * rate.fraction()) - LEFT,
        ROW - 6.0,
        words);
    svg.line("goal", px(x, 100 * goal), y - 1, px(x, 100 * goal), y + ROW - 1);
    svg.text("mark", "start", WIDTH - RIGHT + 6, y + 13, words);
  }

  private static double px(Axis x, double value) {
    return LEFT + x.place(value) * (WIDTH - RIGHT - LEFT);
  }
}
