package dev.rewire.microscope;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.CentredRectangles;
import dev.rewire.measure.Hypergeometric;

/**
 * Where the trend curve of a random topology lies: 95 of 100 values at each square.
 *
 * @param low lower end for each centred square
 * @param high upper end for each
 */
public record Chance(double[] low, double[] high) {
  private static final double NORMAL_95 = 1.959964;

  /**
   * Asks what chance does with as many connections. The connections of a square are hypergeometric
   * if all topologies of that size are equally likely; the normal distribution stands in for it.
   *
   * @param connections of the layer
   * @param neurons of the layer
   * @param image how its inputs lie in a picture
   * @return a band around the mean, which has no width at the whole picture
   */
  public static Chance of(long connections, int neurons, ImageShape image) {
    CentredRectangles squares = CentredRectangles.of(image);
    double[] low = new double[squares.count()];
    double[] high = new double[squares.count()];
    long cellsOfPixel = (long) image.channels() * neurons;
    for (int i = 0; i < low.length; i++) {
      int pixels = squares.pixels(i);
      Hypergeometric chance =
          new Hypergeometric(
              cellsOfPixel * image.height() * image.width(), cellsOfPixel * pixels, connections);
      low[i] = Math.max(0, (chance.mean() - NORMAL_95 * chance.deviation()) / pixels);
      high[i] = (chance.mean() + NORMAL_95 * chance.deviation()) / pixels;
    }
    return new Chance(low, high);
  }
}
