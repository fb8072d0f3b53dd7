package dev.rewire.metric;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import java.util.Map;

/**
 * The metrics that fit what a network predicts, fed sample by sample. Memory does not grow with the
 * samples, but for the outputs that are kept for an exact area under the curve: at most {@link
 * #MOST_KEPT} of them.
 */
public sealed interface Scores permits ClassScores, BinaryScores, LabelScores, NumberScores {
  /** The most outputs that are kept, 5 bytes each; with more, the area comes from bins. */
  int MOST_KEPT = 1 << 24;

  /** The most labels that get bins, of which a label has 2 MB; with more there is no area. */
  int MOST_BINNED = 100;

  /**
   * Adds a sample.
   *
   * @param data where it is from
   * @param sample its index, for its target
   * @param prediction what the network says about it, one number an output
   */
  void add(Dataset data, int sample, float[] prediction);

  /**
   * Returns what all samples came to.
   *
   * @return names in the words of JSON files and their values, NaN where one is not defined
   */
  Map<String, Double> values();

  /**
   * Begins without samples.
   *
   * @param head what is predicted
   * @param outputs numbers of a prediction, 1 or more
   * @param samples how many there will be
   * @param threshold above which a prediction is taken for 1, where targets are 0 or 1
   * @param probabilities whether predictions are probabilities, so that they can be calibrated
   * @return the metrics for that
   */
  static Scores of(Head head, int outputs, int samples, double threshold, boolean probabilities) {
    return switch (head) {
      case CLASSES -> new ClassScores(outputs, samples, probabilities);
      case BINARY -> new BinaryScores(samples, threshold, probabilities);
      case MULTI_LABEL -> new LabelScores(outputs, samples, threshold);
      case REGRESSION -> new NumberScores(outputs);
    };
  }
}
