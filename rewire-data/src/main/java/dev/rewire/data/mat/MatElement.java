package dev.rewire.data.mat;

import dev.rewire.data.array.NumberType;
import dev.rewire.data.file.ByteSource;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The tag of a data element; its bytes follow.
 *
 * @param type number of its kind
 * @param length bytes without padding
 * @param small whether tag and bytes are 8 bytes together
 */
record MatElement(int type, long length, boolean small) {
  private static final int UTF8 = 16;
  private static final int UTF16 = 17;
  private static final int UTF32 = 18;

  static MatElement read(ByteSource source) {
    long at = source.offset();
    int first = source.int32();
    int length = first >>> 16;
    if (length == 0) {
      return new MatElement(first, Integer.toUnsignedLong(source.int32()), false);
    }
    if (length > 4) {
      throw source.wrong(at, "a small element has " + length + " bytes, at most 4 are possible");
    }
    return new MatElement(first & 0xffff, length, true);
  }

  /** Reads on to where the next element begins. */
  void skipPadding(ByteSource source) {
    source.skip(small ? 4 - length : Math.floorMod(-length, 8L));
  }

  /** Returns how the numbers of this element are stored, whatever the class of the array is. */
  NumberType numbers(ByteSource source) {
    return switch (type) {
      case 1 -> NumberType.INT8;
      case 2 -> NumberType.UINT8;
      case 3 -> NumberType.INT16;
      case 4 -> NumberType.UINT16;
      case 5 -> NumberType.INT32;
      case 6 -> NumberType.UINT32;
      case 7 -> NumberType.FLOAT32;
      case 9 -> NumberType.FLOAT64;
      case 12 -> NumberType.INT64;
      case 13 -> NumberType.UINT64;
      default ->
          throw source.wrong(source.offset(), "an element has type " + type + ", no numbers");
    };
  }

  /** Checks that the element has as many numbers as the array, and can have them. */
  void check(ByteSource source, long count, long most) {
    if (length != count * numbers(source).bytes()) {
      throw source.wrong(
          source.offset(), "an array of " + count + " numbers has " + length + " bytes");
    }
    if (length > most) {
      throw source.wrong(
          source.offset(), "an array is said to have " + length + " bytes, more than can follow");
    }
  }

  String text(ByteSource source, ByteOrder order) {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    byte[] bytes = source.bytes(length);
    return switch (type) {
      case 4, UTF16 ->
          new String(bytes, big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
      case UTF32 -> new String(bytes, big ? StandardCharsets.UTF_32BE : StandardCharsets.UTF_32LE);
      case 1, 2 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case UTF8 -> new String(bytes, StandardCharsets.UTF_8);
      default -> throw source.wrong(source.offset(), "letters have type " + type);
    };
  }
}
