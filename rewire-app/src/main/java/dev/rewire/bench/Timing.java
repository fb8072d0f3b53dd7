package dev.rewire.bench;

/**
 * How long each thing is measured. The fastest repetition counts: other programs can only make it
 * slower.
 *
 * @param seconds to repeat it for
 * @param warmUp seconds to repeat it for before anything counts, where it is the first of its kind
 * @param repetitions at the least
 */
public record Timing(double seconds, double warmUp, int repetitions) {
  /**
   * Measures.
   *
   * @param work what to repeat
   * @return seconds of the fastest repetition
   */
  public double fastest(Runnable work) {
    work.run();
    return repeat(work, seconds, repetitions);
  }

  /**
   * Repeats something until the compiler is done with it.
   *
   * @param work what to repeat
   */
  public void warmUp(Runnable work) {
    repeat(work, warmUp, 1);
  }

  private static double repeat(Runnable work, double seconds, int repetitions) {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    long now = begin;
    for (int r = 0; r < repetitions || now - begin < seconds * 1e9; r++) {
      work.run();
      long after = System.nanoTime();
      best = Math.min(best, after - now);
      now = after;
    }
    return best / 1e9;
  }
}
