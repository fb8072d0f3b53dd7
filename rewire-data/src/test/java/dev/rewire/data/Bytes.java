package dev.rewire.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;

/** Contents of test files. */
public final class Bytes {
  private Bytes() {}

  /** Packs bytes. */
  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** An IDX file of images with pixels 0, 1, 2, ... */
  public static byte[] images(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) i;
    }
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(2051)
        .putInt(count)
        .putInt(height)
        .putInt(width)
        .put(pixels)
        .array();
  }

  /** An IDX file of labels. */
  public static byte[] labels(int... labels) {
    ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(2049).putInt(labels.length);
    for (int label : labels) {
      file.put((byte) label);
    }
    return file.array();
  }
}
