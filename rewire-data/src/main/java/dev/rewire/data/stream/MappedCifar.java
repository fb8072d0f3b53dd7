package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.RecordLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10 binary files that are read in place: records of one label, 0 to 9, and 32 x 32 pixels in
 * three planes.
 */
final class MappedCifar {
  private static final ImageShape SHAPE = new ImageShape(32, 32, 3);
  private static final int CLASSES = 10;
  private static final RecordLayout LAYOUT =
      new RecordLayout(1L + SHAPE.features(), 1, SHAPE.features(), RecordLayout.Type.UNSIGNED_BYTE);

  private MappedCifar() {}

  /** Says whether a file can be one: by its name, its length and its first label. */
  static boolean recognises(Path path) {
    try {
      if (!path.toString().endsWith(".bin")
          || Files.size(path) == 0
          || Files.size(path) % LAYOUT.bytes() != 0) {
        return false;
      }
      return Mapping.of(path).get(ValueLayout.JAVA_BYTE, 0) < CLASSES;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Maps files as one data set.
   *
   * @param name short name for messages
   * @param files in order, one or more
   */
  static MappedDataset open(String name, List<Path> files) {
    List<MemorySegment> parts = new ArrayList<>();
    long records = 0;
    for (Path file : files) {
      MemorySegment part = Mapping.of(file);
      if (part.byteSize() == 0 || part.byteSize() % LAYOUT.bytes() != 0) {
        throw new DataException(
            "%s has %d bytes, no multiple of the %d of a record: copy or download it again."
                .formatted(file, part.byteSize(), LAYOUT.bytes()));
      }
      parts.add(part);
      records += part.byteSize() / LAYOUT.bytes();
    }
    int[] labels = new int[Math.toIntExact(records)];
    int at = 0;
    for (int p = 0; p < files.size(); p++) {
      for (long offset = 0; offset < parts.get(p).byteSize(); offset += LAYOUT.bytes()) {
        int label = parts.get(p).get(ValueLayout.JAVA_BYTE, offset) & 0xff;
        if (label >= CLASSES) {
          throw new DataException(
              "%s has the label %d at byte %d, possible are 0 to 9: give a binary file of CIFAR-10."
                  .formatted(files.get(p), label, offset));
        }
        labels[at++] = label;
      }
    }
    return new MappedDataset(
        name, parts, LAYOUT, labels, names(files.getFirst()), SHAPE, List.of());
  }

  /** The names in the file that belongs to the data, or else numbers. */
  private static List<String> names(Path data) {
    Path meta = data.resolveSibling("batches.meta.txt");
    try {
      if (Files.isRegularFile(meta)) {
        List<String> names =
            Files.readAllLines(meta).stream().map(String::strip).filter(n -> !n.isEmpty()).toList();
        if (names.size() == CLASSES) {
          return names;
        }
      }
    } catch (IOException unreadable) {
      // numbers are names as well
    }
    return InMemoryDataset.numbered(CLASSES);
  }
}
