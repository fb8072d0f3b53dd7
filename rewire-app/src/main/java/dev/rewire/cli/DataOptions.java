package dev.rewire.cli;

import dev.rewire.data.Split;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which samples, and how to read them. */
final class DataOptions {
  /** The same for every run, so that runs with different seeds are judged by the same samples. */
  private static final long SPLIT_SEED = 1;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with a folder for each named data set. Looked at first, then the folder in"
              + " REWIRE_DATA, then the cache into which missing ones are downloaded.")
  @Nullable Path dataDir;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "File of test samples; else they are found beside DATASET or split off.")
  @Nullable Path test;

  @Option(
      names = "--label",
      paramLabel = "COL",
      description =
          "Column of a CSV file that holds the class: a name, a number from 1, or last (default).")
  @Nullable String label;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description = "Share of samples to split off for the test (default: ${bundle:d.test}).")
  @Nullable Double testFraction;

  @ArgGroup(validate = false)
  SparseDataOptions sparse = new SparseDataOptions();

  void check() {
    sparse.options();
    Limit.INSIDE.check("--test-fraction", testFraction);
    if ("none".equals(label)) {
      throw new UsageException("--label none leaves nothing to learn: name the column of classes");
    }
  }

  CsvOptions csv() {
    return label == null ? CsvOptions.DEFAULT : CsvOptions.DEFAULT.withLabel(LabelColumn.of(label));
  }

  DatasetRequest request(String data) {
    return DatasetRequest.of(data)
        .withTest(test)
        .withCsv(csv())
        .withLibsvm(sparse.options())
        .withSplit(testFraction == null ? Split.TEST_FRACTION : testFraction, SPLIT_SEED);
  }
}
