package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.file.Content;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.memory.Floats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Reads grey pictures and their classes from IDX files, plain or packed with gzip: big-endian
 * header, then one unsigned byte a pixel or label.
 *
 * <p>Pixels stay 0 to 255. The format is described at the end of the page of the MNIST database
 * (LeCun, Cortes and Burges).
 */
public final class Idx {
  /** Number at the beginning of a file of images. */
  public static final int IMAGES = 2051;

  /** Number at the beginning of a file of labels. */
  public static final int LABELS = 2049;

  private static final String IMAGES_NAME = "images-idx3";
  private static final String LABELS_NAME = "labels-idx1";

  private Idx() {}

  /**
   * Reads pictures with their labels; the classes are 0 to the largest label.
   *
   * @param name of the data set, for messages
   * @param images file with magic number 2051
   * @param labels file with magic number 2049 and as many items
   * @return one or more samples
   * @throws DataException if a file is missing, damaged, or not what it should be
   */
  public static InMemoryDataset read(String name, Path images, Path labels) {
    int[] classes = labels(labels);
    return read(name, images, labels, classes, InMemoryDataset.numbered(count(classes)));
  }

  /**
   * Reads pictures with their labels, whose classes are known.
   *
   * @param name of the data set, for messages
   * @param images file with magic number 2051
   * @param labels file with magic number 2049 and as many items
   * @param classNames names of the classes; label 0 means the first of them
   * @return one or more samples
   * @throws DataException if a file is missing, damaged, or not what it should be, or a label has
   *     no name
   */
  public static InMemoryDataset read(
      String name, Path images, Path labels, List<String> classNames) {
    int[] classes = labels(labels, classNames);
    return read(name, images, labels, classes, classNames);
  }

  /**
   * Reads pictures whose classes are not known.
   *
   * @param name of the data set, for messages
   * @param images file with magic number 2051
   * @return one or more samples
   * @throws DataException if the file is missing, damaged, or not what it should be
   */
  public static FeatureTable images(String name, Path images) {
    try (Content content = Content.open(images)) {
      IdxHeader header = IdxHeader.read(images, content, IMAGES);
      return new FeatureTable(
          name,
          pixels(images, content, header),
          header.count(),
          header.itemBytes(),
          List.of(),
          new ImageShape(header.height(), header.width(), 1));
    }
  }

  /**
   * Reads labels.
   *
   * @param labels file with magic number 2049
   * @return numbers 0 to 255, one or more
   * @throws DataException if the file is missing, damaged, or not what it should be
   */
  public static int[] labels(Path labels) {
    try (Content content = Content.open(labels)) {
      IdxHeader header = IdxHeader.read(labels, content, LABELS);
      int[] values = new int[0];
      int end = 0;
      for (byte[] block : IdxBody.read(labels, content, header)) {
        values = Arrays.copyOf(values, end + block.length);
        for (byte value : block) {
          values[end++] = value & 0xff;
        }
      }
      return values;
    }
  }

  /**
   * Reads labels of classes that are known.
   *
   * @param labels file with magic number 2049
   * @param classNames names of the classes; label 0 means the first of them
   * @return numbers that have a name, one or more
   * @throws DataException if the file is missing, damaged, or not what it should be, or a label has
   *     no name
   */
  public static int[] labels(Path labels, List<String> classNames) {
    int[] classes = labels(labels);
    for (int i = 0; i < classes.length; i++) {
      if (classes[i] >= classNames.size()) {
        throw new DataException(
            labels
                + " has the label "
                + classes[i]
                + " at byte "
                + (IdxHeader.bytes(LABELS) + i)
                + ", but there are only the classes 0 to "
                + (classNames.size() - 1)
                + ": give a file with the same classes.");
      }
    }
    return classes;
  }

  /**
   * Counts the classes of labels.
   *
   * @param labels numbers 0 or more
   * @return the largest label plus one, over all arrays
   */
  public static int count(int[]... labels) {
    return 1 + Arrays.stream(labels).flatMapToInt(Arrays::stream).max().orElse(-1);
  }

  /**
   * Finds the labels that belong to pictures: the file beside them whose name has {@code
   * labels-idx1} in place of {@code images-idx3}, packed or not.
   *
   * @param images path of a file of pictures
   * @return path of an existing file
   * @throws DataException if there is none
   */
  public static Path labelsBeside(Path images) {
    String name = String.valueOf(images.getFileName());
    String wanted = name.replace(IMAGES_NAME, LABELS_NAME).replace("images.idx3", "labels.idx1");
    if (wanted.equals(name)) {
      throw new DataException(
          images
              + " has no "
              + IMAGES_NAME
              + " in its name, so that its label file cannot be found: rename the two files to"
              + " NAME-images-idx3-ubyte and NAME-labels-idx1-ubyte.");
    }
    Path same = images.resolveSibling(wanted);
    if (Files.exists(same)) {
      return same;
    }
    Path other =
        images.resolveSibling(
            wanted.endsWith(".gz") ? wanted.substring(0, wanted.length() - 3) : wanted + ".gz");
    if (Files.exists(other)) {
      return other;
    }
    throw new DataException(
        same + " does not exist: put the label file of " + images + " beside it.");
  }

  private static InMemoryDataset read(
      String name, Path images, Path labels, int[] classes, List<String> classNames) {
    try (Content content = Content.open(images)) {
      IdxHeader header = IdxHeader.read(images, content, IMAGES);
      if (header.count() != classes.length) {
        throw new DataException(
            images
                + " has "
                + header.count()
                + " images (byte 4), but "
                + labels
                + " has "
                + classes.length
                + " labels: give two files that belong together.");
      }
      return new InMemoryDataset(
          name,
          pixels(images, content, header),
          header.itemBytes(),
          classes,
          classNames,
          new ImageShape(header.height(), header.width(), 1));
    }
  }

  private static Floats pixels(Path path, Content content, IdxHeader header) {
    List<byte[]> blocks = IdxBody.read(path, content, header);
    Floats pixels = new Floats(header.bodyBytes());
    float[] row = new float[0];
    long at = 0;
    for (byte[] block : blocks) {
      if (row.length < block.length) {
        row = new float[block.length];
      }
      for (int i = 0; i < block.length; i++) {
        row[i] = block[i] & 0xff;
      }
      pixels.copy(row, 0, at, block.length);
      at += block.length;
    }
    return pixels;
  }
}
