package dev.rewire.data.cifar;

import dev.rewire.data.DataException;
import dev.rewire.memory.Floats;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Records while they are read, of which nobody knows yet how many there will be. */
final class CifarRecords {
  static final int CLASSES = Cifar.CLASSES;
  static final int PIXELS = Cifar.SHAPE.features();
  static final int RECORD = Cifar.RECORD;
  private static final int BLOCK = 64;

  private final List<byte[]> blocks = new ArrayList<>();
  private int size;

  /** Reads all records of a file. */
  void read(String file, InputStream stream) {
    int before = size;
    byte[] record = new byte[RECORD];
    while (true) {
      long at = (long) (size - before) * RECORD;
      int read;
      try {
        read = stream.readNBytes(record, 0, RECORD);
      } catch (IOException e) {
        throw new DataException(file + " cannot be read: check the file and its disk.", e);
      }
      if (read == 0) {
        break;
      }
      if (read < RECORD) {
        throw new DataException(
            "%s ends at byte %d, inside a record of %d bytes that begins at byte %d: copy or download it again."
                .formatted(file, at + read, RECORD, at));
      }
      if (record[0] < 0 || record[0] >= CLASSES) {
        throw new DataException(
            "%s has the class %d at byte %d, possible are 0 to 9: copy or download it again."
                .formatted(file, record[0] & 0xff, at));
      }
      add(record);
    }
    if (size == before) {
      throw new DataException(file + " has no records: give a file with pictures of CIFAR-10.");
    }
  }

  private void add(byte[] record) {
    int place = size % BLOCK;
    if (place == 0) {
      blocks.add(new byte[BLOCK * RECORD]);
    }
    System.arraycopy(record, 0, blocks.getLast(), place * RECORD, RECORD);
    size++;
  }

  int[] labels() {
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      labels[i] = blocks.get(i / BLOCK)[i % BLOCK * RECORD];
    }
    return labels;
  }

  Floats pixels() {
    Floats pixels = new Floats((long) size * PIXELS);
    float[] row = new float[PIXELS];
    for (int i = 0; i < size; i++) {
      byte[] block = blocks.get(i / BLOCK);
      int from = i % BLOCK * RECORD + 1;
      for (int p = 0; p < PIXELS; p++) {
        row[p] = block[from + p] & 0xff;
      }
      pixels.copy(row, 0, (long) i * PIXELS, PIXELS);
    }
    return pixels;
  }
}
