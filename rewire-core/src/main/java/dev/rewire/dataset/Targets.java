package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import java.util.List;

/** What each sample should come to. */
public sealed interface Targets permits ClassTargets, LabelSets, NumberTargets {
  /**
   * Returns what a target is.
   *
   * @return the kind of all of them
   */
  Head head();

  /**
   * Returns the number of samples.
   *
   * @return 0 or more
   */
  int size();

  /**
   * Returns the names of classes, labels or numbers.
   *
   * @return in the order of their numbers
   */
  List<String> names();

  /**
   * Returns the class of a sample.
   *
   * @param sample 0 to {@code size - 1}
   * @return its number; 0 where targets are no classes, so that all samples are of one kind
   */
  int label(int sample);

  /**
   * Returns what an output should be.
   *
   * @param sample 0 to {@code size - 1}
   * @param output 0 to {@code head().outputs(names().size()) - 1}
   * @return 0 or 1, or the number itself
   */
  float value(int sample, int output);

  /**
   * Copies the targets of some samples.
   *
   * @param samples indices
   * @return in the order of {@code samples}
   */
  Targets select(int[] samples);

  /**
   * Checks that there is one for each sample.
   *
   * @param data name of the samples, for messages
   * @param samples how many there are
   * @return this
   */
  default Targets of(String data, int samples) {
    if (size() != samples) {
      throw new IllegalArgumentException(
          "%s: %d samples and %d targets".formatted(data, samples, size()));
    }
    return this;
  }

  /**
   * Says how much memory they take.
   *
   * @return bytes
   */
  long bytes();

  /**
   * Writes the targets of a batch, one row an output.
   *
   * @param samples indices of samples
   * @param from first entry of {@code samples} to use; it becomes column 0
   * @param count how many, at most the samples of {@code target}
   * @param target overwritten, 0 behind the last sample
   */
  default void fill(int[] samples, int from, int count, Activations target) {
    target.values().clear();
    for (int b = 0; b < count; b++) {
      for (int k = 0; k < target.units(); k++) {
        target.set(k, b, value(samples[from + b], k));
      }
    }
  }
}
