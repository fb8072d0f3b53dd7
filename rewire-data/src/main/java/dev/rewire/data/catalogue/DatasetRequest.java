package dev.rewire.data.catalogue;

import dev.rewire.data.Holdout;
import dev.rewire.data.Split;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.Augmentation;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which data to train and test with.
 *
 * @param data name of a data set, path of a file of any format, or of a folder with the files of
 *     MNIST or CIFAR-10
 * @param test path of a file of test samples, or null to look beside the data or to split them
 * @param read what the files do not say about themselves; its labels are ignored
 * @param labels path of a file with one label a sample, or null if the data have them
 * @param testLabels the same for the test file
 * @param testFraction share of the test samples if the data are split, above 0 and below 1
 * @param seed decides how the data are split
 * @param holdout what is set aside beside the test samples
 * @param stream whether data stay on the disk
 * @param augmentation how pictures are moved while they are learned
 */
public record DatasetRequest(
    String data,
    @Nullable Path test,
    ReadOptions read,
    @Nullable Path labels,
    @Nullable Path testLabels,
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
        ReadOptions.DEFAULT,
        null,
        null,
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
    return new DatasetRequest(
        changed, test, read, labels, testLabels, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Returns how CSV files are read.
   *
   * @return options
   */
  public CsvOptions csv() {
    return read.csv();
  }

  /**
   * Returns how LIBSVM files are read.
   *
   * @return options
   */
  public LibsvmOptions libsvm() {
    return read.libsvm();
  }

  /**
   * Adds a test file.
   *
   * @param changed path of a file of test samples, or null
   * @return otherwise the same request
   */
  public DatasetRequest withTest(@Nullable Path changed) {
    return new DatasetRequest(
        data, changed, read, labels, testLabels, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Changes how files are read.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withRead(ReadOptions changed) {
    return new DatasetRequest(
        data, test, changed, labels, testLabels, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Adds files of labels.
   *
   * @param changed path of a file with one label a sample, or null
   * @param changedTest the same for the test file, or null
   * @return otherwise the same request
   */
  public DatasetRequest withLabels(@Nullable Path changed, @Nullable Path changedTest) {
    return new DatasetRequest(
        data, test, read, changed, changedTest, testFraction, seed, holdout, stream, augmentation);
  }

  /**
   * Changes how CSV files are read.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withCsv(CsvOptions changed) {
    return withRead(read.withCsv(changed));
  }

  /**
   * Changes how LIBSVM files are read.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withLibsvm(LibsvmOptions changed) {
    return withRead(read.withLibsvm(changed));
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
        data,
        test,
        read,
        labels,
        testLabels,
        changedFraction,
        changedSeed,
        holdout,
        stream,
        augmentation);
  }

  /**
   * Changes what is set aside.
   *
   * @param changed validation samples or a fold
   * @return otherwise the same request
   */
  public DatasetRequest withHoldout(Holdout changed) {
    return new DatasetRequest(
        data, test, read, labels, testLabels, testFraction, seed, changed, stream, augmentation);
  }

  /**
   * Changes whether data stay on the disk.
   *
   * @param changed options
   * @return otherwise the same request
   */
  public DatasetRequest withStream(StreamOptions changed) {
    return new DatasetRequest(
        data, test, read, labels, testLabels, testFraction, seed, holdout, changed, augmentation);
  }

  /**
   * Changes how pictures are moved while they are learned.
   *
   * @param changed how far
   * @return otherwise the same request
   */
  public DatasetRequest withAugmentation(Augmentation changed) {
    return new DatasetRequest(
        data, test, read, labels, testLabels, testFraction, seed, holdout, stream, changed);
  }
}
