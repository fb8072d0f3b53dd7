package dev.rewire.evolution;

import dev.rewire.memory.Ints;
import dev.rewire.memory.Longs;
import dev.rewire.memory.Scratch;
import dev.rewire.topology.CellList;
import java.util.Arrays;

/**
 * The cells with the largest scores of all that are offered, by several threads and in any order;
 * equal scores go to the lowest cells. What is held is a quarter more than is wanted: whenever that
 * is full, the best are kept, and the worst of them is the bound below which nobody needs to offer.
 * So the result depends neither on threads nor on the order.
 *
 * <p>Scores are compared as unsigned numbers: bits of floats of 0 or more are ordered as the floats
 * are.
 */
public final class TopCells implements AutoCloseable {
  /** Offers that a thread collects before it takes the lock. */
  private static final int LOCAL = 512;

  private static final int SPARE = 1 << 14;
  private static final int DIGIT = 11;
  private static final int BINS = 1 << DIGIT;

  private final int count;
  private final Scratch cellMemory = new Scratch();
  private final Scratch scoreMemory = new Scratch();
  private final Longs cells;
  private final Ints scores;
  private final int capacity;
  private final long[][] localCells;
  private final int[][] localScores;
  private final int[] local;
  private int held;

  /** The bits of the least score that can still be among the best. */
  private volatile int bound;

  /**
   * Begins empty, for scores above 0.
   *
   * @param count cells wanted, 0 or more
   * @param threads that will offer
   */
  public TopCells(int count, int threads) {
    this(count, threads, 1);
  }

  /**
   * Begins empty.
   *
   * @param count cells wanted, 0 or more
   * @param threads that will offer
   * @param least the lowest score that is worth an offer; 0 for any
   */
  public TopCells(int count, int threads, int least) {
    this.count = count;
    bound = least;
    capacity = (int) Math.min(Integer.MAX_VALUE - 8, count + count / 4L + SPARE);
    cells = Longs.view(cellMemory.reserve((long) capacity * Long.BYTES));
    scores = Ints.view(scoreMemory.reserve((long) capacity * Integer.BYTES));
    localCells = new long[threads][LOCAL];
    localScores = new int[threads][LOCAL];
    local = new int[threads];
  }

  /**
   * Returns what a score must have to be worth an offer; it rises in the course of time.
   *
   * @return a score, unsigned
   */
  public int bound() {
    return bound;
  }

  /**
   * Offers a cell.
   *
   * @param worker number of the thread
   * @param cell no cell twice
   * @param score {@link #bound} or more, unsigned
   */
  public void offer(int worker, long cell, int score) {
    int at = local[worker]++;
    localCells[worker][at] = cell;
    localScores[worker][at] = score;
    if (at + 1 == LOCAL) {
      flush(worker);
    }
  }

  private synchronized void flush(int worker) {
    int size = local[worker];
    if (held + size > capacity) {
      keepBest();
    }
    for (int i = 0; i < size; i++) {
      // The bound may have risen since.
      if (Integer.compareUnsigned(localScores[worker][i], bound) >= 0) {
        cells.set(held, localCells[worker][i]);
        scores.set(held++, localScores[worker][i]);
      }
    }
    local[worker] = 0;
  }

  /** Keeps as many as are wanted, and raises the bound to the worst of them. */
  private void keepBest() {
    if (held <= count) {
      return;
    }
    int rest = count;
    int prefix = 0;
    if (rest == 0) {
      held = 0;
      bound = Integer.MAX_VALUE;
      return;
    }
    // The bits of the last score that stays, from the highest digit to the lowest.
    int[] bins = new int[BINS];
    int ties = 0;
    for (int shift = 2 * DIGIT; shift >= 0; shift -= DIGIT) {
      Arrays.fill(bins, 0);
      countDigit(scores, held, shift, prefix, bins);
      int digit = BINS - 1;
      while (bins[digit] < rest) {
        rest -= bins[digit--];
      }
      prefix = prefix << DIGIT | digit;
      ties = bins[digit];
    }
    long last = ties > rest ? lastTie(prefix, ties, rest) : Long.MAX_VALUE;
    keep(prefix, last);
    bound = prefix;
  }

  private static void countDigit(Ints scores, int held, int shift, int prefix, int[] bins) {
    for (int i = 0; i < held; i++) {
      int score = scores.get(i);
      // Above the highest digit there is nothing.
      if (shift == 2 * DIGIT || score >>> (shift + DIGIT) == prefix) {
        bins[score >>> shift & (BINS - 1)]++;
      }
    }
  }

  /** The highest cell of those with equal scores that stay. */
  private long lastTie(int score, int ties, int stay) {
    long[] equal = new long[ties];
    int next = 0;
    for (int i = 0; i < held; i++) {
      if (scores.get(i) == score) {
        equal[next++] = cells.get(i);
      }
    }
    Arrays.sort(equal);
    return equal[stay - 1];
  }

  private void keep(int score, long last) {
    int kept = 0;
    for (int i = 0; i < held; i++) {
      int here = scores.get(i);
      long cell = cells.get(i);
      if (Integer.compareUnsigned(here, score) > 0 || (here == score && cell <= last)) {
        scores.set(kept, here);
        cells.set(kept++, cell);
      }
    }
    held = kept;
  }

  /**
   * Ends.
   *
   * @param into becomes the best cells, ascending; fewer where fewer were offered
   */
  public void finish(CellList into) {
    for (int worker = 0; worker < local.length; worker++) {
      flush(worker);
    }
    keepBest();
    long[] best = new long[held];
    cells.read(0, best, held);
    Arrays.parallelSort(best);
    into.clear(held);
    into.values().copy(best, 0, 0, held);
    into.size(held);
  }

  /**
   * Lets go of the worst cell that is held, after {@link #finish}: of equal ones the highest.
   *
   * @return whether there was any
   */
  public boolean dropWorst() {
    if (held == 0) {
      return false;
    }
    int worst = 0;
    for (int i = 1; i < held; i++) {
      int order = Integer.compareUnsigned(scores.get(i), scores.get(worst));
      if (order < 0 || (order == 0 && cells.get(i) > cells.get(worst))) {
        worst = i;
      }
    }
    held--;
    scores.set(worst, scores.get(held));
    cells.set(worst, cells.get(held));
    return true;
  }

  @Override
  public void close() {
    cellMemory.close();
    scoreMemory.close();
  }
}
