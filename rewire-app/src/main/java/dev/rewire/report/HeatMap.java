package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
      image.setRGB(i % shape.width(), i / shape.width(), Viridis.colour(counts[i] / most));
    }
    return image;
  }

  /** The picture as the address of an image in a page. */
  String address(int[] counts) throws IOException {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image(counts)));
  }

  /**
   * Packs a picture. In memory: the temporary file that ImageIO would use needs a shutdown hook,
   * which is refused when the process is already ending after Ctrl-C.
   */
  static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", stream);
    }
    return png.toByteArray();
  }
}
