package dev.rewire.dataset;

import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples of which only the features that are present are kept: counts of words, one-hot
 * categories, LIBSVM files. A value takes 8 bytes, a zero none.
 *
 * <p>A network reads them by {@link #fillSparse}; {@link #copyFeatures} writes zeros out, for
 * whoever wants rows. To build one in Java:
 *
 * <pre>{@code
 * var mail = new SparseInMemoryDataset.Builder("mail", 50_000, List.of("ham", "spam"));
 * mail.add(new int[] {17, 4031, 4077}, new float[] {1, 3, 1}, 0); // word 4031 occurs three times
 * mail.add(new int[] {250}, new float[] {2}, 1);
 * SparseInMemoryDataset data = mail.build();
 * }</pre>
 */
public final class SparseInMemoryDataset implements LoadedDataset {
  private final String name;
  private final int width;
  private final long[] rowStart;
  private final Ints feature;
  private final Floats value;
  private final Targets targets;
  private final float[] substitutes;

  /** Row of each sample in a file that is mapped, or null if samples are rows and in memory. */
  private final int @Nullable [] rows;

  /**
   * Wraps samples in compressed rows; nothing is copied.
   *
   * @param name short name for messages
   * @param width features of a sample, 1 or more
   * @param rowStart first entry of each sample, ascending from 0, one more than samples
   * @param feature feature of each entry, ascending and distinct within a sample, below {@code
   *     width}
   * @param value raw value of each entry
   * @param labels class of each sample, 0 to {@code classNames.size() - 1}
   * @param classNames one name a class
   */
  public SparseInMemoryDataset(
      String name,
      int width,
      long[] rowStart,
      Ints feature,
      Floats value,
      int[] labels,
      List<String> classNames) {
    this(
        name,
        width,
        rowStart,
        feature,
        value,
        ClassTargets.of(name, labels, classNames),
        null,
        new float[0]);
    if (width < 1) {
      throw new IllegalArgumentException("width must be 1 or more: " + width);
    }
    if (rowStart.length != labels.length + 1L
        || rowStart[0] != 0
        || rowStart[labels.length] != feature.length()
        || feature.length() != value.length()) {
      throw new IllegalArgumentException(
          "%s: %d labels, %d row starts, %d features and %d values do not fit together"
              .formatted(name, labels.length, rowStart.length, feature.length(), value.length()));
    }
    for (int i = 0; i < labels.length; i++) {
      checkRow(i);
    }
  }

  private SparseInMemoryDataset(
      String name,
      int width,
      long[] rowStart,
      Ints feature,
      Floats value,
      Targets targets,
      int @Nullable [] rows,
      float[] substitutes) {
    this.name = name;
    this.width = width;
    this.rowStart = rowStart;
    this.feature = feature;
    this.value = value;
    this.targets = targets;
    this.rows = rows;
    this.substitutes = substitutes;
  }

  /**
   * Says that the entries are views of a mapped file: {@link #select} then copies nothing, and they
   * do not count as memory.
   *
   * @return the same samples
   */
  public SparseInMemoryDataset mapped() {
    int[] all = new int[size()];
    Arrays.setAll(all, i -> i);
    return new SparseInMemoryDataset(
        name, width, rowStart, feature, value, targets, all, substitutes);
  }

  @Override
  public float[] substitutes() {
    return substitutes.clone();
  }

  @Override
  public SparseInMemoryDataset withSubstitutes(float... values) {
    return new SparseInMemoryDataset(
        name, width, rowStart, feature, value, targets, rows, Substitutes.of(name, values, width));
  }

  private int row(int sample) {
    return rows == null ? sample : rows[sample];
  }

  private void checkRow(int sample) {
    if (rowStart[sample + 1] < rowStart[sample] || rowStart[sample + 1] > feature.length()) {
      throw new IllegalArgumentException(
          "%s: row starts do not ascend to %d at sample %d"
              .formatted(name, feature.length(), sample));
    }
    int before = -1;
    for (long k = rowStart[sample]; k < rowStart[sample + 1]; k++) {
      int here = feature.get(k);
      if (here <= before || here >= width) {
        throw new IllegalArgumentException(
            "%s: features of sample %d must ascend below %d: %d"
                .formatted(name, sample, width, here));
      }
      before = here;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return width;
  }

  @Override
  public Targets targets() {
    return targets;
  }

  @Override
  public SparseInMemoryDataset withTargets(Targets changed) {
    return new SparseInMemoryDataset(
        name, width, rowStart, feature, value, changed.of(name, size()), rows, substitutes);
  }

  /** {@inheritDoc} Sparse samples are no pictures. */
  @Override
  public @Nullable ImageShape image() {
    return null;
  }

  /**
   * Returns how many values are kept.
   *
   * @return 0 or more
   */
  public long entries() {
    if (rows == null) {
      return feature.length();
    }
    long entries = 0;
    for (int row : rows) {
      entries += rowStart[row + 1] - rowStart[row];
    }
    return entries;
  }

  /**
   * Returns where the values of a sample begin.
   *
   * @param sample 0 to {@code size - 1}
   * @return number of an entry
   */
  public long firstEntry(int sample) {
    return rowStart[row(sample)];
  }

  /**
   * Returns where the values of a sample end.
   *
   * @param sample 0 to {@code size - 1}
   * @return one past the number of its last entry
   */
  public long endEntry(int sample) {
    return rowStart[row(sample) + 1];
  }

  /**
   * Returns the feature of each entry.
   *
   * @return ascending within a sample; read only
   */
  public Ints entryFeatures() {
    return feature;
  }

  /**
   * Returns the raw value of each entry.
   *
   * @return one number an entry; read only
   */
  public Floats entryValues() {
    return value;
  }

  @Override
  public float feature(int sample, int wanted) {
    long at = find(sample, wanted);
    return at < endEntry(sample) && feature.get(at) == wanted ? value.get(at) : 0f;
  }

  /** Finds the first entry of a sample whose feature is not below the wanted one. */
  private long find(int sample, int wanted) {
    long low = firstEntry(sample);
    long high = endEntry(sample);
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (feature.get(middle) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void read(int sample, float[] values) {
    Arrays.fill(values, 0, width, 0f);
    for (long k = firstEntry(sample); k < endEntry(sample); k++) {
      values[feature.get(k)] = value.get(k);
    }
  }

  @Override
  public SparseInMemoryDataset select(int[] samples) {
    Targets chosen = targets.select(samples);
    if (rows != null) {
      int[] view = new int[samples.length];
      Arrays.setAll(view, i -> rows[samples[i]]);
      return new SparseInMemoryDataset(
          name, width, rowStart, feature, value, chosen, view, substitutes);
    }
    long[] start = new long[samples.length + 1];
    for (int i = 0; i < samples.length; i++) {
      start[i + 1] = start[i] + rowStart[samples[i] + 1] - rowStart[samples[i]];
    }
    Ints features = new Ints(start[samples.length]);
    Floats values = new Floats(start[samples.length]);
    for (int i = 0; i < samples.length; i++) {
      long from = rowStart[samples[i]];
      long count = start[i + 1] - start[i];
      features.copy(feature, from, start[i], count);
      values.copy(value, from, start[i], count);
    }
    return new SparseInMemoryDataset(
        name, width, start, features, values, chosen, null, substitutes);
  }

  @Override
  public long bytes() {
    long index = 8L * rowStart.length + targets.bytes();
    return rows == null ? index + 8 * value.length() : index + (long) Integer.BYTES * rows.length;
  }

  /**
   * Writes a batch by feature, with no zeros but those that are kept.
   *
   * @param samples indices of samples
   * @param from first entry of {@code samples} to use; it becomes sample 0
   * @param count how many
   * @param target made for as many features
   */
  public void fillSparse(int[] samples, int from, int count, SparseBatch target) {
    if (target.features() != width) {
      throw new IllegalArgumentException(
          "%s has %d features, the batch is made for %d".formatted(name, width, target.features()));
    }
    if (rows == null) {
      target.fill(rowStart, feature, value, samples, from, count);
      return;
    }
    int[] batch = target.rows(count);
    for (int b = 0; b < count; b++) {
      batch[b] = rows[samples[from + b]];
    }
    target.fill(rowStart, feature, value, batch, 0, count);
  }

  @Override
  public void copyFeatures(int sample, int firstFeature, int endFeature, Floats row, long at) {
    row.clear(at, at + endFeature - firstFeature);
    for (long k = find(sample, firstFeature); k < endEntry(sample); k++) {
      if (feature.get(k) >= endFeature) {
        break;
      }
      row.set(at + feature.get(k) - firstFeature, value.get(k));
    }
  }

  /** Collects samples one by one. */
  public static final class Builder {
    private final String name;
    private final int features;
    private final List<String> classNames;
    private final SparseRows rows = new SparseRows();
    private int[] labels = new int[16];

    /**
     * Begins an empty data set.
     *
     * @param name short name for messages
     * @param features features of a sample, 1 or more
     * @param classNames one name a class
     */
    public Builder(String name, int features, List<String> classNames) {
      this.name = name;
      this.features = features;
      this.classNames = List.copyOf(classNames);
    }

    /**
     * Adds a sample.
     *
     * @param present features of the sample that are not 0, distinct, in any order
     * @param values one number a feature
     * @param label 0 to {@code classNames.size() - 1}
     * @return this
     * @throws IllegalArgumentException if a feature is given twice or is not below the number of
     *     features
     */
    public Builder add(int[] present, float[] values, int label) {
      if (present.length != values.length) {
        throw new IllegalArgumentException(
            "%s: sample %d has %d features and %d values"
                .formatted(name, rows.size(), present.length, values.length));
      }
      int[] order = SparseRows.order(present);
      for (int i = 0; i < order.length; i++) {
        int here = present[order[i]];
        if (here < 0 || here >= features || (i > 0 && here == present[order[i - 1]])) {
          throw new IllegalArgumentException(
              "%s: features of sample %d must be distinct, 0 to %d: %d"
                  .formatted(name, rows.size(), features - 1, here));
        }
      }
      for (int i : order) {
        rows.add(present[i], values[i]);
      }
      if (rows.size() == labels.length) {
        labels = Arrays.copyOf(labels, 2 * labels.length);
      }
      labels[rows.size()] = label;
      rows.endRow();
      return this;
    }

    /**
     * Puts the samples together.
     *
     * @return a data set of all samples so far
     */
    public SparseInMemoryDataset build() {
      return rows.dataset(name, features, 0, Arrays.copyOf(labels, rows.size()), classNames);
    }
  }
}
