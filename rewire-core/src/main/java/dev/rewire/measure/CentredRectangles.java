package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;

/**
 * The rectangles around the centre of a picture, from the smallest to the whole picture. Their
 * shorter side is 2, 4, 6 … pixels, or 1, 3, 5 … where the picture is odd; the longer side shrinks
 * in proportion. In a square picture they are squares.
 */
record CentredRectangles(int height, int width) {
  static CentredRectangles of(ImageShape shape) {
    return new CentredRectangles(shape.height(), shape.width());
  }

  int shorter() {
    return Math.min(height, width);
  }

  int count() {
    return (shorter() + 1) / 2;
  }

  /** The rectangle whose shorter side is nearest to half of the picture's, or a little smaller. */
  int half() {
    int trimmed = Math.min(count() - 1, (int) Math.round(shorter() / 4.0));
    return count() - 1 - trimmed;
  }

  /** Rows above and below rectangle {@code i}. */
  int top(int i) {
    return trimmed(height, i);
  }

  /** Columns on each side of rectangle {@code i}. */
  int left(int i) {
    return trimmed(width, i);
  }

  private int trimmed(int side, int i) {
    long cut = Math.round((double) side * (count() - 1 - i) / (2.0 * count()));
    return (int) Math.min(cut, (side - 1) / 2);
  }

  int pixels(int i) {
    return (height - 2 * top(i)) * (width - 2 * left(i));
  }

  /** Says whether a pixel, numbered row by row, lies in rectangle {@code i}. */
  boolean contains(int i, int pixel) {
    int row = pixel / width;
    int column = pixel % width;
    return row >= top(i) && row < height - top(i) && column >= left(i) && column < width - left(i);
  }
}
