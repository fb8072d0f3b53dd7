package dev.rewire.measure;

/**
 * How many of {@code drawn} cells lie among the {@code marked} ones, when all choices of that many
 * of all {@code cells} are equally likely: the connections of a random topology that fall on some
 * of its inputs.
 *
 * @param cells all cells, 1 or more
 * @param marked 0 to {@code cells}
 * @param drawn 0 to {@code cells}
 */
public record Hypergeometric(long cells, long marked, long drawn) {
  /** Relative probability below which the rest of a tail is left out. */
  private static final double NEGLIGIBLE = 1e-18;

  /** Checks that the numbers fit. */
  public Hypergeometric {
    if (cells < 1 || marked < 0 || marked > cells || drawn < 0 || drawn > cells) {
      throw new IllegalArgumentException(
          "cannot draw " + drawn + " and mark " + marked + " of " + cells + " cells");
    }
  }

  private long least() {
    return Math.max(0, drawn - (cells - marked));
  }

  private long most() {
    return Math.min(drawn, marked);
  }

  /**
   * Returns the mean.
   *
   * @return drawn times the marked share
   */
  public double mean() {
    return (double) drawn * marked / cells;
  }

  /**
   * Returns the standard deviation.
   *
   * @return 0 or more
   */
  public double deviation() {
    double share = (double) marked / cells;
    return cells == 1
        ? 0
        : Math.sqrt(drawn * share * (1 - share) * (cells - drawn) / (cells - 1.0));
  }

  /** The ratio of the probability of {@code k + 1} to that of {@code k}. */
  private double ratio(long k) {
    return (double) (marked - k)
        / (k + 1)
        * ((double) (drawn - k) / (cells - marked - drawn + k + 1));
  }

  /**
   * Finds the smallest number that is reached or stayed below with some probability. Sums over some
   * ten standard deviations around the mode, so that no factorial is ever needed.
   */
  long quantile(double probability) {
    double modeAt = (drawn + 1.0) * (marked + 1.0) / (cells + 2.0);
    long mode = Math.clamp((long) modeAt, least(), most());
    long from = mode;
    double below = 0;
    double p = 1;
    while (from > least() && p > NEGLIGIBLE) {
      p /= ratio(from - 1);
      below += p;
      from--;
    }
    final double first = p;
    double total = below + 1;
    p = 1;
    for (long k = mode; k < most() && p > NEGLIGIBLE; k++) {
      p *= ratio(k);
      total += p;
    }
    double sum = first;
    p = first;
    long k = from;
    while (sum < probability * total && k < most()) {
      p *= ratio(k);
      sum += p;
      k++;
    }
    return k;
  }
}
