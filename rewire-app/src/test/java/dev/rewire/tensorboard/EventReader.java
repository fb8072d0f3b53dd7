package dev.rewire.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second, simple reader of event files: from the descriptions of TFRecord and protocol buffers
 * alone, with a checksum that is computed bit by bit.
 */
public final class EventReader {
  /** A field of a message: a number, or bytes. */
  private record Field(int number, long value, byte[] bytes) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    double real() {
      return Double.longBitsToDouble(value);
    }

    double[] reals() {
      double[] reals = new double[bytes.length / 8];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(reals);
      return reals;
    }
  }

  /** A picture. */
  public record Picture(int height, int width, int colours, byte[] png) {}

  /** A histogram. */
  public record Counts(
      double min,
      double max,
      double num,
      double sum,
      double squares,
      double[] limits,
      double[] counts) {}

  /** An event; what it does not say is empty, and {@code start} is whether a session begins. */
  public record Event(
      double wallTime,
      long step,
      String version,
      boolean start,
      Map<String, Float> scalars,
      Map<String, Counts> histograms,
      Map<String, Picture> images) {}

  private EventReader() {}

  /** Reads the whole records of a file; a part of a record at the end is left. */
  public static List<Event> read(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.remaining() >= 16) {
      int begin = bytes.position();
      long length = bytes.getLong();
      assertThat(bytes.getInt()).as("checksum of length").isEqualTo(masked(file, begin, 8));
      if (bytes.remaining() < length + 4) {
        break;
      }
      byte[] data = new byte[(int) length];
      bytes.get(data);
      assertThat(bytes.getInt()).as("checksum of data").isEqualTo(masked(data, 0, data.length));
      events.add(event(data));
    }
    return events;
  }

  static int masked(byte[] bytes, int from, int count) {
    int crc = -1;
    for (int i = from; i < from + count; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
      }
    }
    crc = ~crc;
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  private static List<Field> fields(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (bytes.hasRemaining()) {
      long key = varint(bytes);
      int number = (int) (key >>> 3);
      switch ((int) key & 7) {
        case 0 -> fields.add(new Field(number, varint(bytes), new byte[0]));
        case 1 -> fields.add(new Field(number, bytes.getLong(), new byte[0]));
        case 2 -> {
          byte[] data = new byte[(int) varint(bytes)];
          bytes.get(data);
          fields.add(new Field(number, 0, data));
        }
        case 5 -> fields.add(new Field(number, bytes.getInt(), new byte[0]));
        default -> throw new AssertionError("wire type of key " + key);
      }
    }
    return fields;
  }

  private static long varint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static Event event(byte[] data) {
    double time = 0;
    long step = 0;
    String version = "";
    boolean start = false;
    Map<String, Float> scalars = new LinkedHashMap<>();
    Map<String, Counts> histograms = new LinkedHashMap<>();
    Map<String, Picture> images = new LinkedHashMap<>();
    for (Field field : fields(data)) {
      switch (field.number()) {
        case 1 -> time = field.real();
        case 2 -> step = field.value();
        case 3 -> version = field.text();
        case 5 -> fields(field.bytes()).forEach(f -> value(f, scalars, histograms, images));
        case 7 -> {
          Field status = fields(field.bytes()).getFirst();
          start = status.number() == 1 && status.value() == 1;
        }
        default -> throw new AssertionError("field " + field.number() + " of an event");
      }
    }
    return new Event(time, step, version, start, scalars, histograms, images);
  }

  private static void value(
      Field summary,
      Map<String, Float> scalars,
      Map<String, Counts> histograms,
      Map<String, Picture> images) {
    assertThat(summary.number()).isEqualTo(1);
    List<Field> value = fields(summary.bytes());
    assertThat(value).hasSize(2);
    assertThat(value.getFirst().number()).isEqualTo(1);
    String tag = value.getFirst().text();
    Field what = value.getLast();
    switch (what.number()) {
      case 2 -> assertThat(scalars.put(tag, Float.intBitsToFloat((int) what.value()))).isNull();
      case 4 -> {
        List<Field> f = fields(what.bytes());
        assertThat(f).extracting(Field::number).containsExactly(1, 2, 3, 4);
        images.put(
            tag,
            new Picture(
                (int) f.get(0).value(),
                (int) f.get(1).value(),
                (int) f.get(2).value(),
                f.get(3).bytes()));
      }
      case 5 -> {
        List<Field> f = fields(what.bytes());
        assertThat(f).extracting(Field::number).containsExactly(1, 2, 3, 4, 5, 6, 7);
        histograms.put(
            tag,
            new Counts(
                f.get(0).real(),
                f.get(1).real(),
                f.get(2).real(),
                f.get(3).real(),
                f.get(4).real(),
                f.get(5).reals(),
                f.get(6).reals()));
      }
      default -> throw new AssertionError("field " + what.number() + " of a value");
    }
  }
}
