package dev.rewire.data.cifar;

import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.InMemoryDataset;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder with files as CIFAR-10 has them: {@code data_batch_*.bin} and {@code test_batch*.bin}.
 */
public final class CifarFolder {
  private static final Pattern TRAIN = Pattern.compile("data_batch.*\\.bin(\\.gz)?");
  private static final Pattern TEST = Pattern.compile("test_batch.*\\.bin(\\.gz)?");
  private static final String NAMES = "batches.meta.txt";

  private CifarFolder() {}

  /**
   * Says whether a folder is one of these.
   *
   * @param folder an existing folder
   * @return true if it has files of training and of test pictures
   */
  public static boolean is(Path folder) {
    return !training(folder).isEmpty() && !test(folder).isEmpty();
  }

  /**
   * Lists the files of training pictures.
   *
   * @param folder an existing folder
   * @return in the order of their names, none if there are none
   */
  public static List<Path> training(Path folder) {
    return files(folder, TRAIN);
  }

  /**
   * Lists the files of test pictures.
   *
   * @param folder an existing folder
   * @return in the order of their names, none if there are none
   */
  public static List<Path> test(Path folder) {
    return files(folder, TEST);
  }

  /**
   * Reads all files of a folder, in the order of their names.
   *
   * @param name of the data set, for messages
   * @param folder with files of training and of test pictures
   * @return both
   * @throws DataException if a file is damaged, or not what it should be
   */
  public static DatasetPair read(String name, Path folder) {
    Labelling found = new Labelling.Found();
    return new DatasetPair(
        Cifar.read(name, training(folder), found), Cifar.read(name, test(folder), found));
  }

  private static List<Path> files(Path folder, Pattern pattern) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> pattern.matcher(String.valueOf(file.getFileName())).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DataException(folder + " cannot be listed: check its permissions.", e);
    }
  }

  /**
   * Reads the names of the classes beside a file, or numbers them.
   *
   * @param file with pictures
   * @return ten names
   * @throws DataException if there is a file of names, but it has not ten of them
   */
  public static List<String> classNames(Path file) {
    Path names = file.resolveSibling(NAMES);
    if (!Files.isRegularFile(names)) {
      return InMemoryDataset.numbered(CifarRecords.CLASSES);
    }
    try {
      return classNames(names.toString(), Files.readString(names, StandardCharsets.UTF_8));
    } catch (MalformedInputException e) {
      throw new DataException(names + " is no text: put the names of 10 classes there.", e);
    } catch (IOException e) {
      throw new DataException(names + " cannot be read: check its permissions.", e);
    }
  }

  static List<String> classNames(String file, String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.size() != CifarRecords.CLASSES || lines.stream().distinct().count() != lines.size()) {
      throw new DataException(
          file
              + " has "
              + lines.size()
              + " names of classes, where 10 different ones must be: correct or remove it.");
    }
    return lines;
  }
}
