package dev.rewire.measure;

import java.util.Arrays;

/**
 * Degrees of 1 and more, each value once, ascending, and how many neurons have it.
 *
 * @param value distinct degrees
 * @param count neurons of each, 1 or more
 */
record DegreeSample(int[] value, long[] count) {
  static DegreeSample of(Degrees degrees) {
    long[] counts = degrees.counts();
    int distinct = 0;
    for (int k = 1; k < counts.length; k++) {
      distinct += counts[k] > 0 ? 1 : 0;
    }
    int[] value = new int[distinct];
    long[] count = new long[distinct];
    int at = 0;
    for (int k = 1; k < counts.length; k++) {
      if (counts[k] > 0) {
        value[at] = k;
        count[at++] = counts[k];
      }
    }
    return new DegreeSample(value, count);
  }

  /** Counts degrees in any order; sorts them. */
  static DegreeSample of(int[] degrees) {
    Arrays.sort(degrees);
    int[] value = new int[degrees.length];
    long[] count = new long[degrees.length];
    int size = 0;
    for (int degree : degrees) {
      if (size == 0 || value[size - 1] != degree) {
        value[size++] = degree;
      }
      count[size - 1]++;
    }
    return new DegreeSample(Arrays.copyOf(value, size), Arrays.copyOf(count, size));
  }

  int distinct() {
    return value.length;
  }

  long size() {
    return Arrays.stream(count).sum();
  }

  /** The values from an index on. */
  DegreeSample tail(int from) {
    return new DegreeSample(
        Arrays.copyOfRange(value, from, value.length),
        Arrays.copyOfRange(count, from, count.length));
  }

  double mean() {
    double sum = 0;
    for (int i = 0; i < value.length; i++) {
      sum += (double) value[i] * count[i];
    }
    return sum / size();
  }

  /** The mean of ln(k / least). */
  double meanLog(double least) {
    double sum = 0;
    for (int i = 0; i < value.length; i++) {
      sum += Math.log(value[i] / least) * count[i];
    }
    return sum / size();
  }
}
