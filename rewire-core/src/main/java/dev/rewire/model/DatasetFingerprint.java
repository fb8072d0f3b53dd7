package dev.rewire.model;

import dev.rewire.dataset.DenseDataset;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One number for all samples of a data set: another one if a value, a class or another target, the
 * order of the samples or a name of a class is another. It does not matter which file they came
 * from.
 */
public final class DatasetFingerprint {
  private DatasetFingerprint() {}

  /**
   * Hashes the raw values.
   *
   * @param data what to hash
   * @return SHA-256 in 64 hexadecimal digits
   */
  public static String of(LoadedDataset data) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.add(String.join("\n", data.classNames()).getBytes(StandardCharsets.UTF_8));
    ByteBuffer numbers = ByteBuffer.allocate(3 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (data) {
      case DenseDataset dense -> {
        fingerprint.add(numbers.putInt(0).putInt(dense.size()).putInt(dense.features()).array());
        float[] row = new float[dense.features()];
        byte[] bytes = new byte[Math.multiplyExact(dense.features(), Float.BYTES)];
        for (int i = 0; i < dense.size(); i++) {
          dense.read(i, row);
          MemorySegment.ofArray(bytes).copyFrom(MemorySegment.ofArray(row));
          fingerprint.add(bytes);
        }
      }
      case SparseInMemoryDataset sparse -> {
        fingerprint.add(numbers.putInt(1).putInt(sparse.size()).putInt(sparse.features()).array());
        // samples of a part of a data set may lie anywhere in the memory of the whole
        long start = 0;
        fingerprint.add(numbers.clear().putLong(start).putInt(0).array());
        for (int i = 0; i < sparse.size(); i++) {
          start += sparse.endEntry(i) - sparse.firstEntry(i);
          fingerprint.add(numbers.clear().putLong(start).putInt(0).array());
        }
        entries(fingerprint, sparse, sparse.entryFeatures().segment());
        entries(fingerprint, sparse, sparse.entryValues().segment());
      }
    }
    for (int i = 0; i < data.size(); i++) {
      fingerprint.add(numbers.clear().putInt(data.label(i)).putLong(0).array());
    }
    if (data.head() != Head.CLASSES) {
      targets(fingerprint, data, numbers);
    }
    return fingerprint.digits();
  }

  /** What is not said by the number of a class. */
  private static void targets(Fingerprint fingerprint, LoadedDataset data, ByteBuffer numbers) {
    fingerprint.add(data.head().name().getBytes(StandardCharsets.UTF_8));
    int outputs = data.head().outputs(data.classNames().size());
    for (int i = 0; i < data.size(); i++) {
      for (int k = 0; k < outputs; k++) {
        fingerprint.add(numbers.clear().putFloat(data.target(i, k)).putLong(0).array());
      }
    }
  }

  /** Adds numbers of 4 bytes each, sample by sample. */
  private static void entries(
      Fingerprint fingerprint, SparseInMemoryDataset data, MemorySegment numbers) {
    for (int i = 0; i < data.size(); i++) {
      long first = data.firstEntry(i);
      long bytes = (data.endEntry(i) - first) * Integer.BYTES;
      fingerprint.add(numbers.asSlice(first * Integer.BYTES, bytes));
    }
  }
}
