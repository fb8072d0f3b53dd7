package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import dev.rewire.data.FeatureTable;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.InMemoryDataset;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads samples from text files with one line a sample, plain or packed with gzip, in UTF-8 (RFC
 * 4180, and also with semicolons or tabs).
 *
 * <p>Features must be finite decimal numbers, or missing (an empty cell, {@code ?}, {@code NA},
 * {@code NaN}, {@code null}) if the options allow it. Labels are any text; whole numbers are one
 * class however they are written ({@code 1}, {@code 1.0}, {@code 1e0}).
 */
public final class Csv {
  private static final Pattern ENDINGS =
      Pattern.compile(
          "(\\.(csv|tsv|txt|data|mat|npy|npz|bin|tar|arff|mtx|h5|hdf5|safetensors))?(\\.gz)?$",
          Pattern.CASE_INSENSITIVE);

  private Csv() {}

  /**
   * Reads labelled samples. The classes are those found, in the order of their values if all are
   * numbers and of their letters if not; numbers that are hardly ever the same are numbers to
   * predict.
   *
   * @param path the file
   * @param options how to read it, with a label column
   * @return one or more samples, two or more classes
   * @throws DataException if the file is missing, damaged, or not such a table
   */
  public static InMemoryDataset read(Path path, CsvOptions options) {
    return read(path, options, new Labelling.Found());
  }

  /**
   * Reads labelled samples of known classes, a test file for example.
   *
   * @param path the file
   * @param options how to read it, with a label column
   * @param classNames all classes, in order
   * @return one or more samples
   * @throws DataException if the file is missing, damaged, or not such a table, or has a class that
   *     is not known
   */
  public static InMemoryDataset read(Path path, CsvOptions options, List<String> classNames) {
    return read(path, options, new Labelling.Known(classNames));
  }

  /**
   * Reads labelled samples whose labels need not be classes.
   *
   * @param path the file
   * @param options how to read it, with a label column
   * @param labelling what labels are, and which are known
   * @return one or more samples
   * @throws DataException if the file is missing, damaged, or not such a table, or its labels are
   *     not what they should be
   */
  public static InMemoryDataset read(Path path, CsvOptions options, Labelling labelling) {
    if (options.label() instanceof LabelColumn.None) {
      throw new IllegalArgumentException("labelled samples need a label column: " + options);
    }
    CsvTable table = CsvTable.read(path, options, labelling.head(), null);
    return table(path, table).targeted(labelling.targets(table.classes()));
  }

  /**
   * Reads samples without classes. A label column, if the options give one, is left out.
   *
   * @param path the file
   * @param options how to read it
   * @return one or more samples
   * @throws DataException if the file is missing, damaged, or not such a table
   */
  public static FeatureTable features(Path path, CsvOptions options) {
    return table(path, CsvTable.read(path, options));
  }

  private static FeatureTable table(Path path, CsvTable table) {
    return new FeatureTable(
        name(path),
        table.rows().toFloats(),
        table.rows().size(),
        table.columns().features(),
        table.columns().featureNames(),
        null);
  }

  /**
   * Returns what a file is called in messages and reports.
   *
   * @param path any file
   * @return its name without folder and without endings like {@code .csv.gz}
   */
  public static String name(Path path) {
    String name = String.valueOf(path.getFileName());
    String plain = ENDINGS.matcher(name).replaceFirst("");
    return plain.isEmpty() ? name : plain;
  }
}
