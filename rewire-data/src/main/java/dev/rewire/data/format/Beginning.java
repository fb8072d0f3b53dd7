package dev.rewire.data.format;

import dev.rewire.data.DataException;
import dev.rewire.data.file.Content;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How a file begins, by which its format is recognised.
 *
 * @param path of the file
 * @param bytes the first bytes of its unpacked content, {@link #LENGTH} or all of a shorter file
 * @param packed whether the file is gzip
 * @param size bytes of the file as it is
 */
public record Beginning(Path path, byte[] bytes, boolean packed, long size) {
  /** How many bytes are looked at. */
  public static final int LENGTH = 1 << 16;

  /**
   * Reads the beginning of a file.
   *
   * @param path an existing, readable file
   * @return its first bytes
   * @throws DataException if there is no such file, it cannot be read, or it is empty
   */
  public static Beginning of(Path path) {
    try (Content content = Content.open(path)) {
      byte[] bytes = new byte[LENGTH];
      long size = content.size();
      int length = content.read(bytes, 0, LENGTH);
      if (length == 0) {
        throw new DataException(path + " is empty: give a file with samples.");
      }
      return new Beginning(path, Arrays.copyOf(bytes, length), content.packed(), size);
    }
  }

  /**
   * Compares bytes.
   *
   * @param at where, from 0
   * @param magic characters below 256, one a byte
   * @return true if the file has them there
   */
  public boolean has(int at, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return bytes.length >= at + wanted.length
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }

  /**
   * Returns the bytes as letters, one a byte.
   *
   * @return as many characters as there are bytes
   */
  public String text() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /**
   * Says whether this can be text: no zero, and hardly a control character.
   *
   * @return false if it is binary
   */
  public boolean isText() {
    int strange = 0;
    for (byte b : bytes) {
      if (b == 0) {
        return false;
      }
      strange += b > 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' ? 1 : 0;
    }
    return 50 * strange <= bytes.length;
  }

  /**
   * Returns the name of the file without folder and without {@code .gz}.
   *
   * @return in the letters that it has
   */
  public String fileName() {
    return String.valueOf(path.getFileName()).replaceFirst("(?i)\\.gz$", "");
  }
}
