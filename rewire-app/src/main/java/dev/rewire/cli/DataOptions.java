package dev.rewire.cli;

import dev.rewire.data.Split;
import dev.rewire.data.catalogue.DatasetRequest;
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
      names = "--test-labels",
      paramLabel = "FILE",
      description = "File with one class a test sample, if --labels has those of DATASET.")
  @Nullable Path testLabels;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description = "Share of samples to split off for the test (default: ${bundle:d.test}).")
  @Nullable Double testFraction;

  @ArgGroup(validate = false)
  ReadingOptions reading = new ReadingOptions();

  @ArgGroup(validate = false)
  SparseDataOptions sparse = new SparseDataOptions();

  void check() {
    Limit.INSIDE.check("--test-fraction", testFraction);
    reading.options(sparse.options());
  }

  DatasetRequest request(String data) {
    return DatasetRequest.of(data)
        .withTest(test)
        .withRead(reading.options(sparse.options()))
        .withLabels(reading.labels, testLabels)
        .withSplit(testFraction == null ? Split.TEST_FRACTION : testFraction, SPLIT_SEED);
  }
}
