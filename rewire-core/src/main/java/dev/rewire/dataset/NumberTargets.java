package dev.rewire.dataset;

import java.util.List;

/**
 * Numbers to predict, one or several a sample.
 *
 * @param values sample by sample, as many a sample as there are names, all finite; not copied
 * @param names one name a number
 */
public record NumberTargets(float[] values, List<String> names) implements Targets {
  /** Checks that they fit together. */
  public NumberTargets {
    names = List.copyOf(names);
    if (names.isEmpty() || values.length % names.size() != 0) {
      throw new IllegalArgumentException(
          "%d numbers cannot be %d a sample".formatted(values.length, names.size()));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a number to predict must be finite: " + value);
      }
    }
  }

  @Override
  public Head head() {
    return Head.REGRESSION;
  }

  @Override
  public int size() {
    return values.length / names.size();
  }

  @Override
  public int label(int sample) {
    return 0;
  }

  @Override
  public float value(int sample, int output) {
    return values[sample * names.size() + output];
  }

  @Override
  public NumberTargets select(int[] samples) {
    int width = names.size();
    float[] chosen = new float[samples.length * width];
    for (int i = 0; i < samples.length; i++) {
      System.arraycopy(values, samples[i] * width, chosen, i * width, width);
    }
    return new NumberTargets(chosen, names);
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * values.length;
  }
}
