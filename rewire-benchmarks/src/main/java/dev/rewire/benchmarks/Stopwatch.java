package dev.rewire.benchmarks;

/**
 * Measures work that is done again and again: warms up until it gets no faster, then takes the
 * fastest single run. What other programs take away from the machine never makes work faster.
 */
public final class Stopwatch {
  private static final double WINDOW = 0.2;
  private static final double LEAST_WARM_UP = 1;
  private static final double MOST_WARM_UP = 10;
  private static final double MEASUREMENT = 1.5;
  private static final int QUIET_WINDOWS = 3;

  private Stopwatch() {}

  /**
   * Measures.
   *
   * @param work what to do
   * @return seconds of the fastest run
   */
  public static double fastest(Runnable work) {
    warmUp(work);
    return fastest(work, MEASUREMENT, 2);
  }

  /**
   * Repeats work until it gets no faster.
   *
   * @param work what to do
   */
  public static void warmUp(Runnable work) {
    double best = Double.POSITIVE_INFINITY;
    int quiet = 0;
    double elapsed = 0;
    while (elapsed < MOST_WARM_UP && (elapsed < LEAST_WARM_UP || quiet < QUIET_WINDOWS)) {
      long start = System.nanoTime();
      double window = fastest(work, WINDOW, 1);
      elapsed += seconds(start);
      quiet = window < 0.99 * best ? 0 : quiet + 1;
      best = Math.min(best, window);
    }
  }

  private static double fastest(Runnable work, double duration, int runs) {
    double best = Double.POSITIVE_INFINITY;
    long begin = System.nanoTime();
    for (int i = 0; i < runs || seconds(begin) < duration; i++) {
      long start = System.nanoTime();
      work.run();
      best = Math.min(best, seconds(start));
    }
    return best;
  }

  /**
   * Tells how long something has taken.
   *
   * @param start {@link System#nanoTime} at its beginning
   * @return seconds
   */
  public static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }
}
