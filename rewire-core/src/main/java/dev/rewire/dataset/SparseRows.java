package dev.rewire.dataset;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sparse samples while they are read, of which nobody knows yet how many there will be. */
public final class SparseRows {
  private static final int BLOCK = 1 << 16;

  private final List<int[]> features = new ArrayList<>();
  private final List<float[]> values = new ArrayList<>();
  private long[] rowStart = new long[1024];
  private final @Nullable Spill spill;
  private int size;
  private long entries;

  /** Takes values block by block, so that nobody has to keep them. */
  @FunctionalInterface
  public interface Spill {
    /**
     * Takes the next values.
     *
     * @param features feature of each value, used again for the next block
     * @param values the values, used again for the next block
     * @param count how many of both
     */
    void take(int[] features, float[] values, int count);
  }

  /** Begins without samples. */
  public SparseRows() {
    spill = null;
  }

  /**
   * Begins without samples, and will keep only where they begin.
   *
   * @param spill takes their values; {@link #finish} gives it the last ones
   */
  public SparseRows(Spill spill) {
    this.spill = spill;
  }

  /**
   * Adds a value to the sample under way.
   *
   * @param feature above those that this sample already has
   * @param value its raw value
   */
  public void add(int feature, float value) {
    int place = (int) (entries % BLOCK);
    if (place == 0 && spill != null && entries > 0) {
      spill.take(features.getFirst(), values.getFirst(), BLOCK);
    } else if (place == 0) {
      features.add(new int[BLOCK]);
      values.add(new float[BLOCK]);
    }
    features.getLast()[place] = feature;
    values.getLast()[place] = value;
    entries++;
  }

  /** Ends the sample under way, which may have no values at all. */
  public void endRow() {
    size++;
    if (size == rowStart.length) {
      rowStart = Arrays.copyOf(rowStart, Math.multiplyExact(2, size));
    }
    rowStart[size] = entries;
  }

  /**
   * Returns how many samples have ended.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Hands the last values to whoever takes them.
   *
   * @return first entry of each sample, ascending from 0, one more than samples
   */
  public long[] finish() {
    if (spill != null && entries > 0) {
      spill.take(features.getFirst(), values.getFirst(), (int) ((entries - 1) % BLOCK) + 1);
    }
    return Arrays.copyOf(rowStart, size + 1);
  }

  /**
   * Copies all samples.
   *
   * @param name short name for messages
   * @param width features of a sample, above all that were added, counted from 0
   * @param first number of the first feature, which becomes 0
   * @param labels class of each sample
   * @param classNames one name a class
   * @return a data set
   */
  public SparseInMemoryDataset dataset(
      String name, int width, int first, int[] labels, List<String> classNames) {
    Ints allFeatures = new Ints(entries);
    Floats allValues = new Floats(entries);
    for (int block = 0; block < features.size(); block++) {
      long at = (long) block * BLOCK;
      int count = (int) Math.min(BLOCK, entries - at);
      int[] shifted = features.get(block).clone();
      for (int k = 0; k < count; k++) {
        shifted[k] -= first;
      }
      allFeatures.copy(shifted, 0, at, count);
      allValues.copy(values.get(block), 0, at, count);
    }
    return new SparseInMemoryDataset(
        name, width, Arrays.copyOf(rowStart, size + 1), allFeatures, allValues, labels, classNames);
  }

  /** Returns the places of numbers in ascending order of the numbers. */
  static int[] order(int[] numbers) {
    long[] keys = new long[numbers.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = ((long) numbers[i] << 32) | i;
    }
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      order[i] = (int) keys[i];
    }
    return order;
  }
}
