package dev.rewire.data.cifar;

import dev.rewire.data.DataException;
import dev.rewire.data.csv.Csv;
import dev.rewire.data.file.Content;
import dev.rewire.data.format.Beginning;
import dev.rewire.data.format.Format;
import dev.rewire.data.format.Labelling;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.Samples;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the binary files of CIFAR-10: for each picture a byte with its class, then 1024 bytes each
 * of red, green and blue, row by row. The names of the classes are those of {@code
 * batches.meta.txt} beside the file, or else 0 to 9.
 *
 * <p>Source: <a href="https://www.cs.toronto.edu/~kriz/cifar.html">Krizhevsky's page</a>.
 */
public final class Cifar implements Format {
  /** Classes, numbered from 0. */
  public static final int CLASSES = 10;

  /** The picture of a record: planes of red, green and blue. */
  public static final ImageShape SHAPE = new ImageShape(32, 32, 3);

  /** Bytes of a record: its class and its pixels. */
  public static final int RECORD = 1 + SHAPE.features();

  /** Makes a reader. */
  public Cifar() {}

  @Override
  public String name() {
    return "CIFAR-10 binary";
  }

  /** The files have no magic number: each record begins with a class, and they are no text. */
  @Override
  public boolean recognises(Beginning beginning) {
    byte[] bytes = beginning.bytes();
    for (int at = 0; at < bytes.length; at += RECORD) {
      if (bytes[at] < 0 || bytes[at] >= CLASSES) {
        return false;
      }
    }
    boolean whole = !beginning.packed() && beginning.size() % RECORD == 0;
    return (whole || beginning.fileName().endsWith(".bin")) && !beginning.isText();
  }

  @Override
  public Samples read(Path path, ReadOptions options, Labelling labels) {
    return Samples.of(read(Csv.name(path), List.of(path), labels), options);
  }

  /**
   * Reads the pictures of several files.
   *
   * @param name of the data set, for messages
   * @param files one or more, in order
   * @param labelling where the names of the classes come from
   * @return pictures of 32 x 32 x 3 pixels
   * @throws DataException if a file is missing, damaged, or not what it should be
   */
  public static InMemoryDataset read(String name, List<Path> files, Labelling labelling) {
    CifarRecords records = new CifarRecords();
    for (Path file : files) {
      try (Content content = Content.open(file)) {
        records.read(file.toString(), content.stream());
      }
    }
    List<String> found =
        labelling instanceof Labelling.Found
            ? CifarFolder.classNames(files.getFirst())
            : InMemoryDataset.numbered(CLASSES);
    return dataset(name, files.getFirst(), records, found, labelling);
  }

  static InMemoryDataset dataset(
      String name, Path file, CifarRecords records, List<String> found, Labelling labelling) {
    List<String> names =
        switch (labelling) {
          case Labelling.Found _ -> found;
          case Labelling.Known(List<String> known, _) -> known;
          case Labelling.Ignored(List<String> known) -> known;
        };
    if (labelling instanceof Labelling.Known && names.size() != CLASSES) {
      throw new DataException(
          file
              + " has 10 classes, but "
              + names.size()
              + " are known: give data of the same kind.");
    }
    int[] labels = records.labels();
    return new InMemoryDataset(
        name,
        records.pixels(),
        CifarRecords.PIXELS,
        labelling instanceof Labelling.Ignored ? new int[labels.length] : labels,
        names,
        SHAPE);
  }
}
