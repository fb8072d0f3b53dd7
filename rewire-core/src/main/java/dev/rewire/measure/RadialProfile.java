package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;

/**
 * Where the weight of a picture lies: its centre of mass, and the mean of the pixels at each
 * distance from the middle. Costs one pass over the pixels.
 *
 * @param row centre of mass, in pixels from the top; the middle of the first row is 0
 * @param column centre of mass, in pixels from the left
 * @param means mean of the pixels whose middle is at index to index + 1 pixels from the middle of
 *     the picture; not a number for rings without a pixel
 */
public record RadialProfile(double row, double column, double[] means) {
  /**
   * Measures numbers, as {@link InputConnectivity#pixels} or {@link InputStrength#pixels} has them.
   *
   * @param perPixel one number a pixel, row by row, 0 or more
   * @param shape of the picture; its colour planes are added up already
   * @return the profile; the centre of a picture of zeros is its middle
   */
  public static RadialProfile of(double[] perPixel, ImageShape shape) {
    if (perPixel.length != shape.height() * shape.width()) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels cannot have %d numbers"
              .formatted(shape.height(), shape.width(), perPixel.length));
    }
    double middleRow = (shape.height() - 1) / 2.0;
    double middleColumn = (shape.width() - 1) / 2.0;
    int rings = (int) Math.hypot(middleRow, middleColumn) + 1;
    double[] sums = new double[rings];
    int[] pixels = new int[rings];
    double all = 0;
    double rows = 0;
    double columns = 0;
    for (int p = 0; p < perPixel.length; p++) {
      int row = p / shape.width();
      int column = p % shape.width();
      int ring = (int) Math.hypot(row - middleRow, column - middleColumn);
      sums[ring] += perPixel[p];
      pixels[ring]++;
      all += perPixel[p];
      rows += row * perPixel[p];
      columns += column * perPixel[p];
    }
    for (int ring = 0; ring < rings; ring++) {
      sums[ring] = pixels[ring] == 0 ? Double.NaN : sums[ring] / pixels[ring];
    }
    return all == 0
        ? new RadialProfile(middleRow, middleColumn, sums)
        : new RadialProfile(rows / all, columns / all, sums);
  }
}
