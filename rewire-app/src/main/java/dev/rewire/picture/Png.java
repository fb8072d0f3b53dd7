package dev.rewire.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures in the format PNG. */
public final class Png {
  private Png() {}

  /**
   * Packs a picture. In memory: the temporary file that ImageIO would use needs a shutdown hook,
   * which is refused when the process is already ending after Ctrl-C.
   *
   * @param image any picture
   * @return a PNG file
   * @throws IOException if it cannot be packed
   */
  public static byte[] pack(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try (var stream = new MemoryCacheImageOutputStream(png)) {
      ImageIO.write(image, "png", stream);
    }
    return png.toByteArray();
  }

  /**
   * Packs a picture into a page.
   *
   * @param image any picture
   * @return the address of an image that needs no file
   * @throws IOException if it cannot be packed
   */
  public static String address(BufferedImage image) throws IOException {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(pack(image));
  }
}
