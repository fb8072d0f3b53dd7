package dev.rewire.data.stream;

import java.nio.charset.StandardCharsets;

/**
 * How text becomes a file that can be mapped, all numbers little-endian, arrays from multiples of
 * 64 bytes on:
 *
 * <pre>
 * 64 bytes   the word REWIREC2, zeros
 * dense      float32 of each feature, sample by sample
 * or sparse  int32 feature of each value; float32 values; int64 first value of each sample, and the
 *            end of the last
 * labels     int32 number of the class of each sample; or of sets of labels, int32 first label of each
 *            sample, and the end of the last, and int32 labels; or float32 numbers to predict
 * names      key of the source, classes, features: texts in UTF-8, int32 numbers and lengths before
 *            them; int32 index of the first feature in the text
 * 64 bytes   the word again; int32 1 if sparse; int32 width; int64 samples, entries, first byte of
 *            the names; int32 0 for classes, 1 for sets of labels, 2 for numbers; int64 values of 4
 *            bytes that the labels take; zeros; CRC-32C of everything before
 * </pre>
 */
final class CacheFormat {
  static final int ALIGNMENT = 64;
  static final byte[] MAGIC = "REWIREC2".getBytes(StandardCharsets.US_ASCII);

  static final int CLASSES = 0;
  static final int SETS = 1;
  static final int NUMBERS = 2;

  private CacheFormat() {}

  static long aligned(long offset) {
    return Math.ceilDiv(offset, (long) ALIGNMENT) * ALIGNMENT;
  }

  /**
   * The end of the file.
   *
   * @param sparse whether only values that are not 0 are kept
   * @param width features of a sample
   * @param samples how many
   * @param entries numbers of the body: samples times width, or values that are kept
   * @param namesAt where the names begin
   * @param kind of the labels: {@link #CLASSES}, {@link #SETS} or {@link #NUMBERS}
   * @param labels values of 4 bytes that they take
   */
  record Footer(
      boolean sparse, int width, int samples, long entries, long namesAt, int kind, long labels) {
    /** Where the labels begin. */
    long labelsAt() {
      long body = aligned(ALIGNMENT + Float.BYTES * entries);
      if (!sparse) {
        return body;
      }
      long values = aligned(body + Float.BYTES * entries);
      return aligned(values + Long.BYTES * (samples + 1L));
    }
  }
}
