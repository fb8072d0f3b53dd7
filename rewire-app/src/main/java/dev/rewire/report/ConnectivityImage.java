package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.picture.Png;
import java.io.IOException;

/** The connections of each pixel as a picture in a file. */
public final class ConnectivityImage {
  private ConnectivityImage() {}

  /**
   * Draws the counts: the colours of the report, the brightest for the largest count.
   *
   * @param connectivity what to draw
   * @param shape of the picture
   * @return a PNG file of one pixel a count
   * @throws IOException if it cannot be packed
   */
  public static byte[] png(InputConnectivity connectivity, ImageShape shape) throws IOException {
    HeatMap map = HeatMap.of(shape, connectivity, connectivity);
    return Png.pack(map.image(map.end()));
  }
}
