package dev.rewire.picture;

import java.awt.image.BufferedImage;

/**
 * Where charts are drawn: a vector picture or pixels. Lengths are those of the picture, down and to
 * the right; styles are names of {@link Style}, with a colour from a to e behind a space where
 * there are several.
 */
public sealed interface Surface permits Svg, Raster {
  /**
   * Draws a straight line.
   *
   * @param style how
   * @param x1 begin
   * @param y1 begin
   * @param x2 end
   * @param y2 end
   */
  void line(String style, double x1, double y1, double x2, double y2);

  /**
   * Draws lines from point to point.
   *
   * @param style how
   * @param x of each point
   * @param y of each point
   */
  void lines(String style, double[] x, double[] y);

  /**
   * Fills what lies within a closed line.
   *
   * @param style how
   * @param x of each corner
   * @param y of each corner
   */
  void polygon(String style, double[] x, double[] y);

  /**
   * Fills a rectangle.
   *
   * @param style how
   * @param x left side
   * @param y upper side
   * @param width to the right
   * @param height downwards
   */
  void area(String style, double x, double y, double width, double height);

  /**
   * Fills a rectangle that says what it stands for.
   *
   * @param style how
   * @param x left side
   * @param y upper side
   * @param width to the right
   * @param height downwards
   * @param tip shown when it is pointed at, where that is possible
   */
  void bar(String style, double x, double y, double width, double height, String tip);

  /**
   * Draws a point.
   *
   * @param style how
   * @param x its middle
   * @param y its middle
   * @param tip shown when it is pointed at, where that is possible
   */
  void dot(String style, double x, double y, String tip);

  /**
   * Writes words.
   *
   * @param style how
   * @param anchor which part of them lies at the point: start, middle or end
   * @param x the point
   * @param y the line that they stand on
   * @param words any text
   */
  void text(String style, String anchor, double x, double y, String words);

  /**
   * Writes words upwards.
   *
   * @param style how
   * @param x the line that they stand on
   * @param y their middle
   * @param words any text
   */
  void upwards(String style, double x, double y, String words);

  /**
   * Enlarges a small picture into a rectangle, with sharp pixels.
   *
   * @param image one pixel a number
   * @param x left side
   * @param y upper side
   * @param width to the right
   * @param height downwards
   * @param words what can be seen, for those who cannot see it
   * @throws java.io.UncheckedIOException if it cannot be packed
   */
  void pixels(BufferedImage image, double x, double y, double width, double height, String words);
}
