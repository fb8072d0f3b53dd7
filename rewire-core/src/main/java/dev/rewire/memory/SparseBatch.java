package dev.rewire.memory;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The features of a batch of sparse samples, by feature: entries {@code start[f] <= k < start[f+1]}
 * are those of feature {@code f}, and each says that sample {@code sample[k]} of the batch has the
 * value {@code value[k]} there. Samples ascend within a feature; what is not listed is 0.
 *
 * <p>Filled anew for each batch, in time proportional to entries and features. Memory grows with
 * the largest batch so far and is then reused.
 *
 * <p>Java arrays and not native memory: a batch never has 2<sup>31</sup> entries, and loops over
 * the few entries of a feature are too short for the checks of a segment to pay.
 */
public final class SparseBatch {
  private final int features;
  private final float[] scale;

  /** One more than needed, so that {@link #fill} can count two places ahead. */
  private final int[] start;

  private int[] sample = {};
  private float[] value = {};
  private int[] rows = {};
  private int samples;
  private int entries;

  /**
   * Makes an empty batch.
   *
   * @param features features of a sample, 1 or more
   * @param scale what values are multiplied with: one number a feature, or a single one for all
   */
  public SparseBatch(int features, float... scale) {
    if (features < 1) {
      throw new IllegalArgumentException("features must be 1 or more: " + features);
    }
    if (scale.length != 1 && scale.length != features) {
      throw new IllegalArgumentException(
          features + " features need 1 or " + features + " scales, got " + scale.length);
    }
    this.features = features;
    this.scale = scale.clone();
    start = new int[Math.addExact(features, 2)];
  }

  /**
   * Takes rows of a compressed matrix, and sorts their entries by feature.
   *
   * @param rowStart first entry of each row, one more than rows
   * @param column feature of each entry, distinct within a row, below {@link #features}
   * @param entry value of each entry
   * @param rows numbers of rows
   * @param from first element of {@code rows} to use; it becomes sample 0
   * @param count how many
   * @throws IllegalArgumentException if they have 2<sup>31</sup> entries or more
   */
  public void fill(long[] rowStart, Ints column, Floats entry, int[] rows, int from, int count) {
    reserve(rowStart, rows, from, count);
    Arrays.fill(start, 0);
    for (int b = 0; b < count; b++) {
      int row = rows[from + b];
      count(column.segment(), rowStart[row], rowStart[row + 1]);
    }
    int sum = 0;
    for (int f = 1; f <= features; f++) {
      sum += start[f];
      start[f] = sum;
    }
    for (int b = 0; b < count; b++) {
      int row = rows[from + b];
      place(b, column.segment(), entry.segment(), rowStart[row], rowStart[row + 1]);
    }
  }

  /**
   * Copies this batch, because the next one comes into the same memory.
   *
   * @return a batch with the same entries
   */
  public SparseBatch copy() {
    SparseBatch copy = new SparseBatch(features, scale);
    System.arraycopy(start, 0, copy.start, 0, start.length);
    copy.sample = Arrays.copyOf(sample, entries);
    copy.value = Arrays.copyOf(value, entries);
    copy.samples = samples;
    copy.entries = entries;
    return copy;
  }

  /**
   * Lends an array to whoever has to look up the rows of a batch before {@link #fill}.
   *
   * @param count samples of the batch
   * @return {@code count} elements or more, the same ones each time
   */
  public int[] rows(int count) {
    if (rows.length < count) {
      rows = new int[count];
    }
    return rows;
  }

  private void reserve(long[] rowStart, int[] rows, int from, int count) {
    long needed = 0;
    for (int b = 0; b < count; b++) {
      int row = rows[from + b];
      needed += rowStart[row + 1] - rowStart[row];
    }
    int most = Integer.MAX_VALUE - 8;
    if (needed > most) {
      throw new IllegalArgumentException(
          "%,d samples have %,d values, a batch can have %,d: take fewer samples at a time"
              .formatted(count, needed, most));
    }
    if (needed > sample.length) {
      int room = (int) Math.min(most, needed + needed / 4);
      sample = new int[room];
      value = new float[room];
    }
    samples = count;
    entries = (int) needed;
  }

  /** Leaves the number of entries of feature f at f + 2. */
  private void count(MemorySegment column, long from, long to) {
    for (long k = from; k < to; k++) {
      start[column.getAtIndex(JAVA_INT, k) + 2]++;
    }
  }

  /** Begins with the place of feature f at f + 1, and ends with that of the next feature there. */
  private void place(int b, MemorySegment column, MemorySegment entry, long from, long to) {
    boolean alike = scale.length == 1;
    for (long k = from; k < to; k++) {
      int feature = column.getAtIndex(JAVA_INT, k);
      int place = start[feature + 1]++;
      sample[place] = b;
      value[place] = entry.getAtIndex(JAVA_FLOAT, k) * scale[alike ? 0 : feature];
    }
  }

  /**
   * Returns the number of features.
   *
   * @return 1 or more
   */
  public int features() {
    return features;
  }

  /**
   * Returns the number of samples.
   *
   * @return 0 before the first {@link #fill}
   */
  public int samples() {
    return samples;
  }

  /**
   * Returns how many values are listed.
   *
   * @return 0 or more
   */
  public int entries() {
    return entries;
  }

  /**
   * Returns the first entry of each feature.
   *
   * @return {@code features + 1} numbers or more; read only, until the next {@link #fill}
   */
  public int[] start() {
    return start;
  }

  /**
   * Returns the sample of each entry.
   *
   * @return {@link #entries} numbers or more; read only, until the next {@link #fill}
   */
  public int[] sample() {
    return sample;
  }

  /**
   * Returns the value of each entry.
   *
   * @return {@link #entries} numbers or more; read only, until the next {@link #fill}
   */
  public float[] value() {
    return value;
  }
}
