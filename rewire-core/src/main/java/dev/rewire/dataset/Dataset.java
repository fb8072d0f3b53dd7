package dev.rewire.dataset;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labelled samples, raw as their file holds them: scaling belongs to the network, so that the same
 * scaling meets every sample that it ever sees.
 *
 * <p>The two {@code fill} methods are called by several threads at once, each for its own range of
 * units.
 */
public interface Dataset {
  /**
   * Returns a short name for messages and reports.
   *
   * @return for example {@code mnist}
   */
  String name();

  /**
   * Returns the number of samples.
   *
   * @return 0 or more
   */
  int size();

  /**
   * Returns the number of inputs of a sample.
   *
   * @return 1 or more
   */
  int features();

  /**
   * Returns the names of the classes, in the order of their numbers; those of the labels or of the
   * numbers to predict, if targets are these.
   *
   * @return one or more names
   */
  List<String> classNames();

  /**
   * Returns the class of a sample.
   *
   * @param sample 0 to {@code size - 1}
   * @return 0 to {@code classNames().size() - 1}; 0 for all where targets are no classes
   */
  int label(int sample);

  /**
   * Returns what the target of a sample is.
   *
   * @return a class, unless the data say otherwise
   */
  default Head head() {
    return Head.CLASSES;
  }

  /**
   * Returns what an output of a network should be.
   *
   * @param sample 0 to {@code size - 1}
   * @param output 0 to {@code head().outputs(classNames().size()) - 1}
   * @return 0 or 1, or the number to predict, in its own units
   */
  default float target(int sample, int output) {
    return label(sample) == output ? 1 : 0;
  }

  /**
   * Returns how the features lie in a picture, if they do.
   *
   * @return the shape, or null for data that is no image
   */
  @Nullable ImageShape image();

  /**
   * Returns the names of the features.
   *
   * @return one name a feature, or none at all if they have no names
   */
  default List<String> featureNames() {
    return List.of();
  }

  /**
   * Returns the samples as one epoch of training sees them.
   *
   * @param streams random numbers of the run
   * @param epoch counted from 0
   * @return this, unless samples change from epoch to epoch; then what an epoch sees is a function
   *     of seed, epoch and sample alone
   */
  default Dataset inEpoch(RandomStreams streams, int epoch) {
    return this;
  }

  /**
   * Copies some features of a sample, zeros too. Called by several threads at once.
   *
   * @param sample index
   * @param firstFeature first feature to copy
   * @param endFeature one past the last feature to copy
   * @param row where to
   * @param at position of the first feature in {@code row}; the others follow
   */
  void copyFeatures(int sample, int firstFeature, int endFeature, Floats row, long at);

  /**
   * Writes the targets of a batch, one row an output: where they are classes, 1 for the class of
   * the sample and 0 elsewhere.
   *
   * @param samples indices of samples
   * @param from first entry of {@code samples} to use; it becomes column 0
   * @param count how many, at most the samples of {@code target}
   * @param target one row an output
   */
  void fillTargets(int[] samples, int from, int count, Activations target);
}
