package dev.rewire.data.array;

import dev.rewire.data.file.ByteSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How numbers are stored in binary files. */
public enum NumberType {
  /** One byte: 0 is false. */
  BOOL(1),
  /** 8 bits with a sign. */
  INT8(1),
  /** 8 bits without a sign. */
  UINT8(1),
  /** 16 bits with a sign. */
  INT16(2),
  /** 16 bits without a sign. */
  UINT16(2),
  /** 32 bits with a sign. */
  INT32(4),
  /** 32 bits without a sign. */
  UINT32(4),
  /** 64 bits with a sign; above 2<sup>53</sup> rounded. */
  INT64(8),
  /** 64 bits without a sign; above 2<sup>53</sup> rounded. */
  UINT64(8),
  /** IEEE 754 half precision. */
  FLOAT16(2),
  /** The upper half of a single precision number. */
  BFLOAT16(2),
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /** IEEE 754 double precision. */
  FLOAT64(8);

  private static final int BLOCK = 1 << 13;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Returns the size of a number.
   *
   * @return bytes, 1 to 8
   */
  public int bytes() {
    return bytes;
  }

  /**
   * Reads numbers, block by block.
   *
   * @param source just before the first one
   * @param order of the bytes of a number
   * @param count how many numbers
   * @param sink receives them
   */
  public void read(ByteSource source, ByteOrder order, long count, NumberSink sink) {
    byte[] block = new byte[BLOCK * bytes];
    ByteBuffer buffer = ByteBuffer.wrap(block).order(order);
    double[] values = new double[BLOCK];
    for (long left = count; left > 0; left -= BLOCK) {
      int length = (int) Math.min(left, BLOCK);
      source.fill(block, length * bytes);
      decode(buffer, values, length);
      sink.accept(values, length);
    }
  }

  private void decode(ByteBuffer from, double[] to, int count) {
    switch (this) {
      case BOOL -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.get(i) == 0 ? 0 : 1;
        }
      }
      case INT8 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.get(i);
        }
      }
      case UINT8 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.get(i) & 0xff;
        }
      }
      case INT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getShort(2 * i);
        }
      }
      case UINT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getShort(2 * i) & 0xffff;
        }
      }
      case INT32 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getInt(4 * i);
        }
      }
      case UINT32 -> {
        for (int i = 0; i < count; i++) {
          to[i] = Integer.toUnsignedLong(from.getInt(4 * i));
        }
      }
      case INT64 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getLong(8 * i);
        }
      }
      case UINT64 -> {
        for (int i = 0; i < count; i++) {
          long value = from.getLong(8 * i);
          to[i] = value >= 0 ? value : 2.0 * (value >>> 1);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = Float.float16ToFloat(from.getShort(2 * i));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = Float.intBitsToFloat(from.getShort(2 * i) << 16);
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getFloat(4 * i);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getDouble(8 * i);
        }
      }
    }
  }
}
