package dev.rewire.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Writes a picture in SVG. Inside a page, the style sheet of the page gives it its colours. */
public final class Svg implements Surface {
  private final int width;
  private final int height;
  private final String title;
  private final StringBuilder text = new StringBuilder();

  /**
   * Begins a picture.
   *
   * @param width in its own units
   * @param height in its own units
   * @param title what it shows, for those who cannot see it
   */
  public Svg(int width, int height, String title) {
    this.width = width;
    this.height = height;
    this.title = title;
  }

  /**
   * Makes any text harmless between tags and in attributes.
   *
   * @param raw any text
   * @return without characters that mean something in XML or that XML forbids
   */
  public static String escape(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", "?");
  }

  /**
   * Writes a number as pictures need it.
   *
   * @param value any finite number
   * @return with one digit behind the point
   */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /**
   * Writes a fraction.
   *
   * @param fraction 0 to 1
   * @return in percent, with at most one digit behind the point
   */
  public static String percent(double fraction) {
    return number(100 * fraction).replaceFirst("\\.0$", "") + " %";
  }

  @Override
  public void line(String style, double x1, double y1, double x2, double y2) {
    text.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  @Override
  public void lines(String style, double[] x, double[] y) {
    path(style, points(x, y));
  }

  @Override
  public void polygon(String style, double[] x, double[] y) {
    path(style, points(x, y) + "Z");
  }

  private static String points(double[] x, double[] y) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < x.length; i++) {
      path.append(i == 0 ? "M" : "L").append(number(x[i])).append(' ').append(number(y[i]));
    }
    return path.toString();
  }

  /**
   * Draws a path.
   *
   * @param style how
   * @param path in the language of SVG
   */
  public void path(String style, String path) {
    text.append("<path class=\"%s\" d=\"%s\"/>%n".formatted(style, path));
  }

  @Override
  public void bar(String style, double x, double y, double width, double height, String tip) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>%n"
            .formatted(style, number(x), number(y), number(width), number(height), escape(tip)));
  }

  @Override
  public void area(String style, double x, double y, double width, double height) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>%n"
            .formatted(style, number(x), number(y), number(width), number(height)));
  }

  @Override
  public void dot(String style, double x, double y, String tip) {
    text.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.5\"><title>%s</title></circle>%n"
            .formatted(style, number(x), number(y), escape(tip)));
  }

  @Override
  public void text(String style, String anchor, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n"
            .formatted(style, anchor, number(x), number(y), escape(words)));
  }

  @Override
  public void upwards(String style, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>%n"
            .formatted(style, number(x), number(y), escape(words)));
  }

  @Override
  public void pixels(
      BufferedImage image, double x, double y, double width, double height, String words) {
    try {
      text.append(
          "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"%s\"><title>%s</title></image>%n"
              .formatted(
                  number(x),
                  number(y),
                  number(width),
                  number(height),
                  Png.address(image),
                  escape(words)));
    } catch (IOException unpacked) {
      throw new UncheckedIOException(unpacked);
    }
  }

  /**
   * Returns the picture as a file of its own, dark on white.
   *
   * @return a whole XML document
   */
  public String file() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img">
    <title>%s</title>
    <style>
    %s</style>
    <rect class="back" width="%d" height="%d"/>
    """
            .formatted(width, height, width, height, escape(title), Style.css(), width, height)
        + text
        + "</svg>\n";
  }

  /** Returns the picture as a part of a page. */
  @Override
  public String toString() {
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(width, height, escape(title))
        + text
        + "</svg>\n";
  }
}
