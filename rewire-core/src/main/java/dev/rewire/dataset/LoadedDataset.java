package dev.rewire.dataset;

/** A data set that is in memory as a whole, so that its samples can be read and divided. */
public sealed interface LoadedDataset extends Dataset
    permits InMemoryDataset, SparseInMemoryDataset {
  /**
   * Reads one feature.
   *
   * @param sample 0 to {@code size - 1}
   * @param feature 0 to {@code features - 1}
   * @return its raw value
   */
  float feature(int sample, int feature);

  /**
   * Copies the features of one sample.
   *
   * @param sample 0 to {@code size - 1}
   * @return its raw values, zeros included
   */
  float[] sample(int sample);

  /**
   * Copies some of the samples into a data set of their own.
   *
   * @param samples indices of samples
   * @return the same kind of data, in the order of {@code samples}
   */
  LoadedDataset select(int[] samples);

  /**
   * Says how much memory the samples take.
   *
   * @return bytes, labels included
   */
  long bytes();
}
