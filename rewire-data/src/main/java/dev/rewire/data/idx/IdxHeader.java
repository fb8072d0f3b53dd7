package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.file.Content;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What an IDX file says about itself.
 *
 * @param count items, 1 or more
 * @param height rows of an item, 1 for labels
 * @param width columns of an item, 1 for labels
 */
record IdxHeader(int count, int height, int width) {
  private static final int LONGEST_SIDE = 32_767;

  /**
   * Returns the length of a header.
   *
   * @param magic 2049 or 2051
   * @return bytes before the first item
   */
  static int bytes(int magic) {
    return magic == Idx.IMAGES ? 16 : 8;
  }

  /** Returns the bytes of an item. */
  int itemBytes() {
    return height * width;
  }

  /** Returns the bytes of all items. */
  long bodyBytes() {
    return (long) count * itemBytes();
  }

  /**
   * Reads and checks a header.
   *
   * @param path for messages
   * @param content at its beginning
   * @param magic the number that the file must begin with
   * @return sizes that are possible, though the file may be shorter than they say
   */
  static IdxHeader read(Path path, Content content, int magic) {
    String kind = magic == Idx.IMAGES ? "images" : "labels";
    int length = bytes(magic);
    ByteBuffer header = ByteBuffer.allocate(length);
    int read = content.read(header.array(), 0, length);
    if (read >= 4 && header.getInt(0) != magic) {
      throw new DataException(
          path
              + " begins with the number "
              + Integer.toUnsignedString(header.getInt(0))
              + " at byte 0 where an IDX file of "
              + kind
              + " has "
              + magic
              + hint(header.getInt(0))
              + ": give an IDX file of "
              + kind
              + ".");
    }
    if (read < length) {
      throw new DataException(
          path
              + " ends at byte "
              + read
              + ", inside the IDX header of "
              + length
              + " bytes: copy or download the file again.");
    }
    long count = Integer.toUnsignedLong(header.getInt(4));
    if (count == 0) {
      throw new DataException(
          path + " has 0 " + kind + " (byte 4): give a file with at least one.");
    }
    if (count > Integer.MAX_VALUE) {
      throw new DataException(
          path
              + " claims to have "
              + count
              + " "
              + kind
              + " (byte 4), more than can be held: copy or download the file again.");
    }
    if (magic == Idx.LABELS) {
      return new IdxHeader((int) count, 1, 1);
    }
    return new IdxHeader(
        (int) count, side(path, "rows", header, 8), side(path, "columns", header, 12));
  }

  private static int side(Path path, String what, ByteBuffer header, int at) {
    long value = Integer.toUnsignedLong(header.getInt(at));
    if (value < 1 || value > LONGEST_SIDE) {
      throw new DataException(
          path
              + " claims to have images of "
              + value
              + " "
              + what
              + " (byte "
              + at
              + "), possible are 1 to "
              + LONGEST_SIDE
              + ": copy or download the file again.");
    }
    return (int) value;
  }

  private static String hint(int magic) {
    return switch (magic) {
      case Idx.IMAGES -> " (it holds images)";
      case Idx.LABELS -> " (it holds labels)";
      default -> "";
    };
  }
}
