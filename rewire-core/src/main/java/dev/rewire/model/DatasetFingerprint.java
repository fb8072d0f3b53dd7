package dev.rewire.model;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One number for all samples of a data set: another one if a value, a class, the order of the
 * samples or a name of a class is another. It does not matter which file they came from.
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
      case InMemoryDataset dense -> {
        fingerprint.add(numbers.putInt(0).putInt(dense.size()).putInt(dense.features()).array());
        byte[] row = new byte[Math.multiplyExact(dense.features(), Float.BYTES)];
        for (int i = 0; i < dense.size(); i++) {
          MemorySegment.ofArray(row).copyFrom(MemorySegment.ofArray(dense.sample(i)));
          fingerprint.add(row);
        }
      }
      case SparseInMemoryDataset sparse -> {
        fingerprint.add(numbers.putInt(1).putInt(sparse.size()).putInt(sparse.features()).array());
        for (int i = 0; i <= sparse.size(); i++) {
          fingerprint.add(numbers.clear().putLong(sparse.rowStart(i)).putInt(0).array());
        }
        fingerprint.add(sparse.entryFeatures().segment());
        fingerprint.add(sparse.entryValues().segment());
      }
    }
    for (int i = 0; i < data.size(); i++) {
      fingerprint.add(numbers.clear().putInt(data.label(i)).putLong(0).array());
    }
    return fingerprint.digits();
  }
}
