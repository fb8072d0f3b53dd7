package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.picture.Palette;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * How many connections leave each pixel, at two moments on one scale.
 *
 * @param shape of the pictures
 * @param start counts before training
 * @param end counts after training
 */
record HeatMap(ImageShape shape, int[] start, int[] end) {
  static HeatMap of(ImageShape shape, InputConnectivity start, InputConnectivity end) {
    return new HeatMap(shape, start.pixels(shape), end.pixels(shape));
  }

  /** The count that gets the brightest colour. */
  int most() {
    return Math.max(
        1, Math.max(Arrays.stream(start).max().orElse(0), Arrays.stream(end).max().orElse(0)));
  }

  /** One pixel a count. */
  BufferedImage image(int[] counts) {
    BufferedImage image =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    double most = most();
    for (int i = 0; i < counts.length; i++) {
      image.setRGB(i % shape.width(), i / shape.width(), Palette.VIRIDIS.colour(counts[i] / most));
    }
    return image;
  }
}
