package dev.rewire.cli;

import dev.rewire.data.Missing;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.libsvm.LibsvmOptions;
import java.nio.file.Path;
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

  ReadOptions options(LibsvmOptions libsvm) {
    LabelColumn column = label == null ? null : LabelColumn.of(label);
    CsvOptions csv = column == null ? CsvOptions.DEFAULT : CsvOptions.DEFAULT.withLabel(column);
    boolean none = column instanceof LabelColumn.None;
    return ReadOptions.DEFAULT
        .withCsv(csv)
        .withLibsvm(libsvm)
        .withArrays(new ArrayNames(x, y, none ? null : column))
        .withMissing(missing());
  }

  private Missing missing() {
    return missing == null ? Missing.REFUSE : missing(missing);
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
