package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;

/**
 * The rectangles around the centre of a picture, from the smallest to the whole picture. Their
 * shorter side is 2, 4, 6 … pixels, or 1, 3, 5 … where the picture is odd; the longer side shrinks
 * in proportion. In a square picture they are squares.
 *
 * @param height rows of the picture, 1 or more
 * @param width pixels in a row, 1 or more
 */
public record CentredRectangles(int height, int width) {
  /**
   * Lays rectangles into a picture.
   *
   * @param shape of the picture
   * @return its rectangles
   */
  public static CentredRectangles of(ImageShape shape) {
    return new CentredRectangles(shape.height(), shape.width());
  }

  int shorter() {
    return Math.min(height, width);
  }

  /**
   * Counts them.
   *
   * @return 1 or more; the last one is the whole picture
   */
  public int count() {
    return (shorter() + 1) / 2;
  }

  /**
   * Returns the one that is called the centre: its shorter side is nearest to half of the
   * picture's, or a little smaller.
   *
   * @return its index
   */
  public int half() {
    int trimmed = Math.min(count() - 1, (int) Math.round(shorter() / 4.0));
    return count() - 1 - trimmed;
  }

  /**
   * Counts rows outside.
   *
   * @param i index of a rectangle
   * @return rows above it, and as many below
   */
  public int top(int i) {
    return trimmed(height, i);
  }

  /**
   * Counts columns outside.
   *
   * @param i index of a rectangle
   * @return columns on each side of it
   */
  public int left(int i) {
    return trimmed(width, i);
  }

  private int trimmed(int side, int i) {
    long cut = Math.round((double) side * (count() - 1 - i) / (2.0 * count()));
    return (int) Math.min(cut, (side - 1) / 2);
  }

  /**
   * Counts pixels inside.
   *
   * @param i index of a rectangle
   * @return 1 or more
   */
  public int pixels(int i) {
    return (height - 2 * top(i)) * (width - 2 * left(i));
  }

  /** Says whether a pixel, numbered row by row, lies in rectangle {@code i}. */
  boolean contains(int i, int pixel) {
    int row = pixel / width;
    int column = pixel % width;
    return row >= top(i) && row < height - top(i) && column >= left(i) && column < width - left(i);
  }
}
