package dev.rewire.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A film in the format APNG (PNG specification, third edition, 2025): a PNG file, of which programs
 * that know no films show the first picture. In true colour, nothing is lost.
 */
public final class Apng implements Film {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int TRUE_COLOUR = 2;
  private static final int HUNDREDTHS = 100;

  /** Higher ones take several times as long and gain a few percent. */
  private static final int LEVEL = 6;

  private final OutputStream out;
  private final int frames;
  private final Difference difference;
  private int added;
  private int sequence;

  /**
   * Begins a film.
   *
   * @param out where to; closed with the film
   * @param width pixels in a row, 1 or more
   * @param height rows, 1 or more
   * @param frames how many pictures there will be, 1 or more
   * @throws IOException if it cannot be written
   */
  public Apng(OutputStream out, int width, int height, int frames) throws IOException {
    if (frames < 1) {
      throw new IllegalArgumentException("a film needs 1 picture or more, not " + frames);
    }
    this.out = out;
    this.frames = frames;
    difference = new Difference(width, height);
    out.write(SIGNATURE);
    chunk(
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) 8)
            .put((byte) TRUE_COLOUR)
            .array());
    chunk("acTL", ByteBuffer.allocate(8).putInt(frames).putInt(0).array()); // 0: for ever
  }

  @Override
  public void add(BufferedImage picture, int hundredths) throws IOException {
    if (added == frames) {
      throw new IllegalStateException("all " + frames + " pictures of the film are there");
    }
    Rectangle part = difference.from(picture);
    chunk(
        "fcTL",
        ByteBuffer.allocate(26)
            .putInt(sequence++)
            .putInt(part.width)
            .putInt(part.height)
            .putInt(part.x)
            .putInt(part.y)
            .putShort((short) hundredths)
            .putShort((short) HUNDREDTHS)
            .put((byte) 0) // the next one is laid over it
            .put((byte) 0) // it replaces what was there
            .array());
    byte[] pixels = packed(picture, part);
    if (added++ == 0) {
      chunk("IDAT", pixels);
    } else {
      chunk("fdAT", ByteBuffer.allocate(4 + pixels.length).putInt(sequence++).put(pixels).array());
    }
  }

  private static byte[] packed(BufferedImage picture, Rectangle part) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(LEVEL);
    try (var rows = new DeflaterOutputStream(packed, deflater)) {
      byte[] row = new byte[1 + 3 * part.width]; // begins with filter 0: none
      int[] colours = new int[part.width];
      for (int y = part.y; y < part.y + part.height; y++) {
        picture.getRGB(part.x, y, part.width, 1, colours, 0, part.width);
        for (int x = 0; x < part.width; x++) {
          row[1 + 3 * x] = (byte) (colours[x] >> 16);
          row[2 + 3 * x] = (byte) (colours[x] >> 8);
          row[3 + 3 * x] = (byte) colours[x];
        }
        rows.write(row);
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private void chunk(String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /**
   * Ends the film.
   *
   * @throws IllegalStateException if there are fewer pictures than were promised
   * @throws IOException if it cannot be written
   */
  @Override
  public void close() throws IOException {
    try (out) {
      chunk("IEND", new byte[0]);
    }
    if (added != frames) {
      throw new IllegalStateException("a film of %d pictures has only %d".formatted(frames, added));
    }
  }
}
