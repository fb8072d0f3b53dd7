package dev.rewire.picture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/** Reads films as the specification has it, with all checks: the obvious twin of {@link Apng}. */
final class ApngReader {
  /**
   * One picture.
   *
   * @param pixels the whole screen after it, row by row
   * @param hundredths how long it is shown
   * @param packed bytes of its pixels in the file
   */
  record Frame(int[] pixels, int hundredths, int packed) {}

  final List<Frame> frames = new ArrayList<>();
  int width;
  int height;
  int promised;
  int plays = -1;
  private int sequence;
  private int[] screen = new int[0];

  ApngReader(byte[] file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
    if (in.readLong() != 0x89504e470d0a1a0aL) {
      throw new IOException("no PNG");
    }
    ByteBuffer control = ByteBuffer.allocate(0);
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    String type = "";
    while (!type.equals("IEND")) {
      byte[] data = new byte[in.readInt()];
      byte[] name = in.readNBytes(4);
      in.readFully(data);
      CRC32 crc = new CRC32();
      crc.update(name);
      crc.update(data);
      if ((int) crc.getValue() != in.readInt()) {
        throw new IOException("wrong checksum");
      }
      type = new String(name, StandardCharsets.US_ASCII);
      ByteBuffer numbers = ByteBuffer.wrap(data);
      switch (type) {
        case "IHDR" -> {
          width = numbers.getInt();
          height = numbers.getInt();
          expect(8, numbers.get());
          expect(2, numbers.get());
          screen = new int[width * height];
        }
        case "acTL" -> {
          promised = numbers.getInt();
          plays = numbers.getInt();
        }
        case "fcTL" -> {
          finish(control, pixels);
          expect(sequence++, numbers.getInt());
          control = numbers;
        }
        case "IDAT" -> pixels.write(data);
        case "fdAT" -> {
          expect(sequence++, numbers.getInt());
          pixels.write(data, 4, data.length - 4);
        }
        case "IEND" -> finish(control, pixels);
        default -> throw new IOException("a chunk " + type);
      }
    }
    expect(-1, in.read());
  }

  private static void expect(int expected, int found) throws IOException {
    if (found != expected) {
      throw new IOException(found + " instead of " + expected);
    }
  }

  private void finish(ByteBuffer control, ByteArrayOutputStream packed) throws IOException {
    if (packed.size() == 0) {
      return;
    }
    int partWidth = control.getInt();
    int partHeight = control.getInt();
    int left = control.getInt();
    int top = control.getInt();
    int hundredths = control.getShort() & 0xffff;
    expect(100, control.getShort());
    var rows =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(packed.toByteArray())));
    for (int y = top; y < top + partHeight; y++) {
      expect(0, rows.read());
      for (int x = left; x < left + partWidth; x++) {
        screen[y * width + x] =
            rows.readUnsignedByte() << 16 | rows.readUnsignedByte() << 8 | rows.readUnsignedByte();
      }
    }
    expect(-1, rows.read());
    frames.add(new Frame(screen.clone(), hundredths, packed.size()));
    packed.reset();
  }
}
