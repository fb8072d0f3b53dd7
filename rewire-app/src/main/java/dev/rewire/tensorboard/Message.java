package dev.rewire.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A protocol buffer message in the making: fields by their numbers, in the encoding of <a
 * href="https://protobuf.dev/programming-guides/encoding/">protobuf.dev</a>.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message number(int field, long value) {
    key(field, VARINT);
    varint(value);
    return this;
  }

  Message real(int field, double value) {
    key(field, FIXED_64);
    fixed(Double.doubleToLongBits(value), Long.BYTES);
    return this;
  }

  Message real(int field, float value) {
    key(field, FIXED_32);
    fixed(Float.floatToIntBits(value), Integer.BYTES);
    return this;
  }

  /** A list of numbers, packed. */
  Message reals(int field, double[] values) {
    key(field, LENGTH_DELIMITED);
    varint((long) values.length * Double.BYTES);
    for (double value : values) {
      fixed(Double.doubleToLongBits(value), Long.BYTES);
    }
    return this;
  }

  Message text(int field, String value) {
    return data(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return data(field, value.toByteArray());
  }

  Message data(int field, byte[] value) {
    key(field, LENGTH_DELIMITED);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void key(int field, int type) {
    varint((long) field << 3 | type);
  }

  /** Seven bits a byte, the lowest first; all but the last byte have their highest bit set. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private void fixed(long bits, int length) {
    for (int i = 0; i < length; i++) {
      bytes.write((int) (bits >>> (8 * i)));
    }
  }
}
