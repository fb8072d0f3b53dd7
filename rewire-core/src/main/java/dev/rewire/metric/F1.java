package dev.rewire.metric;

/**
 * How well classes are found: the harmonic mean of precision (how many of those that were taken for
 * a class are of it) and recall (how many of a class were taken for it), {@code 2 tp / (2 tp + fp +
 * fn)}.
 *
 * <p>For one label a sample, or for several: what was right, wrongly said and missed is counted
 * label by label, in three numbers each. Source: C. J. van Rijsbergen, Information Retrieval
 * (1979); averages as scikit-learn's {@code f1_score} has them.
 */
public final class F1 {
  private final long[] right;
  private final long[] wronglySaid;
  private final long[] missed;

  /**
   * Begins without samples.
   *
   * @param labels how many there are, 1 or more
   */
  public F1(int labels) {
    right = new long[labels];
    wronglySaid = new long[labels];
    missed = new long[labels];
  }

  /**
   * Adds a sample of one class.
   *
   * @param label its class
   * @param said the class it was taken for
   */
  public void add(int label, int said) {
    if (label == said) {
      right[label]++;
    } else {
      missed[label]++;
      wronglySaid[said]++;
    }
  }

  /**
   * Adds one label of a sample that may have several.
   *
   * @param label which
   * @param has whether the sample has it
   * @param said whether it was said to have it
   */
  public void add(int label, boolean has, boolean said) {
    if (has && said) {
      right[label]++;
    } else if (has) {
      missed[label]++;
    } else if (said) {
      wronglySaid[label]++;
    }
  }

  /**
   * Returns the value of a label.
   *
   * @param label which
   * @return 0 to 1, or NaN if no sample has it and none was said to have it
   */
  public double value(int label) {
    return value(right[label], wronglySaid[label], missed[label]);
  }

  private static double value(long right, long wronglySaid, long missed) {
    long all = 2 * right + wronglySaid + missed;
    return all == 0 ? Double.NaN : 2.0 * right / all;
  }

  /**
   * Returns the mean over the labels, in which rare ones weigh as much as frequent ones. Labels
   * that neither occur nor are said are left out.
   *
   * @return 0 to 1, or NaN if there are no others
   */
  public double macro() {
    double sum = 0;
    int there = 0;
    for (int label = 0; label < right.length; label++) {
      double value = value(label);
      if (!Double.isNaN(value)) {
        sum += value;
        there++;
      }
    }
    return there == 0 ? Double.NaN : sum / there;
  }

  /**
   * Returns the value of all labels together, in which each decision weighs the same.
   *
   * @return 0 to 1, or NaN if nothing occurs and nothing is said
   */
  public double micro() {
    long rights = 0;
    long wrongs = 0;
    long misses = 0;
    for (int label = 0; label < right.length; label++) {
      rights += right[label];
      wrongs += wronglySaid[label];
      misses += missed[label];
    }
    return value(rights, wrongs, misses);
  }
}
