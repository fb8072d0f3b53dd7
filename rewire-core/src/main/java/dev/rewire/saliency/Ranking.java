package dev.rewire.saliency;

import dev.rewire.parallel.WorkerTeam;
import java.util.Arrays;

/**
 * Finds the place in the order of all scores up to which cells stay, without holding them: the
 * numbers of scores are counted by their highest bits, then by those below, until so few are left
 * that they can be sorted.
 */
final class Ranking {
  /** Cells that are held to be sorted. */
  static final int HELD = 1 << 18;

  private static final int BITS = 16;
  private static final int BINS = 1 << BITS;

  /** Two digits of a score, three of a cell. */
  private static final int DIGITS = 5;

  private final WorkerTeam team;
  private final Source source;
  private final int held;
  private final long[][] bins;
  private final int[] prefix = new int[DIGITS];

  /** Shows scores. */
  interface Source {
    /** Parts that threads can show at the same time. */
    int parts();

    /** Shows all cells of a part, in runs. */
    void show(int part, int worker, Run run);
  }

  /** Some cells and their scores. */
  @FunctionalInterface
  interface Run {
    void cells(long[] cell, int[] score, int count);
  }

  /**
   * Begins.
   *
   * @param held cells that may be sorted
   */
  Ranking(WorkerTeam team, Source source, int held) {
    this.team = team;
    this.source = source;
    this.held = held;
    bins = new long[team.threads()][BINS];
  }

  /** In the order of what stays: a high score comes first, then a low cell. */
  private static int digit(int score, long cell, int digit) {
    return switch (digit) {
      case 0 -> BINS - 1 - (score >>> BITS);
      case 1 -> BINS - 1 - (score & (BINS - 1));
      default -> (int) (cell >>> (BITS * (DIGITS - 1 - digit))) & (BINS - 1);
    };
  }

  /**
   * Finds the last one that stays.
   *
   * @param keep how many stay, 1 to the number of cells
   */
  Cut find(long keep) {
    long rest = keep;
    for (int digit = 0; digit < DIGITS; digit++) {
      count(digit);
      int bin = 0;
      while (bins[0][bin] < rest) {
        rest -= bins[0][bin++];
      }
      prefix[digit] = bin;
      if (bins[0][bin] <= held) {
        return sorted(digit + 1, (int) bins[0][bin], rest);
      }
    }
    throw new IllegalStateException("no two cells are alike");
  }

  private boolean matches(int score, long cell, int digits) {
    for (int d = 0; d < digits; d++) {
      if (digit(score, cell, d) != prefix[d]) {
        return false;
      }
    }
    return true;
  }

  private void count(int digit) {
    for (long[] own : bins) {
      Arrays.fill(own, 0);
    }
    team.run(
        source.parts(),
        (part, worker) -> {
          long[] own = bins[worker];
          source.show(
              part,
              worker,
              (cell, score, count) -> {
                for (int k = 0; k < count; k++) {
                  if (digit == 0) {
                    own[BINS - 1 - (score[k] >>> BITS)]++;
                  } else if (matches(score[k], cell[k], digit)) {
                    own[digit(score[k], cell[k], digit)]++;
                  }
                }
              });
        });
    for (int worker = 1; worker < bins.length; worker++) {
      for (int bin = 0; bin < BINS; bin++) {
        bins[0][bin] += bins[worker][bin];
      }
    }
  }

  /** A record that sorts as cells stay; the upper digit of their scores is the same. */
  private static long packed(int score, long cell) {
    return (long) digit(score, cell, 1) << (BITS * 3 - 1) | cell;
  }

  private Cut sorted(int digits, int size, long rest) {
    long[] found = new long[size];
    int[] next = new int[1];
    team.run(
        source.parts(),
        (part, worker) ->
            source.show(
                part,
                worker,
                (cell, score, count) -> {
                  for (int k = 0; k < count; k++) {
                    if (matches(score[k], cell[k], digits)) {
                      synchronized (found) {
                        found[next[0]++] = packed(score[k], cell[k]);
                      }
                    }
                  }
                }));
    Arrays.sort(found);
    long last = found[(int) rest - 1];
    int low = BINS - 1 - (int) (last >>> (BITS * 3 - 1));
    int score = (BINS - 1 - prefix[0]) << BITS | low;
    return new Cut(score, last & ((1L << (BITS * 3 - 1)) - 1));
  }
}
