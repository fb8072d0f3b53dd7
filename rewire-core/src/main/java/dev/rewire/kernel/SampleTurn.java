package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/** Turns samples into rows of neurons, one number after the other; see {@link Kernels#turn}. */
final class SampleTurn {
  private SampleTurn() {}

  /** Some features of some samples. */
  static void turn(
      Floats samples,
      long samplesAt,
      int features,
      float[] shift,
      float[] scale,
      int first,
      Floats rows,
      long at,
      int width,
      int from,
      int fromSample,
      int toSample) {
    for (int i = from; i < features; i++) {
      float subtracted = of(shift, first + i);
      float factor = of(scale, first + i);
      for (int b = fromSample; b < toSample; b++) {
        float sample = samples.get(samplesAt + (long) b * features + i);
        rows.set(at + (long) i * width + b, (sample - subtracted) * factor);
      }
    }
  }

  /** One number a feature, or one for all. */
  static float of(float[] numbers, int feature) {
    return numbers[numbers.length == 1 ? 0 : feature];
  }
}
