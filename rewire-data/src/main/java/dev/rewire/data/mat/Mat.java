package dev.rewire.data.mat;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayFormat;
import dev.rewire.data.file.ByteSource;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Beginning;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads MATLAB files of Level 5, packed or not, dense or sparse, of either byte order.
 *
 * <p>A number is read as it is stored, which is often narrower than its class. The format is
 * described in "MAT-File Format" (The MathWorks).
 */
public final class Mat implements ArrayFormat {
  private static final int HEADER = 128;
  private static final int ORDER_AT = 126;
  private static final int VERSION = 0x0100;
  private static final int COMPRESSED = 15;
  private static final int MATRIX = 14;

  /** Makes a reader. */
  public Mat() {}

  @Override
  public String name() {
    return "MATLAB Level 5";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    byte[] bytes = beginning.bytes();
    return bytes.length >= HEADER && version(bytes) == VERSION && bytes[0] != 0;
  }

  /** Returns the version, or -1 if the bytes do not say in which order they are. */
  private static int version(byte[] header) {
    ByteBuffer bytes = ByteBuffer.wrap(header);
    return switch (bytes.getShort(ORDER_AT)) {
      case 'M' << 8 | 'I' -> bytes.getShort(ORDER_AT - 2);
      case 'I' << 8 | 'M' -> Short.reverseBytes(bytes.getShort(ORDER_AT - 2));
      default -> -1;
    };
  }

  @Override
  public <T> T open(Path path, Function<List<? extends ArrayEntry>, T> use) {
    return use.apply(variables(path));
  }

  private static List<ArrayEntry> variables(Path path) {
    String file = path.toString();
    List<ArrayEntry> variables = new ArrayList<>();
    try (Content content = Content.open(path)) {
      ByteSource source = new ByteSource(file, content.stream(), ByteOrder.BIG_ENDIAN);
      byte[] header = new byte[HEADER];
      source.fill(header, HEADER);
      if (version(header) != VERSION) {
        throw source.wrong(ORDER_AT - 2, "does not begin as a MATLAB file of Level 5 does");
      }
      ByteOrder order = header[ORDER_AT] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      byte[] tag = new byte[8];
      while (true) {
        long at = source.offset();
        int read = source.upTo(tag, tag.length);
        if (read == 0) {
          return variables;
        }
        if (read < tag.length) {
          throw source.wrong(at, "ends inside the tag of a variable");
        }
        ByteBuffer numbers = ByteBuffer.wrap(tag).order(order);
        int type = numbers.getInt(0);
        long length = Integer.toUnsignedLong(numbers.getInt(4));
        if (type != COMPRESSED && type != MATRIX) {
          throw source.wrong(at, "has an element of type " + type + " where a variable must be");
        }
        if (length > content.most()) {
          throw source.wrong(at + 4, "has a variable of " + length + " bytes, more than follow");
        }
        if (length > Integer.MAX_VALUE - 16) {
          throw new DataException(
              file
                  + " has a variable of "
                  + length
                  + " bytes (byte "
                  + (at + 4)
                  + "), more than 2 GB: save it with -v7.3.");
        }
        byte[] body = source.bytes(length);
        variables.add(new MatVariable(file, at + 8, order, type == COMPRESSED, body).entry());
      }
    }
  }
}
