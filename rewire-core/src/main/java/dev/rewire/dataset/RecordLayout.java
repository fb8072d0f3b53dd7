package dev.rewire.dataset;

/**
 * How samples lie in a file whose records all have the same length.
 *
 * @param bytes from one record to the next, 1 or more
 * @param valuesAt first byte of the features in a record
 * @param width features of a sample, 1 or more
 * @param type of a feature
 */
public record RecordLayout(long bytes, long valuesAt, int width, Type type) {
  /** What a feature is in the file; numbers of several bytes are little-endian. */
  public enum Type {
    /** 0 to 255. */
    UNSIGNED_BYTE(1),
    /** IEEE 754, 32 bits. */
    FLOAT(4);

    private final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }

    /**
     * Returns the size of a number.
     *
     * @return bytes
     */
    public int bytes() {
      return bytes;
    }
  }

  /** Checks that the features lie inside the record. */
  public RecordLayout {
    if (width < 1 || valuesAt < 0 || valuesAt + (long) width * type.bytes() > bytes) {
      throw new IllegalArgumentException(
          "%d features from byte %d do not lie in a record of %d bytes"
              .formatted(width, valuesAt, bytes));
    }
  }

  /**
   * Describes records that hold features and nothing else.
   *
   * @param width features of a sample, 1 or more
   * @param type of a feature
   * @return features from byte 0 to the last
   */
  public static RecordLayout packed(int width, Type type) {
    return new RecordLayout((long) width * type.bytes(), 0, width, type);
  }
}
