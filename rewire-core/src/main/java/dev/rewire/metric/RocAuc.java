package dev.rewire.metric;

import java.util.Arrays;

/**
 * The area under the receiver operating characteristic: how probable it is that a sample that has
 * the label gets a higher output than one that has it not, equal outputs counting half.
 *
 * <p>Up to some samples all outputs are kept, at 5 bytes each, and the area is exact. What comes
 * after them goes, with all of them, into {@value #BINS} bins that are as fine as numbers are near
 * 0, and for probabilities near 1; outputs in one bin then count as equal, and {@link #uncertainty}
 * says by how much the area can be wrong. So memory is bounded for any number of samples.
 *
 * <p>Source: J. A. Hanley and B. J. McNeil, The meaning and use of the area under a ROC curve,
 * Radiology 143 (1982); ties as Mann and Whitney count them.
 */
public final class RocAuc {
  private static final int BITS = 16;

  // 0.5, 1 and infinity as IEEE 754 writes them
  private static final int HALF = 0x3F00_0000;
  private static final int ONE = 0x3F80_0000;
  private static final int INFINITE = 0x7F80_0000;

  /** The largest key is that of infinity, see {@link #key}. */
  static final int BINS = (int) ((2L * INFINITE + 2L * HALF - ONE) >> BITS) + 1;

  private static final int FIRST_ROOM = 1024;

  private final int most;
  private float[] outputs = new float[FIRST_ROOM];
  private boolean[] labels = new boolean[FIRST_ROOM];
  private long[] with = {};
  private long[] without = {};

  // the least and the largest output of each bin: where they are the same, equal means equal
  private float[] least = {};
  private float[] largest = {};
  private long samples;
  private boolean undefined;

  /**
   * Begins without samples.
   *
   * @param most samples of which every output is kept, 0 or more
   */
  public RocAuc(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("most must be 0 or more: " + most);
    }
    this.most = most;
  }

  /**
   * Adds a sample.
   *
   * @param output what the network gives for the label; NaN makes the area undefined
   * @param has whether the sample has it
   */
  public void add(float output, boolean has) {
    undefined |= Float.isNaN(output);
    if (samples < most) {
      if (samples == outputs.length) {
        int room = (int) Math.min(most, 2 * samples);
        outputs = Arrays.copyOf(outputs, room);
        labels = Arrays.copyOf(labels, room);
      }
      outputs[(int) samples] = output;
      labels[(int) samples] = has;
    } else {
      if (samples == most) {
        with = new long[BINS];
        without = new long[BINS];
        least = new float[BINS];
        largest = new float[BINS];
        for (int i = 0; i < most; i++) {
          count(outputs[i], labels[i]);
        }
        outputs = new float[0];
        labels = new boolean[0];
      }
      count(output, has);
    }
    samples++;
  }

  private void count(float output, boolean has) {
    int bin = Float.isNaN(output) ? 0 : (int) (key(output) >> BITS);
    boolean first = with[bin] + without[bin] == 0;
    least[bin] = first ? output : Math.min(least[bin], output);
    largest[bin] = first ? output : Math.max(largest[bin], output);
    (has ? with : without)[bin]++;
  }

  /** A whole number, 0 or more, in the order of the outputs and fine where probabilities are. */
  private static long key(float output) {
    long key;
    if (output <= 0) {
      key = -(long) Float.floatToIntBits(-output + 0f);
    } else if (output <= 0.5f) {
      key = Float.floatToIntBits(output);
    } else if (output <= 1) {
      key = 2L * HALF - Float.floatToIntBits(1 - output);
    } else {
      key = 2L * HALF + Float.floatToIntBits(output) - ONE;
    }
    return key + INFINITE;
  }

  private boolean kept() {
    return samples <= most;
  }

  /**
   * Returns the area.
   *
   * @return 0.5 for chance, 1 if all samples with the label get higher outputs than all without;
   *     NaN if there are not both kinds
   */
  public double value() {
    return areas()[0];
  }

  /**
   * Returns by how much the area can be wrong.
   *
   * @return 0 if all outputs were kept; NaN if there is no area
   */
  public double uncertainty() {
    return areas()[1];
  }

  /** The area, and half of the pairs that count as equal and may not be. */
  private double[] areas() {
    double below = 0;
    double equal = 0;
    double unsure = 0;
    double has = 0;
    double hasNot = 0;
    if (kept()) {
      long[] order = new long[(int) samples];
      for (int i = 0; i < order.length; i++) {
        order[i] = key(outputs[i]) << 1 | (labels[i] ? 1 : 0);
      }
      Arrays.sort(order);
      for (int i = 0; i < order.length; ) {
        long key = order[i] >> 1;
        long hasHere = 0;
        long hasNotHere = 0;
        for (; i < order.length && order[i] >> 1 == key; i++) {
          hasHere += order[i] & 1;
          hasNotHere += 1 - (order[i] & 1);
        }
        below += hasHere * hasNot;
        equal += (double) hasHere * hasNotHere;
        has += hasHere;
        hasNot += hasNotHere;
      }
    } else {
      for (int bin = 0; bin < BINS; bin++) {
        below += with[bin] * hasNot;
        double here = (double) with[bin] * without[bin];
        equal += here;
        unsure += least[bin] < largest[bin] ? here : 0;
        has += with[bin];
        hasNot += without[bin];
      }
    }
    double pairs = undefined ? Double.NaN : has * hasNot;
    return pairs == 0
        ? new double[] {Double.NaN, Double.NaN}
        : new double[] {(below + equal / 2) / pairs, unsure / 2 / pairs};
  }
}
