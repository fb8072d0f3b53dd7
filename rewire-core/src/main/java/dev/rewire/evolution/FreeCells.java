package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Ints;
import dev.rewire.memory.Longs;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;

/**
 * The cells of a layer where a connection may grow, numbered by rank without being listed. Taken
 * are survivors, forbidden cells and, where nothing may return, the dropped connections too.
 */
final class FreeCells {
  private final WorkerTeam team;
  private final Bits dropped;
  private final RangeTask walkTask = this::walk;

  /** Free cells before each part of the rows, and before the end. */
  private final long[] freeBefore;

  private final long[] forbiddenBefore;
  private final long[] firstRank;
  private Topology topology;
  private Partition rows;
  private CellList forbidden = new CellList();
  private int[] survivors = {};
  private boolean mayReturn;

  /** The ranks, and behind them a number that no rank reaches. */
  private Longs ranksAndEnd = forbidden.values();

  FreeCells(WorkerTeam team, Bits dropped, Topology topology, Partition rows) {
    this.team = team;
    this.dropped = dropped;
    this.topology = topology;
    this.rows = rows;
    freeBefore = new long[Parts.MOST + 1];
    forbiddenBefore = new long[Parts.MOST + 1];
    firstRank = new long[Parts.MOST + 1];
  }

  /**
   * Counts the free cells.
   *
   * @param survivors connections that stay in each part of the rows
   * @param forbidden free cells without a connection where none may grow, ascending
   */
  void begin(
      Topology topology, Partition rows, int[] survivors, boolean mayReturn, CellList forbidden) {
    this.topology = topology;
    this.rows = rows;
    this.survivors = survivors;
    this.mayReturn = mayReturn;
    this.forbidden = forbidden;
    long inputs = topology.inputs();
    for (int part = 0; part < rows.parts(); part++) {
      int from = rows.from(part);
      int to = rows.to(part);
      forbiddenBefore[part + 1] = forbidden.lowerBound(to * inputs);
      long taken = forbiddenBefore[part + 1] - forbiddenBefore[part];
      taken +=
          mayReturn ? survivors[part] : topology.rowStart().get(to) - topology.rowStart().get(from);
      freeBefore[part + 1] = freeBefore[part] + (to - from) * inputs - taken;
    }
  }

  long count() {
    return freeBefore[rows.parts()];
  }

  /** Of one output. */
  int count(int output) {
    long inputs = topology.inputs();
    long forbiddenHere =
        forbidden.lowerBound((output + 1) * inputs) - forbidden.lowerBound(output * inputs);
    int taken = mayReturn ? survivors(output) : topology.fanIn(output);
    return (int) (inputs - taken - forbiddenHere);
  }

  int survivors(int output) {
    int from = topology.rowStart().get(output);
    int to = topology.rowStart().get(output + 1L);
    return to - from - (int) dropped.count(from, to);
  }

  Bits dropped() {
    return dropped;
  }

  boolean contains(long cell) {
    long place = forbidden.lowerBound(cell);
    if (place < forbidden.size() && forbidden.get(place) == cell) {
      return false;
    }
    int output = (int) (cell / topology.inputs());
    int connection = topology.find((int) (cell % topology.inputs()), output);
    return connection < 0 || (mayReturn && dropped.get(connection));
  }

  /** Replaces ascending ranks by their cells. */
  void ofRanks(CellList ranks) {
    ranksAndEnd = ranks.terminated();
    // Before the parts begin: a list that is half replaced does not ascend.
    for (int part = 0; part <= rows.parts(); part++) {
      firstRank[part] = ranks.lowerBound(freeBefore[part]);
    }
    team.run(rows.parts(), walkTask);
  }

  /**
   * As {@link #ofRanks}, where some free cells are left out when the others are numbered.
   *
   * @param others free cells, ascending
   */
  void ofRanksWithout(CellList others, CellList ranks) {
    CellList before = forbidden;
    try (CellList both = new CellList()) {
      both.union(before, others);
      begin(topology, rows, survivors, mayReturn, both);
      ofRanks(ranks);
    } finally {
      begin(topology, rows, survivors, mayReturn, before);
    }
  }

  /** Those of the ranks that lie in some rows. */
  private void walk(int part, int worker) {
    if (firstRank[part] < firstRank[part + 1]) {
      long cellBefore = (long) rows.from(part) * topology.inputs();
      walk(part, firstRank[part], firstRank[part + 1], cellBefore - freeBefore[part]);
    }
  }

  /**
   * A merge of ranks and taken cells. Without a branch, because newcomers lie at random, and a
   * wrong guess at every third connection would take longer than all else: a rank is kept aside, so
   * that its place can be written to before it is known whether this was its cell.
   */
  private void walk(int part, long from, long to, long takenBefore) {
    Longs values = ranksAndEnd;
    Ints rowStart = topology.rowStart();
    Ints column = topology.column();
    int all = mayReturn ? 0 : 1;
    long next = from;
    long rank = values.get(next);
    long taken = takenBefore;
    long other = forbiddenBefore[part];
    long otherEnd = forbiddenBefore[part + 1];
    long forbiddenCell = forbidden(other, otherEnd);
    for (int j = rows.from(part); j < rows.to(part) && next < to; j++) {
      long row = (long) j * topology.inputs();
      int e = rowStart.get(j);
      int end = rowStart.get(j + 1L);
      while (e < end && next < to) {
        long cell = row + column.get(e);
        long candidate = rank + taken;
        values.set(next, candidate);
        long ahead = values.get(next + 1);
        // All ones where the candidate comes first, which settles it.
        long comes = (candidate - Math.min(cell, forbiddenCell)) >> 63;
        rank = (ahead & comes) | (rank & ~comes);
        next -= comes;
        if (cell < forbiddenCell) {
          int passed = 1 + (int) comes;
          taken += passed & (all | 1 - dropped.bit(e));
          e += passed;
        } else if (comes == 0) {
          taken++;
          forbiddenCell = forbidden(++other, otherEnd);
        }
      }
    }
    while (next < to) {
      long candidate = rank + taken;
      if (candidate < forbiddenCell) {
        values.set(next++, candidate);
        rank = values.get(next);
      } else {
        taken++;
        forbiddenCell = forbidden(++other, otherEnd);
      }
    }
  }

  private long forbidden(long place, long end) {
    return place < end ? forbidden.get(place) : Long.MAX_VALUE;
  }
}
