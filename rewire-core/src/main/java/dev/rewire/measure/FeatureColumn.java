package dev.rewire.measure;

/**
 * The values of one feature.
 *
 * @param packed value and class of each sample that is not left out, ascending, see {@link
 *     FeatureColumns}
 * @param samples all of them; those left out are 0
 */
record FeatureColumn(long[] packed, int samples) {
  double variance() {
    double sum = 0;
    for (long one : packed) {
      sum += FeatureColumns.value(one);
    }
    double mean = sum / samples;
    double squares = (samples - packed.length) * mean * mean;
    for (long one : packed) {
      double difference = FeatureColumns.value(one) - mean;
      squares += difference * difference;
    }
    return squares / samples;
  }

  /**
   * Returns the mutual information with the class.
   *
   * @param classes samples of each class
   */
  double information(int bins, long[] classes) {
    return new Bins(bins, classes).information();
  }

  /** Fills bin after bin in the order of the values. */
  private final class Bins {
    private final int bins;
    private final long[] classes;
    private final long[] bin;
    private final long[] zeros;
    private long inBin;
    private long before;
    private double information;

    Bins(int bins, long[] classes) {
      this.bins = bins;
      this.classes = classes;
      bin = new long[classes.length];
      zeros = classes.clone();
      for (long one : packed) {
        zeros[FeatureColumns.label(one)]--;
      }
    }

    double information() {
      boolean zerosLeft = samples > packed.length;
      int at = 0;
      while (at < packed.length || zerosLeft) {
        if (zerosLeft && (at == packed.length || FeatureColumns.value(packed[at]) >= 0)) {
          zerosLeft = false;
          for (int c = 0; c < bin.length; c++) {
            add(c, zeros[c]);
          }
          // Zeros that a sparse sample spells out are the same value.
          if (at < packed.length && FeatureColumns.value(packed[at]) == 0) {
            at = run(at);
          }
        } else {
          at = run(at);
        }
        endOfValue();
      }
      close();
      return Math.max(0, information);
    }

    /** Adds all samples of one value. */
    private int run(int from) {
      float value = FeatureColumns.value(packed[from]);
      int at = from;
      while (at < packed.length && FeatureColumns.value(packed[at]) == value) {
        add(FeatureColumns.label(packed[at++]), 1);
      }
      return at;
    }

    private void add(int label, long count) {
      bin[label] += count;
      inBin += count;
    }

    /** Ends the bin if as many samples are through as should be after some bin. */
    private void endOfValue() {
      long through = before + inBin;
      if (through * bins / samples > before * bins / samples) {
        close();
      }
    }

    private void close() {
      for (int c = 0; c < bin.length; c++) {
        if (bin[c] > 0) {
          information +=
              (double) bin[c]
                  / samples
                  * Math.log((double) bin[c] * samples / ((double) inBin * classes[c]));
        }
        bin[c] = 0;
      }
      before += inBin;
      inBin = 0;
    }
  }
}
