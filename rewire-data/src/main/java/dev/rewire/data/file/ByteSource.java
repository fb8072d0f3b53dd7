package dev.rewire.data.file;

import dev.rewire.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes that are read in order, each failure with its offset. The bytes may be those of a file, or
 * of something packed inside a file.
 */
public final class ByteSource {
  private static final int BLOCK = 1 << 16;

  private final String place;
  private final InputStream stream;
  private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES);
  private long offset;

  /**
   * Begins to read.
   *
   * @param place how messages call it: a file, or something inside a file
   * @param stream its bytes
   * @param order of the bytes of numbers
   */
  public ByteSource(String place, InputStream stream, ByteOrder order) {
    this.place = place;
    this.stream = stream;
    word.order(order);
  }

  /**
   * Changes how numbers are read from now on.
   *
   * @param order of their bytes
   */
  public void order(ByteOrder order) {
    word.order(order);
  }

  /**
   * Returns how far reading has come.
   *
   * @return bytes read so far
   */
  public long offset() {
    return offset;
  }

  /**
   * Reads as many bytes as there are, up to a number.
   *
   * @param target receives them from index 0
   * @param count how many
   * @return how many were read, less than {@code count} only at the end
   * @throws DataException if they cannot be read
   */
  public int upTo(byte[] target, int count) {
    try {
      int read = stream.readNBytes(target, 0, count);
      offset += read;
      return read;
    } catch (IOException e) {
      throw new DataException(
          place
              + " is damaged after byte "
              + offset
              + " ("
              + e.getMessage()
              + "): copy or download it again.",
          e);
    }
  }

  /**
   * Reads bytes.
   *
   * @param target receives them from index 0
   * @param count how many
   * @throws DataException if there are fewer
   */
  public void fill(byte[] target, int count) {
    if (upTo(target, count) < count) {
      throw tooShort();
    }
  }

  /**
   * Reads bytes into an array of their own, which grows as they come, so that a wrong number costs
   * no more memory than there are bytes.
   *
   * @param count how many, below 2<sup>31</sup>
   * @return all of them
   * @throws DataException if there are fewer
   */
  public byte[] bytes(long count) {
    ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.min(count, BLOCK));
    byte[] block = new byte[(int) Math.min(count, BLOCK)];
    for (long left = count; left > 0; left -= block.length) {
      int length = (int) Math.min(left, block.length);
      fill(block, length);
      all.write(block, 0, length);
    }
    return all.toByteArray();
  }

  /**
   * Reads all bytes that are left.
   *
   * @return an array that grows as they come
   */
  public byte[] all() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] block = new byte[BLOCK];
    for (int read; (read = upTo(block, BLOCK)) > 0; ) {
      all.write(block, 0, read);
    }
    return all.toByteArray();
  }

  /**
   * Reads over bytes.
   *
   * @param count how many
   * @throws DataException if there are fewer
   */
  public void skip(long count) {
    byte[] block = new byte[(int) Math.min(count, BLOCK)];
    for (long left = count; left > 0; left -= block.length) {
      fill(block, (int) Math.min(left, block.length));
    }
  }

  /**
   * Reads to the end, where whatever packed the bytes compares its checksum.
   *
   * @return how many bytes there still were
   */
  public long drain() {
    byte[] block = new byte[BLOCK];
    long rest = 0;
    for (int read; (read = upTo(block, BLOCK)) > 0; ) {
      rest += read;
    }
    return rest;
  }

  /**
   * Reads a whole number.
   *
   * @return 32 bits with a sign
   */
  public int int32() {
    return number(Integer.BYTES).getInt(0);
  }

  /**
   * Reads a whole number.
   *
   * @return 64 bits with a sign
   */
  public long int64() {
    return number(Long.BYTES).getLong(0);
  }

  private ByteBuffer number(int bytes) {
    fill(word.array(), bytes);
    return word;
  }

  /**
   * Describes something wrong.
   *
   * @param at offset of the first byte that is wrong
   * @param what follows the name of the place, for example {@code promises too much}
   * @return an exception to throw
   */
  public DataException wrong(long at, String what) {
    return new DataException(place + " " + what + " (byte " + at + "): copy or download it again.");
  }

  private DataException tooShort() {
    return new DataException(
        place + " ends at byte " + offset + ", too early: copy or download it again.");
  }
}
