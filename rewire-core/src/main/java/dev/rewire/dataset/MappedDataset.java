package dev.rewire.dataset;

import dev.rewire.memory.Floats;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Samples in mapped files, of which the operating system keeps in memory what is used and what
 * there is room for: the data may be larger than the memory of the machine.
 *
 * <p>Any sample can be read at any time, so training shuffles all of them as it does with data in
 * memory, and gives the same bits. On the heap there are only the labels and, for a part of the
 * samples, their rows: 4 or 8 bytes a sample.
 */
public final class MappedDataset implements DenseDataset {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final MemorySegment[] parts;

  /** The number of rows up to the end of each part. */
  private final int[] partEnd;

  private final RecordLayout layout;
  private final Targets targets;
  private final @Nullable ImageShape image;
  private final List<String> featureNames;
  private final float[] substitutes;

  /** Row of each sample, or null if samples are rows. */
  private final int @Nullable [] rows;

  /**
   * Presents mapped files.
   *
   * @param name short name for messages
   * @param parts one file or more, from the first record to the end of the last, whole records
   * @param layout of a record
   * @param labels class of each record, over all parts
   * @param classNames one name a class
   * @param image how the features lie in a picture, or null
   * @param featureNames one name a feature, or none at all
   */
  public MappedDataset(
      String name,
      List<MemorySegment> parts,
      RecordLayout layout,
      int[] labels,
      List<String> classNames,
      @Nullable ImageShape image,
      List<String> featureNames) {
    long end = 0;
    this.partEnd = new int[parts.size()];
    for (int p = 0; p < partEnd.length; p++) {
      if (parts.get(p).byteSize() % layout.bytes() != 0) {
        throw new IllegalArgumentException(
            "%s: part %d has %d bytes, no multiple of %d"
                .formatted(name, p, parts.get(p).byteSize(), layout.bytes()));
      }
      end += parts.get(p).byteSize() / layout.bytes();
      partEnd[p] = Math.toIntExact(end);
    }
    if (end != labels.length) {
      throw new IllegalArgumentException(
          name + ": " + end + " records and " + labels.length + " labels");
    }
    if (image != null && image.features() != layout.width()) {
      throw new IllegalArgumentException(
          name + ": a picture of " + image.features() + " pixels for " + layout.width());
    }
    this.name = name;
    this.parts = parts.toArray(MemorySegment[]::new);
    this.layout = layout;
    targets = ClassTargets.of(name, labels, classNames);
    this.image = image;
    this.featureNames = FeatureNames.of(name, featureNames, layout.width());
    substitutes = new float[0];
    rows = null;
  }

  private MappedDataset(
      MappedDataset that, Targets targets, int @Nullable [] rows, float[] substitutes) {
    name = that.name;
    parts = that.parts;
    partEnd = that.partEnd;
    layout = that.layout;
    image = that.image;
    featureNames = that.featureNames;
    this.targets = targets;
    this.rows = rows;
    this.substitutes = substitutes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int features() {
    return layout.width();
  }

  @Override
  public Targets targets() {
    return targets;
  }

  @Override
  public MappedDataset withTargets(Targets changed) {
    return new MappedDataset(this, changed.of(name, size()), rows, substitutes);
  }

  @Override
  public @Nullable ImageShape image() {
    return image;
  }

  @Override
  public List<String> featureNames() {
    return featureNames;
  }

  @Override
  public float[] substitutes() {
    return substitutes.clone();
  }

  /** What is in the files stays there: missing values are replaced whenever they are read. */
  @Override
  public MappedDataset withSubstitutes(float... values) {
    return new MappedDataset(this, targets, rows, Substitutes.of(name, values, layout.width()));
  }

  private int row(int sample) {
    return rows == null ? sample : rows[sample];
  }

  private int part(int row) {
    int part = 0;
    while (row >= partEnd[part]) {
      part++;
    }
    return part;
  }

  /** Returns where the features of a row begin in its part. */
  private long values(int row, int part) {
    long inPart = part == 0 ? row : row - partEnd[part - 1];
    return inPart * layout.bytes() + layout.valuesAt();
  }

  @Override
  public float feature(int sample, int feature) {
    int row = row(sample);
    int part = part(row);
    long at = values(row, part);
    return layout.type() == RecordLayout.Type.FLOAT
        ? Substitutes.present(
            parts[part].get(FLOAT, at + (long) feature * Float.BYTES), substitutes, feature)
        : parts[part].get(ValueLayout.JAVA_BYTE, at + feature) & 0xff;
  }

  @Override
  public void read(int sample, float[] values) {
    int row = row(sample);
    int part = part(row);
    long at = values(row, part);
    MemorySegment records = parts[part];
    if (layout.type() == RecordLayout.Type.FLOAT) {
      MemorySegment.copy(records, FLOAT, at, values, 0, layout.width());
      for (int f = 0; substitutes.length > 0 && f < layout.width(); f++) {
        values[f] = Substitutes.present(values[f], substitutes, f);
      }
      return;
    }
    for (int f = 0; f < layout.width(); f++) {
      values[f] = records.get(ValueLayout.JAVA_BYTE, at + f) & 0xff;
    }
  }

  @Override
  public MappedDataset select(int[] samples) {
    int[] chosen = new int[samples.length];
    Arrays.setAll(chosen, i -> row(samples[i]));
    return new MappedDataset(this, targets.select(samples), chosen, substitutes);
  }

  @Override
  public long bytes() {
    return targets.bytes() + (rows == null ? 0 : (long) Integer.BYTES * rows.length);
  }

  @Override
  public void copyFeatures(int sample, int firstFeature, int endFeature, Floats row, long at) {
    int record = row(sample);
    int part = part(record);
    long first = values(record, part) + (long) firstFeature * layout.type().bytes();
    int count = endFeature - firstFeature;
    if (layout.type() == RecordLayout.Type.FLOAT) {
      MemorySegment.copy(
          parts[part],
          FLOAT,
          first,
          row.segment(),
          ValueLayout.JAVA_FLOAT,
          at * Float.BYTES,
          count);
      for (int i = 0; substitutes.length > 0 && i < count; i++) {
        float present = Substitutes.present(row.get(at + i), substitutes, firstFeature + i);
        row.set(at + i, present);
      }
    } else {
      bytes(parts[part], first, row, at, count);
    }
  }

  private static void bytes(MemorySegment records, long from, Floats row, long at, int count) {
    for (int i = 0; i < count; i++) {
      row.set(at + i, records.get(ValueLayout.JAVA_BYTE, from + i) & 0xff);
    }
  }
}
