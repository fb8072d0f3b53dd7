package dev.rewire.metric;

/**
 * The expected calibration error: how far the probability of what is said is, on the average, from
 * how often it is right. Samples are put into bins of equal width by that probability; the
 * difference of mean probability and share of right ones is averaged over the bins, each weighed by
 * its samples. Takes the same memory for any number of samples.
 *
 * <p>Source: C. Guo et al., On Calibration of Modern Neural Networks, ICML 2017, equation 3, with
 * 15 bins as there; M. P. Naeini et al., AAAI 2015.
 */
public final class CalibrationError {
  /** Bins of the published tables. */
  public static final int DEFAULT_BINS = 15;

  private final long[] samples;
  private final long[] right;
  private final double[] confidence;
  private long all;

  /** Begins without samples, with the bins of the published tables. */
  public CalibrationError() {
    this(DEFAULT_BINS);
  }

  /**
   * Begins without samples.
   *
   * @param bins how many, 1 or more
   */
  public CalibrationError(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be 1 or more: " + bins);
    }
    samples = new long[bins];
    right = new long[bins];
    confidence = new double[bins];
  }

  /**
   * Adds a sample.
   *
   * @param probability of what was said, 0 to 1; it is in the bin that begins below it
   * @param correct whether it was right
   */
  public void add(double probability, boolean correct) {
    int bins = samples.length;
    int bin = Math.clamp((long) Math.ceil(probability * bins) - 1, 0, bins - 1);
    samples[bin]++;
    right[bin] += correct ? 1 : 0;
    confidence[bin] += probability;
    all++;
  }

  /**
   * Returns the error.
   *
   * @return 0 if probabilities are what they say, at most 1; NaN without samples
   */
  public double value() {
    double sum = 0;
    for (int bin = 0; bin < samples.length; bin++) {
      sum += Math.abs(right[bin] - confidence[bin]);
    }
    return all == 0 ? Double.NaN : sum / all;
  }
}
