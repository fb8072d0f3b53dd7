package dev.rewire.data.stream;

import dev.rewire.data.DataException;
import dev.rewire.data.cifar.Cifar;
import dev.rewire.data.cifar.CifarFolder;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.MappedDataset;
import dev.rewire.dataset.RecordLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** CIFAR-10 binary files that are read in place. */
final class MappedCifar {
  private static final RecordLayout LAYOUT =
      new RecordLayout(Cifar.RECORD, 1, Cifar.SHAPE.features(), RecordLayout.Type.UNSIGNED_BYTE);

  private MappedCifar() {}

  /** Says whether a file can be one: by its name, its length and its first label. */
  static boolean recognises(Path path) {
    try {
      if (!path.toString().endsWith(".bin")
          || Files.size(path) == 0
          || Files.size(path) % Cifar.RECORD != 0) {
        return false;
      }
      return (Mapping.of(path).get(ValueLayout.JAVA_BYTE, 0) & 0xff) < Cifar.CLASSES;
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Maps files as one data set.
   *
   * @param name short name for messages
   * @param files in order, one or more
   * @param labelling where the classes come from
   */
  static MappedDataset open(String name, List<Path> files, Labelling labelling) {
    List<MemorySegment> parts = new ArrayList<>();
    long records = 0;
    for (Path file : files) {
      try (Content content = Content.open(file)) {
        Mapping.refusePacked(file, content.packed());
      }
      MemorySegment part = Mapping.of(file);
      if (part.byteSize() == 0 || part.byteSize() % Cifar.RECORD != 0) {
        throw new DataException(
            "%s has %d bytes, no multiple of the %d of a record: copy or download it again."
                .formatted(file, part.byteSize(), Cifar.RECORD));
      }
      parts.add(part);
      records += part.byteSize() / Cifar.RECORD;
    }
    int[] labels = new int[Math.toIntExact(records)];
    int at = 0;
    for (int p = 0; p < files.size(); p++) {
      for (long offset = 0; offset < parts.get(p).byteSize(); offset += Cifar.RECORD) {
        int label = parts.get(p).get(ValueLayout.JAVA_BYTE, offset) & 0xff;
        if (label >= Cifar.CLASSES) {
          throw new DataException(
              "%s has the label %d at byte %d, possible are 0 to 9: give a binary file of CIFAR-10."
                  .formatted(files.get(p), label, offset));
        }
        labels[at++] = label;
      }
    }
    List<String> names =
        switch (labelling) {
          case Labelling.Found _ -> CifarFolder.classNames(files.getFirst());
          case Labelling.Known(List<String> known, _) -> known;
          case Labelling.Ignored(List<String> known) -> known;
        };
    boolean ignored = labelling instanceof Labelling.Ignored;
    if (!ignored && names.size() != Cifar.CLASSES) {
      throw new DataException(
          "%s has 10 classes, but %d are known: give data of the same kind."
              .formatted(files.getFirst(), names.size()));
    }
    return new MappedDataset(
        name,
        parts,
        LAYOUT,
        ignored ? new int[labels.length] : labels,
        names,
        Cifar.SHAPE,
        List.of());
  }
}
