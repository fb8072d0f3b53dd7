package dev.rewire.cli;

import dev.rewire.data.Missing;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.format.SamplesIn;
import dev.rewire.data.libsvm.LibsvmOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What files of samples do not say about themselves. */
final class ReadingOptions {
  @Option(
      names = "--label",
      paramLabel = "COL",
      description =
          "Column of a CSV file, attribute of an ARFF file or column of an array that holds the"
              + " class: a name, a number from 1, or last (default for CSV and ARFF).")
  @Nullable String label;

  @Option(
      names = "--x",
      paramLabel = "NAME",
      description =
          "Array of a MAT, NPZ, HDF5 or safetensors file that holds the samples (default: X, data,"
              + " features ...).")
  @Nullable String x;

  @Option(
      names = "--y",
      paramLabel = "NAME",
      description = "Array that holds their classes (default: Y, labels, target ...).")
  @Nullable String y;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "File with one class a sample, if the samples come without: a line of text for each, an"
              + " array, or IDX labels.")
  @Nullable Path labels;

  @Option(
      names = "--missing",
      paramLabel = "POLICY",
      description =
          "What to do about missing values: refuse (default, and say where the first one is), mean"
              + " (of the feature in the training samples), zero, or drop-row.")
  @Nullable String missing;

  @Option(
      names = "--ignore",
      paramLabel = "COLS",
      description =
          "Columns of a CSV file that are no features: names or numbers from 1, separated by"
              + " commas.")
  @Nullable String ignore;

  @Option(
      names = "--samples-in",
      paramLabel = "WAY",
      description =
          "Which way samples lie in a CSV file or an array: rows, columns (a line of text is then a"
              + " feature, as in tables of genes), or detected (default).")
  @Nullable SamplesIn samplesIn;

  ReadOptions options(LibsvmOptions libsvm) {
    LabelColumn column = label == null ? null : LabelColumn.of(label);
    CsvOptions csv = column == null ? CsvOptions.DEFAULT : CsvOptions.DEFAULT.withLabel(column);
    boolean none = column instanceof LabelColumn.None;
    return ReadOptions.DEFAULT
        .withCsv(csv.withIgnored(ignored(ignore)))
        .withSamplesIn(samplesIn == null ? SamplesIn.DETECTED : samplesIn)
        .withLibsvm(libsvm)
        .withArrays(new ArrayNames(x, y, none ? null : column))
        .withMissing(missing());
  }

  static List<String> ignored(@Nullable String columns) {
    return columns == null || columns.equals("none")
        ? List.of()
        : List.of(columns.split("\\s*,\\s*"));
  }

  private Missing missing() {
    return missing == null ? Missing.REFUSE : missing(missing);
  }

  /**
   * Returns how a file for a network is read: as its training samples, unless something is said.
   */
  ReadOptions options(SavedModel saved, LibsvmOptions libsvm) throws IOException {
    ReadOptions before = saved.read();
    ReadOptions asked = options(libsvm);
    ArrayNames names = before.arrays();
    return asked
        .withCsv(
            (label == null ? before.csv() : asked.csv())
                .withIgnored(ignore == null ? before.csv().ignored() : asked.csv().ignored()))
        .withSamplesIn(samplesIn == null ? before.samplesIn() : samplesIn)
        .withArrays(
            new ArrayNames(
                x == null ? names.x() : x,
                y == null ? names.y() : y,
                label == null ? names.column() : asked.arrays().column()))
        .withMissing(saved.missing(missing == null ? null : missing(missing)));
  }

  static Missing missing(String text) {
    return switch (text) {
      case "refuse" -> Missing.REFUSE;
      case "mean" -> Missing.MEAN;
      case "zero" -> Missing.ZERO;
      case "drop-row" -> Missing.DROP_ROW;
      default ->
          throw new UsageException(
              "--missing can be refuse, mean, zero or drop-row, not %s".formatted(text));
    };
  }

  /** Returns a policy as it is typed. */
  static String word(Missing missing) {
    return missing.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
