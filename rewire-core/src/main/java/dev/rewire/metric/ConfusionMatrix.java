package dev.rewire.metric;

/**
 * How many samples of each class were taken for each class. Source: K. Pearson (1904); rows are
 * what samples are, columns what they were taken for.
 */
public final class ConfusionMatrix {
  /** The most classes that are told apart: beyond, nobody reads the table that they fill. */
  public static final int MOST_CLASSES = 1000;

  private final int[][] counts;

  /**
   * Begins without samples.
   *
   * @param classes how many there are, 1 to {@link #MOST_CLASSES}
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "a confusion matrix can have 1 to %d classes: %d".formatted(MOST_CLASSES, classes));
    }
    counts = new int[classes][classes];
  }

  /**
   * Adds a sample.
   *
   * @param label its class
   * @param said the class it was taken for
   */
  public void add(int label, int said) {
    counts[label][said]++;
  }

  /**
   * Returns how many classes there are.
   *
   * @return 1 or more
   */
  public int classes() {
    return counts.length;
  }

  /**
   * Returns a number of samples.
   *
   * @param label their class
   * @param said the class they were taken for
   * @return 0 or more
   */
  public int count(int label, int said) {
    return counts[label][said];
  }

  /**
   * Returns all numbers.
   *
   * @return one row a class, one column a class that samples were taken for; a copy
   */
  public int[][] counts() {
    int[][] copy = new int[counts.length][];
    for (int label = 0; label < copy.length; label++) {
      copy[label] = counts[label].clone();
    }
    return copy;
  }

  /**
   * Returns how many samples a class has.
   *
   * @param label which class
   * @return 0 or more
   */
  public long samples(int label) {
    long samples = 0;
    for (int count : counts[label]) {
      samples += count;
    }
    return samples;
  }

  /**
   * Returns how many samples of a class were taken for it.
   *
   * @param label which class
   * @return 0 to 1, or NaN if it has no samples
   */
  public double recall(int label) {
    long samples = samples(label);
    return samples == 0 ? Double.NaN : (double) counts[label][label] / samples;
  }

  /**
   * Returns the wrong class that most samples of a class were taken for.
   *
   * @param label which class
   * @return the first such class on a tie, or -1 if no sample was taken for a wrong one
   */
  public int worst(int label) {
    int worst = -1;
    for (int said = 0; said < counts.length; said++) {
      int count = said == label ? 0 : counts[label][said];
      if (count > 0 && (worst < 0 || count > counts[label][worst])) {
        worst = said;
      }
    }
    return worst;
  }
}
