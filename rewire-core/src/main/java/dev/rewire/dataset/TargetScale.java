package dev.rewire.dataset;

import dev.rewire.memory.Activations;

/**
 * How numbers to predict are scaled for a network: mean 0 and deviation 1 of the training samples,
 * so that one learning rate fits all units. Part of the network, whose predictions come back in the
 * original units.
 *
 * @param mean of each output; empty where nothing is scaled
 * @param deviation of each output, above 0 and finite; as many
 */
public record TargetScale(float[] mean, float[] deviation) {
  /** Nothing is scaled: targets are classes or labels. */
  public static final TargetScale NONE = new TargetScale(new float[0], new float[0]);

  /** Copies and checks the numbers. */
  public TargetScale {
    mean = mean.clone();
    deviation = deviation.clone();
    if (mean.length != deviation.length) {
      throw new IllegalArgumentException(
          mean.length + " means and " + deviation.length + " deviations of targets");
    }
    for (int k = 0; k < mean.length; k++) {
      if (!Float.isFinite(mean[k]) || !(deviation[k] > 0) || Float.isInfinite(deviation[k])) {
        throw new IllegalArgumentException(
            "targets need a finite mean and a deviation above 0: %s, %s"
                .formatted(mean[k], deviation[k]));
      }
    }
  }

  /**
   * Measures training targets. Numbers that are all the same are moved to 0 and not scaled.
   *
   * @param targets of the training samples
   * @return mean and population deviation of each number; none for classes and labels
   */
  public static TargetScale fit(Targets targets) {
    if (targets.head() != Head.REGRESSION) {
      return NONE;
    }
    int width = targets.names().size();
    float[] means = new float[width];
    float[] deviations = new float[width];
    for (int k = 0; k < width; k++) {
      double sum = 0;
      for (int i = 0; i < targets.size(); i++) {
        sum += targets.value(i, k);
      }
      double mean = sum / Math.max(1, targets.size());
      double squares = 0;
      for (int i = 0; i < targets.size(); i++) {
        double distance = targets.value(i, k) - mean;
        squares += distance * distance;
      }
      float deviation = (float) Math.sqrt(squares / Math.max(1, targets.size()));
      means[k] = (float) mean;
      deviations[k] = deviation > 0 ? deviation : 1;
    }
    return new TargetScale(means, deviations);
  }

  /**
   * Says whether nothing is scaled.
   *
   * @return true if there are no numbers to predict
   */
  public boolean isNone() {
    return mean.length == 0;
  }

  /**
   * Scales the targets of a batch.
   *
   * @param target one row an output, in place
   * @param samples how many, the first columns
   */
  public void scale(Activations target, int samples) {
    for (int k = 0; k < mean.length; k++) {
      for (int b = 0; b < samples; b++) {
        target.set(k, b, (target.get(k, b) - mean[k]) / deviation[k]);
      }
    }
  }

  /**
   * Turns what a network says into the original units.
   *
   * @param outputs of one sample, in place
   */
  public void restore(float[] outputs) {
    for (int k = 0; k < mean.length; k++) {
      outputs[k] = (float) ((double) outputs[k] * deviation[k] + mean[k]);
    }
  }
}
