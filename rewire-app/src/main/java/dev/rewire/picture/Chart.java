package dev.rewire.picture;

import java.util.ArrayList;
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
 * @param bands areas behind them
 * @param levels level lines
 */
public record Chart(
    String title,
    Axis x,
    String xName,
    Axis y,
    String yName,
    List<Series> series,
    List<Band> bands,
    List<Level> levels) {
  /** Width of a chart. */
  public static final int WIDTH = 520;

  /** Height of a chart. */
  public static final int HEIGHT = 300;

  private static final int LEFT = 66;
  private static final int RIGHT = 12;
  private static final int TOP = 40;
  private static final int BOTTOM = 44;
  private static final int DOTS_UP_TO = 30;

  /** Width of a letter of the title, about. */
  private static final double LETTER = 8;

  /** How values are drawn. */
  public enum Kind {
    /** A line from value to value. */
    LINE,
    /** A staircase: each value holds until the next one. */
    STEPS,
    /** An upright bar each. */
    BARS,
    /** A point each. */
    POINTS
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
  public record Series(String name, String style, Kind kind, double[] x, double[] y) {}

  /**
   * An area between two lines, behind everything else: where chance lies, or how sure something is.
   *
   * @param name for the legend, empty for none
   * @param style how it is filled
   * @param x horizontal values, ascending
   * @param low lower end at each
   * @param high upper end at each
   */
  public record Band(String name, String style, double[] x, double[] low, double[] high) {}

  /**
   * A level line over the whole width.
   *
   * @param name written below its right end
   * @param y where
   */
  public record Level(String name, double y) {}

  /**
   * Makes a chart without bands and levels.
   *
   * @param title what it shows
   * @param x axis from left to right
   * @param xName its name, with the unit
   * @param y axis upwards
   * @param yName its name, with the unit
   * @param series what to draw; values that are not finite leave a gap
   */
  public Chart(String title, Axis x, String xName, Axis y, String yName, List<Series> series) {
    this(title, x, xName, y, yName, series, List.of(), List.of());
  }

  /**
   * Adds an area.
   *
   * @param band behind everything else
   * @return a chart with it
   */
  public Chart with(Band band) {
    List<Band> more = new ArrayList<>(bands);
    more.add(band);
    return new Chart(title, x, xName, y, yName, series, more, levels);
  }

  /**
   * Adds a level line.
   *
   * @param level for example what is expected
   * @return a chart with it
   */
  public Chart with(Level level) {
    List<Level> more = new ArrayList<>(levels);
    more.add(level);
    return new Chart(title, x, xName, y, yName, series, bands, more);
  }

  /**
   * Draws it for a page.
   *
   * @return an element of SVG
   */
  public String svg() {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    draw(svg, 0, 0);
    return svg.toString();
  }

  /**
   * Draws it as a part of a picture, 520 wide and 300 high.
   *
   * @param surface where to
   * @param left its left side
   * @param top its upper side
   */
  public void draw(Surface surface, double left, double top) {
    new Drawing(surface, left, top).all();
  }

  /**
   * Says where values lie in it, for scripts that move something.
   *
   * @return left, top, right and lower side of the plot, then the ends of both axes: x, y
   */
  public double[] plot() {
    return new double[] {
      LEFT, plotTop(), WIDTH - RIGHT, HEIGHT - BOTTOM, x.low(), x.high(), y.low(), y.high()
    };
  }

  private Legend legend() {
    return Legend.of(series, WIDTH - RIGHT);
  }

  private int plotTop() {
    return TOP + legend().moreHeight();
  }

  private final class Drawing {
    private final Surface to;
    private final double left;
    private final double top;
    private final Legend legend = legend();
    private final int plotTop = plotTop();

    Drawing(Surface to, double left, double top) {
      this.to = to;
      this.left = left;
      this.top = top;
    }

    void all() {
      to.text("title", "start", left + LEFT, top + 16, title);
      bands.forEach(this::band);
      double right = left + WIDTH - RIGHT;
      double floor = top + HEIGHT - BOTTOM;
      for (double mark : y.marks()) {
        to.line("grid", left + LEFT, py(mark), right, py(mark));
        to.text("mark", "end", left + LEFT - 6, py(mark) + 4, y.label(mark));
      }
      for (double mark : x.marks()) {
        to.line("tick", px(mark), floor, px(mark), floor + 4);
        boolean last = x.place(mark) > 0.97; // a long number stays within the picture
        to.text(
            "mark",
            last ? "end" : "middle",
            last ? right + 6 : px(mark),
            floor + 17,
            x.label(mark));
      }
      to.line("axis", left + LEFT, floor, right, floor);
      to.text("name", "middle", left + (LEFT + WIDTH - RIGHT) / 2.0, top + HEIGHT - 8, xName);
      to.upwards("name", left + 13, top + (plotTop + HEIGHT - BOTTOM) / 2.0, yName);
      for (Level level : levels) {
        to.line("even", left + LEFT, py(level.y()), right, py(level.y()));
        to.text("word", "end", right - 2, py(level.y()) + 14, level.name());
      }
      for (Series each : series) {
        switch (each.kind()) {
          case BARS -> bars(each);
          case LINE, STEPS -> line(each);
          case POINTS -> points(each);
        }
      }
      double besideTitle = WIDTH - RIGHT - LEFT - LETTER * title.length();
      legend.draw(to, right, top + (legend.fits(besideTitle) ? 16 : 33));
    }

    private void band(Band band) {
      int points = band.x().length;
      double[] px = new double[2 * points];
      double[] py = new double[2 * points];
      for (int i = 0; i < points; i++) {
        px[i] = px(band.x()[i]);
        py[i] = py(band.high()[i]);
        px[2 * points - 1 - i] = px[i];
        py[2 * points - 1 - i] = py(band.low()[i]);
      }
      to.polygon(band.style(), px, py);
    }

    private void line(Series each) {
      int from = 0;
      for (int i = 0; i <= each.x().length; i++) {
        if (i == each.x().length || !Double.isFinite(each.y()[i])) {
          piece(each, from, i);
          from = i + 1;
        }
      }
      if (each.kind() == Kind.LINE && each.x().length <= DOTS_UP_TO) {
        points(each);
      }
    }

    /** Draws values without a gap. */
    private void piece(Series each, int from, int end) {
      if (end - from < 2) {
        return;
      }
      boolean steps = each.kind() == Kind.STEPS;
      int points = steps ? 2 * (end - from) - 1 : end - from;
      double[] px = new double[points];
      double[] py = new double[points];
      for (int p = 0; p < points; p++) {
        int at = steps ? from + (p + 1) / 2 : from + p;
        int level = steps ? from + p / 2 : at;
        px[p] = px(each.x()[at]);
        py[p] = py(each.y()[level]);
      }
      to.lines("line " + each.style(), px, py);
    }

    private void points(Series each) {
      for (int i = 0; i < each.x().length; i++) {
        if (Double.isFinite(each.y()[i])) {
          to.dot("dot " + each.style(), px(each.x()[i]), py(each.y()[i]), tip(each, i));
        }
      }
    }

    private void bars(Series each) {
      double slot = (double) (WIDTH - RIGHT - LEFT) / Math.max(1, each.x().length);
      double width = Math.max(0.5, Math.min(30, 0.75 * slot));
      double floor = top + HEIGHT - BOTTOM;
      for (int i = 0; i < each.x().length; i++) {
        double high = py(each.y()[i]);
        to.bar(
            "bar " + each.style(),
            px(each.x()[i]) - width / 2,
            high,
            width,
            floor - high,
            tip(each, i));
      }
    }

    private double px(double value) {
      return left + LEFT + x.place(value) * (WIDTH - RIGHT - LEFT);
    }

    private double py(double value) {
      return top + HEIGHT - BOTTOM - y.place(value) * (HEIGHT - BOTTOM - plotTop);
    }
  }

  private String tip(Series each, int i) {
    return "%s, %s %s: %s"
        .formatted(each.name(), xName, Svg.number(each.x()[i]).replace(".0", ""), each.y()[i]);
  }
}
