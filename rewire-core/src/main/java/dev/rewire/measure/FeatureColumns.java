package dev.rewire.measure;

import dev.rewire.dataset.DenseDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.util.Arrays;

/**
 * The values of some features, feature by feature, each packed with its class into one number that
 * sorts by value. Values that a sparse sample leaves out are not here: they are zeros.
 */
final class FeatureColumns {
  private final int first;
  private final int samples;
  private final int[] start;
  private final long[] packed;

  private FeatureColumns(int first, int samples, int[] start, long[] packed) {
    this.first = first;
    this.samples = samples;
    this.start = start;
    this.packed = packed;
  }

  static FeatureColumns of(LoadedDataset data, int[] labels, long[] entries, int from, int to) {
    int[] start = new int[to - from + 1];
    for (int f = from; f < to; f++) {
      start[f - from + 1] = Math.toIntExact(start[f - from] + entries[f]);
    }
    long[] packed = new long[start[to - from]];
    int[] next = start.clone();
    switch (data) {
      case DenseDataset dense -> {
        float[] values = new float[dense.features()];
        for (int s = 0; s < labels.length; s++) {
          dense.read(s, values);
          for (int f = from; f < to; f++) {
            packed[next[f - from]++] = pack(values[f], labels[s]);
          }
        }
      }
      case SparseInMemoryDataset sparse -> {
        for (int s = 0; s < labels.length; s++) {
          for (long k = sparse.firstEntry(s); k < sparse.endEntry(s); k++) {
            int f = sparse.entryFeatures().get(k);
            if (f >= from && f < to) {
              packed[next[f - from]++] = pack(sparse.entryValues().get(k), labels[s]);
            }
          }
        }
      }
    }
    return new FeatureColumns(from, labels.length, start, packed);
  }

  /** The order of the bits is that of the values; -0 is 0. */
  private static long pack(float value, int label) {
    int bits = Float.floatToIntBits(value + 0.0f);
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return (long) ordered << 32 | label;
  }

  static float value(long packed) {
    int ordered = (int) (packed >> 32);
    return Float.intBitsToFloat(ordered ^ (ordered >> 31 & Integer.MAX_VALUE));
  }

  static int label(long packed) {
    return (int) packed;
  }

  int first() {
    return first;
  }

  int count() {
    return start.length - 1;
  }

  /** One feature, its values in order. */
  FeatureColumn sorted(int column) {
    long[] values = Arrays.copyOfRange(packed, start[column], start[column + 1]);
    Arrays.sort(values);
    return new FeatureColumn(values, samples);
  }
}
