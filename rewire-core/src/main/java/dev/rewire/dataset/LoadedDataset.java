package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import java.util.List;

/**
 * A data set of which any sample can be read at any time, in memory or in a mapped file, so that it
 * can be measured and divided.
 */
public sealed interface LoadedDataset extends Dataset permits DenseDataset, SparseInMemoryDataset {
  /**
   * Reads one feature.
   *
   * @param sample 0 to {@code size - 1}
   * @param feature 0 to {@code features - 1}
   * @return its raw value
   */
  float feature(int sample, int feature);

  /**
   * Copies the features of one sample into an array.
   *
   * @param sample 0 to {@code size - 1}
   * @param values receives its raw values, zeros included; {@code features} elements
   */
  void read(int sample, float[] values);

  /**
   * Copies the features of one sample.
   *
   * @param sample 0 to {@code size - 1}
   * @return its raw values, zeros included
   */
  default float[] sample(int sample) {
    float[] values = new float[features()];
    read(sample, values);
    return values;
  }

  /**
   * Makes a data set of some of the samples: a copy if they are in memory, a view if they are in a
   * file.
   *
   * @param samples indices of samples
   * @return the same kind of data, in the order of {@code samples}
   */
  LoadedDataset select(int[] samples);

  /**
   * Returns what the samples should come to.
   *
   * @return one target a sample
   */
  Targets targets();

  /**
   * Changes what the samples should come to.
   *
   * @param targets one a sample
   * @return the same samples, nothing copied
   */
  LoadedDataset withTargets(Targets targets);

  @Override
  default Head head() {
    return targets().head();
  }

  @Override
  default List<String> classNames() {
    return targets().names();
  }

  @Override
  default int size() {
    return targets().size();
  }

  @Override
  default int label(int sample) {
    return targets().label(sample);
  }

  @Override
  default float target(int sample, int output) {
    return targets().value(sample, output);
  }

  @Override
  default void fillTargets(int[] samples, int from, int count, Activations target) {
    targets().fill(samples, from, count, target);
  }

  /**
   * Returns what stands in for missing values ({@code NaN}), in these samples and in those that a
   * network which learns them will see later.
   *
   * @return one number a feature, a single one for all, or none if there is nothing to stand in
   */
  float[] substitutes();

  /**
   * Says what stands in for missing values.
   *
   * @param values one number a feature, a single one for all, or none
   * @return the same samples, nothing copied; those in memory must have no missing values any more
   */
  LoadedDataset withSubstitutes(float... values);

  /**
   * Says how much memory the samples take; what is in a mapped file does not count.
   *
   * @return bytes, labels included
   */
  long bytes();
}
