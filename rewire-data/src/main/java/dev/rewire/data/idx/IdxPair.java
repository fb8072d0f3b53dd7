package dev.rewire.data.idx;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.InMemoryDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Training and test pictures in the files that MNIST and its relatives have. */
public final class IdxPair {
  /** What the name of a file of training samples begins with. */
  public static final String TRAIN = "train-";

  /** What the name of a file of test samples begins with. */
  public static final String TEST = "t10k-";

  private static final String IMAGES = "images-idx3-ubyte";

  private IdxPair() {}

  /**
   * Reads two files of pictures and the label files beside them.
   *
   * @param name of the data set, for messages
   * @param train pictures to learn from
   * @param test pictures to be judged by
   * @param classNames names of the classes, or null to name them by the numbers that occur
   * @return samples with the same classes
   * @throws DataException if a file is missing, damaged, or not what it should be
   */
  public static DatasetPair read(
      String name, Path train, Path test, @Nullable List<String> classNames) {
    Path trainLabels = Idx.labelsBeside(train);
    Path testLabels = Idx.labelsBeside(test);
    List<String> names = classNames;
    if (names == null) {
      names = InMemoryDataset.numbered(Idx.count(Idx.labels(trainLabels), Idx.labels(testLabels)));
    }
    return new DatasetPair(
        Idx.read(name, train, trainLabels, names), Idx.read(name, test, testLabels, names));
  }

  /**
   * Finds a file of pictures in a folder.
   *
   * @param folder where to look
   * @param part {@link #TRAIN} or {@link #TEST}
   * @return path of an existing file, packed or not, or null
   */
  public static @Nullable Path find(Path folder, String part) {
    for (String ending : List.of(".gz", "")) {
      Path images = folder.resolve(part + IMAGES + ending);
      if (Files.isRegularFile(images)) {
        return images;
      }
    }
    return null;
  }

  /**
   * Finds the test pictures that belong to training pictures: the file beside them whose name has
   * {@code t10k-} in place of {@code train-}.
   *
   * @param train path of a file of pictures
   * @return path of an existing file, packed or not, or null
   */
  public static @Nullable Path testBeside(Path train) {
    String name = String.valueOf(train.getFileName());
    if (!name.startsWith(TRAIN)) {
      return null;
    }
    String wanted = TEST + name.substring(TRAIN.length());
    String other =
        wanted.endsWith(".gz") ? wanted.substring(0, wanted.length() - 3) : wanted + ".gz";
    for (String candidate : List.of(wanted, other)) {
      Path test = train.resolveSibling(candidate);
      if (Files.isRegularFile(test)) {
        return test;
      }
    }
    return null;
  }
}
