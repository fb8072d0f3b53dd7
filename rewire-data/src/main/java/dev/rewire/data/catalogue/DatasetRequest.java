package dev.rewire.data.catalogue;

import dev.rewire.data.Holdout;
import dev.rewire.data.Split;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.Augmentation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which data to train and test with.
 *
 * @param data name of a data set, or path of a CSV or LIBSVM file, of an IDX file of images, or of
 *     a folder with the four files of MNIST
 * @param test path of a file of test samples, or null to look beside the data or to split them
 * @param csv how to read CSV files
 * @param libsvm how to read LIBSVM files
 * @param testFraction share of the test samples if the data are split, above 0 and below 1
 * @param seed decides how the data are split
 * @param holdout what is set aside beside the test samples
 * @param stream whether data stay on the disk
 * @param augmentation how pictures are moved while they are learned
 */
public record DatasetRequest(
    String data,
    @Nullable Path test,
    CsvOptions csv,
    LibsvmOptions libsvm,
    double testFraction,
    long seed,
    Holdout holdout,
    StreamOptions stream,
    Augmentation augmentation) {
  /** Checks the share. */
  public DatasetRequest {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "testFraction must be above 0 and below 1: " + testFraction);
    }
  }

  /**
   * Asks for data in the usual way.
   *
   * @param data name or path
   * @return a request without a test file, to split with seed 1 if need be
   */
  public static DatasetRequest of(String data) {
    return new DatasetRequest(
        data,
        null,
        CsvOptions.DEFAULT,
        LibsvmOptions.DEFAULT,
        Split.TEST_FRACTION,
        1,
        Holdout.NONE,
        StreamOptions.DEFAULT,
        Augmentation.NONE);
  }

  /**
   * Changes the data.
   *
   * @param changed name or path
   * @return otherwise the same request
   */
  public DatasetRequest withData(String changed) {
    return new DatasetRequest(changed, test, csv, libsvm, testFraction, seed);
  }

  /**
   * Adds a test file.
   *
   * @param changed path of a file of test samples, or null
   * @return otherwise the same request
   */
  public DatasetRequest withTest(@Nullable Path changed) {
    return new DatasetRequest(
        data, changed, csv, libsvm, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Changes how CSV files are read.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withCsv(CsvOptions changed) {
    return new DatasetRequest(
        data, test, changed, libsvm, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Changes how LIBSVM files are read.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withLibsvm(LibsvmOptions changed) {
    return new DatasetRequest(
        data, test, csv, changed, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Changes how data are split.
   *
   * @param changedFraction share of the test samples, above 0 and below 1
   * @param changedSeed any number
   * @return otherwise the same request
   */
  public DatasetRequest withSplit(double changedFraction, long changedSeed) {
    return new DatasetRequest(
        data, test, csv, libsvm, changedFraction, changedSeed, holdout, stream, augmentation);
  }

  /**
   * Changes what is set aside.
   *
   * @param changed validation samples or a fold
   * @return otherwise the same request
   */
  public DatasetRequest withHoldout(Holdout changed) {
    return new DatasetRequest(
        data, test, csv, libsvm, testFraction, seed, changed, stream, augmentation);
  }

  /**
   * Changes whether data stay on the disk.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withStream(StreamOptions changed) {
    return new DatasetRequest(
        data, test, csv, libsvm, testFraction, seed, holdout, changed, augmentation);
  }

  /**
   * Changes how pictures are moved while they are learned.
   *
   * @param changed how far
   * @return otherwise the same request
   */
  public DatasetRequest withAugmentation(Augmentation changed) {
    return new DatasetRequest(
        data, test, csv, libsvm, testFraction, seed, holdout, stream, changed);
  }
}
