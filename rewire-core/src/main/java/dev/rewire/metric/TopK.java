package dev.rewire.metric;

/**
 * The share of samples whose class is among the {@code k} that get the highest outputs.
 *
 * <p>Ties count against the network: of equal outputs the right one is taken to come last, so that
 * a network that says the same about everything gets nothing for it. Source: O. Russakovsky et al.,
 * ImageNet Large Scale Visual Recognition Challenge, IJCV 115 (2015).
 */
public final class TopK {
  private final int k;
  private long samples;
  private long right;

  /**
   * Begins without samples.
   *
   * @param k how many classes may be named, 1 or more
   */
  public TopK(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("k must be 1 or more: " + k);
    }
    this.k = k;
  }

  /**
   * Adds a sample.
   *
   * @param outputs one number a class
   * @param label its class, 0 to {@code outputs.length - 1}
   */
  public void add(float[] outputs, int label) {
    int before = 0;
    for (int c = 0; c < outputs.length; c++) {
      before += c != label && !(outputs[c] < outputs[label]) ? 1 : 0;
    }
    samples++;
    right += before < k ? 1 : 0;
  }

  /**
   * Returns the share that is right.
   *
   * @return 0 to 1, or NaN without samples
   */
  public double value() {
    return samples == 0 ? Double.NaN : (double) right / samples;
  }
}
