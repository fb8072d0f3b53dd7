package dev.rewire.topology;

import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;

/**
 * Uniformly drawn sets of distinct numbers, in time and memory proportional to their size, on all
 * threads of a team.
 *
 * <p>The numbers are drawn with replacement, a few more than are wanted; doubles are dropped, and
 * then as many as there are too many, chosen in the same way. How many are drawn depends on how
 * many were distinct and never on which: each set of a size is equally likely.
 *
 * <p>Used again and again by one caller at a time; scratch memory is kept.
 */
public final class DistinctNumbers implements AutoCloseable {
  /** Up to this many numbers, one thread draws them until they are enough. */
  private static final int FEW = 4096;

  private final WorkerTeam team;
  private final SortedDraws draws;

  /** What is too much, and what is too much of that, and so on: each is far smaller. */
  private final List<CellList> excess = new ArrayList<>();

  private final CellList absent = new CellList();
  private final RangeTask presentTask = this::present;

  // What a complement is taken of, for presentTask.
  private long range;
  private int parts;
  private CellList result = absent;

  /**
   * Begins without scratch memory.
   *
   * @param team threads to draw on
   */
  public DistinctNumbers(WorkerTeam team) {
    this.team = team;
    draws = new SortedDraws(team);
  }

  /**
   * Draws a set; each set of this size is equally likely.
   *
   * @param range numbers are 0 to {@code range - 1}
   * @param count how many, 0 to {@code range}
   * @param key seed of the random numbers
   * @param into becomes the numbers, ascending
   */
  public void draw(long range, long count, long key, CellList into) {
    if (count < 0 || count > range) {
      throw new IllegalArgumentException(
          "cannot draw " + count + " distinct numbers out of " + range);
    }
    if (count > range / 2) {
      // The numbers that stay out are the smaller set.
      few(range, range - count, key, absent, 0);
      complement(range, into);
    } else {
      few(range, count, key, into, 0);
    }
  }

  /**
   * Draws numbers with replacement and leaves out doubles.
   *
   * @param range numbers are 0 to {@code range - 1}
   * @param count how many are drawn, 0 or more
   * @param key seed of the random numbers
   * @param into becomes the distinct numbers, ascending
   */
  public void drawWithReplacement(long range, long count, long key, CellList into) {
    into.clear(count);
    draws.draw(range, count, key, into);
  }

  private void few(long range, long count, long key, CellList into, int depth) {
    if (count <= FEW) {
      into.clear(count);
      draws.drawUntil(range, (int) count, key, into);
      return;
    }
    long drawn = enough(range, count);
    into.clear(drawn);
    draws.draw(range, drawn, key, into);
    while (into.size() < count) {
      // The same draws and some more; a matter of one time in ten thousand.
      drawn += drawn / 64 + count - into.size();
      into.clear(drawn);
      draws.draw(range, drawn, key, into);
    }
    if (into.size() > count) {
      if (depth == excess.size()) {
        excess.add(new CellList());
      }
      CellList ranks = excess.get(depth);
      few(into.size(), into.size() - count, RandomStreams.mix(~key), ranks, depth + 1);
      remove(ranks, into);
    }
  }

  /**
   * How many draws give {@code count} distinct numbers but for bad luck: with {@code a = draws /
   * range}, about {@code range * (1 - e^-a)} are distinct, with a variance of {@code range * e^-a *
   * (1 - (1 + a) * e^-a)}.
   */
  private static long enough(long range, long count) {
    double a = -StrictMath.log1p(-(double) count / range);
    double empty = StrictMath.exp(-a);
    double variance = range * empty * Math.max(0, 1 - (1 + a) * empty);
    double more = Math.max(range * a - count, 0) + (4 * Math.sqrt(variance) + 4) / empty;
    return count + (long) Math.ceil(more);
  }

  /** Takes the numbers at some ranks, one or more, out of a list. */
  private static void remove(CellList ranks, CellList list) {
    long kept = ranks.get(0);
    for (long i = 0; i < ranks.size(); i++) {
      long from = ranks.get(i) + 1;
      long to = i + 1 < ranks.size() ? ranks.get(i + 1) : list.size();
      list.values().copy(list.values(), from, kept, to - from);
      kept += to - from;
    }
    list.size(kept);
  }

  /** Turns the numbers of {@link #absent} into those that are not there. */
  private void complement(long range, CellList into) {
    into.clear(range - absent.size());
    into.size(range - absent.size());
    this.range = range;
    result = into;
    parts = Math.clamp(range / SortedDraws.PART, 1, SortedDraws.MOST_PARTS);
    team.run(parts, presentTask);
  }

  private void present(int part, int worker) {
    long from = SortedDraws.cut(range, part, parts);
    long to = SortedDraws.cut(range, part + 1, parts);
    long next = absent.lowerBound(from);
    long out = from - next;
    for (long number = from; number < to; number++) {
      if (next < absent.size() && absent.get(next) == number) {
        next++;
      } else {
        result.values().set(out++, number);
      }
    }
  }

  /**
   * Returns how much scratch memory is held.
   *
   * @return bytes
   */
  public long bytes() {
    return absent.bytes() + excess.stream().mapToLong(CellList::bytes).sum();
  }

  /** Gives the scratch memory back. */
  @Override
  public void close() {
    excess.forEach(CellList::close);
    absent.close();
  }
}
