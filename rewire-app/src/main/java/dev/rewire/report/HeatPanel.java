package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.CentredRectangles;
import dev.rewire.microscope.Moment;
import dev.rewire.picture.Surface;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * A heat map with a frame around the centre, and the bar that explains its colours.
 *
 * @param scale of the colours
 * @param image how the inputs lie in a picture
 * @param side of the square that the map is fitted into
 */
record HeatPanel(CountScale scale, ImageShape image, double side) {
  private static final int BAR = 12;
  private static final int STEPS = 128;

  /** Height with the bar and its words. */
  double height() {
    return mapHeight() + 56;
  }

  double mapWidth() {
    return side * Math.min(1, (double) image.width() / image.height());
  }

  double mapHeight() {
    return side * Math.min(1, (double) image.height() / image.width());
  }

  void map(Surface to, double left, double top, Moment moment, String words) {
    double width = mapWidth();
    double height = mapHeight();
    to.pixels(scale.image(moment.counts(), image.width()), left, top, width, height, words);
    CentredRectangles squares = CentredRectangles.of(image);
    double pixel = width / image.width();
    double inX = squares.left(squares.half()) * pixel;
    double inY = squares.top(squares.half()) * pixel;
    to.area("centre", left + inX, top + inY, width - 2 * inX, height - 2 * inY);
  }

  /** Draws the bar below one or more maps. */
  void bar(Surface to, double left, double top, double width) {
    BufferedImage colours = new BufferedImage(STEPS, 1, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < STEPS; x++) {
      colours.setRGB(x, 0, scale.palette().colour((x + 0.5) / STEPS));
    }
    to.pixels(colours, left, top, width, BAR, "colours from few to many connections");
    double chance = left + width * scale.place(scale.expected());
    to.line("goal", chance, top - 3, chance, top + BAR + 3);
    double line = top + BAR + 15;
    to.text("mark", "start", left, line, (scale.low() > 0 ? "\u2264 " : "") + number(scale.low()));
    String most = number(scale.high());
    to.text("mark", "end", left + width, line, chanceInTheMiddle() ? "\u2265 " + most : most);
    to.text("word", "middle", chance, line, "chance " + number(scale.expected()));
    to.text(
        "name",
        "middle",
        left + width / 2,
        line + 17,
        chanceInTheMiddle()
            ? "fewer   \u2190   connections leaving a pixel   \u2192   more"
            : "connections leaving a pixel");
  }

  private boolean chanceInTheMiddle() {
    return scale.middle() == scale.expected();
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value)
        .replaceFirst("\\.0$", "");
  }
}
