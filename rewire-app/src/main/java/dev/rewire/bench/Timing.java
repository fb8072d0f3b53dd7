package dev.rewire.bench;

/**
 * How long each thing is measured. The fastest repetition counts: other programs and the compiler
 * can only make it slower.
 *
 * @param seconds to repeat it for, up to four times as long while it still gets faster
 * @param warmUp seconds without getting faster after which something new counts as compiled
 * @param repetitions at the least
 */
public record Timing(double seconds, double warmUp, int repetitions) {
  private static final int LONGEST = 4;
  private static final double WARM_UP_AT_MOST = 10;

  /** A repetition that is faster than all before by less than this is not faster. */
  private static final double CLEARLY = 0.97;

  /**
   * Measures.
   *
   * @param work what to repeat
   * @return seconds of the fastest repetition
   */
  public double fastest(Runnable work) {
    work.run();
    return repeat(work, seconds, seconds / 2, repetitions, LONGEST * seconds);
  }

  /**
   * Repeats something until the compiler is done with it.
   *
   * @param work what to repeat
   */
  public void warmUp(Runnable work) {
    repeat(work, warmUp, warmUp, 2 * repetitions, WARM_UP_AT_MOST * Math.min(1, warmUp));
  }

  private static double repeat(
      Runnable work, double atLeast, double steady, int repetitions, double atMost) {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    long now = begin;
    long improved = begin;
    for (int r = 0; r < repetitions || now - begin < atMost * 1e9; r++) {
      if (r >= repetitions && now - begin > atLeast * 1e9 && now - improved > steady * 1e9) {
        break;
      }
      work.run();
      long after = System.nanoTime();
      if (after - now < CLEARLY * best) {
        improved = after;
      }
      best = Math.min(best, after - now);
      now = after;
    }
    return best / 1e9;
  }
}
