package dev.rewire.tensorboard;

import dev.rewire.memory.Floats;

/**
 * How numbers are spread: counts in buckets of equal width between the smallest and the largest.
 * Numbers that are not finite are left out.
 *
 * @param least the smallest
 * @param most the largest
 * @param count how many
 * @param sum their sum
 * @param squares the sum of their squares
 * @param limits upper end of each bucket, ascending
 * @param counts how many numbers are in each bucket
 */
record Histogram(
    double least,
    double most,
    long count,
    double sum,
    double squares,
    double[] limits,
    double[] counts) {
  private static final int BUCKETS = 64;

  /** Counts weights; those of connections that do not exist are not there to be counted. */
  static Histogram of(Floats values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (long i = 0; i < values.length(); i++) {
      double value = values.get(i);
      if (Math.abs(value) <= Float.MAX_VALUE) {
        least = Math.min(least, value);
        most = Math.max(most, value);
        sum += value;
        squares += value * value;
        count++;
      }
    }
    int buckets = count == 0 ? 0 : least == most ? 1 : BUCKETS;
    double[] limits = new double[buckets];
    double width = (most - least) / buckets;
    for (int k = 0; k < buckets; k++) {
      limits[k] = k == buckets - 1 ? most : least + (k + 1) * width;
    }
    double[] counts = counts(values, least, width, buckets);
    return count == 0
        ? new Histogram(0, 0, 0, 0, 0, limits, counts)
        : new Histogram(least, most, count, sum, squares, limits, counts);
  }

  private static double[] counts(Floats values, double least, double width, int buckets) {
    long[] counts = new long[Math.max(1, buckets)];
    double perWidth = width > 0 ? 1 / width : 0;
    for (long i = 0; i < values.length(); i++) {
      double value = values.get(i);
      if (Math.abs(value) <= Float.MAX_VALUE) {
        counts[Math.min((int) ((value - least) * perWidth), counts.length - 1)]++;
      }
    }
    double[] reals = new double[buckets];
    for (int k = 0; k < buckets; k++) {
      reals[k] = counts[k];
    }
    return reals;
  }
}
