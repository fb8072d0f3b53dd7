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
 * Puts survivors and newcomers of each row into one ascending order, and writes down which cells
 * were dropped. Parts of the rows work on their own: each knows beforehand where its connections
 * will lie.
 */
final class RowMerge {
  /**
   * The origin of a newcomer; {@code -2 - e} is one that may have the state of the dropped
   * connection {@code e}: the one at the same cell, or one that it inherits from.
   */
  static final int NEWCOMER = -1;

  private final WorkerTeam team;
  private final Bits marks;
  private final CellList grown;
  private final CellList dropped;
  private final RangeTask countTask = this::count;
  private final RangeTask mergeTask = this::mergePart;
  private final RangeTask returnTask = this::returnPart;
  private final RangeTask inheritTask = this::inheritPart;

  private Topology old;
  private Partition rows;
  private int[] survivors = {};

  // Where each part of the rows begins among new connections, newcomers and dropped ones.
  private final int[] outFrom = new int[Parts.MOST + 1];
  private final long[] grownFrom = new long[Parts.MOST + 1];
  private final int[] droppedFrom = new int[Parts.MOST + 1];

  private Ints rowStart = new Ints(0);
  private Ints column = rowStart;
  private Ints origin = rowStart;

  /** The newcomers, and behind them a cell that no layer has. */
  private Longs newcomers;

  /** Which of the dropped connections leaves its state to the first newcomer. */
  private long firstLegacy;

  /**
   * Begins without a layer.
   *
   * @param marks connections that go
   * @param grown cells that come, ascending
   * @param dropped becomes the cells that went, ascending
   */
  RowMerge(WorkerTeam team, Topology old, Bits marks, CellList grown, CellList dropped) {
    this.team = team;
    this.old = old;
    this.marks = marks;
    this.grown = grown;
    this.dropped = dropped;
    rows = Partition.byConnections(old.rowStart());
    newcomers = grown.values();
  }

  /** Begins with a layer and counts what survives in each part of its rows. */
  void begin(Topology old, Partition rows, int[] survivors) {
    this.old = old;
    this.rows = rows;
    this.survivors = survivors;
    team.run(rows.parts(), countTask);
  }

  Partition rows() {
    return rows;
  }

  /** All that stay. */
  int survivors() {
    int sum = 0;
    for (int part = 0; part < rows.parts(); part++) {
      sum += survivors[part];
    }
    return sum;
  }

  private void count(int part, int worker) {
    int from = old.rowStart().get(rows.from(part));
    int to = old.rowStart().get(rows.to(part));
    survivors[part] = to - from - (int) marks.count(from, to);
  }

  /** Finds out where each part begins; returns how many connections there will be. */
  int cut() {
    long inputs = old.inputs();
    int parts = rows.parts();
    for (int part = 0; part < parts; part++) {
      grownFrom[part + 1] =
          part + 1 == parts ? grown.size() : grown.lowerBound(rows.to(part) * inputs);
      int connectionsHere = old.rowStart().get(rows.to(part)) - old.rowStart().get(rows.from(part));
      droppedFrom[part + 1] = droppedFrom[part] + connectionsHere - survivors[part];
      outFrom[part + 1] =
          Math.addExact(
              outFrom[part],
              Math.toIntExact(survivors[part] + grownFrom[part + 1] - grownFrom[part]));
    }
    return outFrom[parts];
  }

  /**
   * Merges, after {@link #cut}.
   *
   * @param rowStart becomes the first connection of each row
   * @param column becomes the input of each connection
   * @param origin becomes its number of before, or {@link #NEWCOMER}
   */
  void merge(Ints rowStart, Ints column, Ints origin) {
    this.rowStart = rowStart;
    this.column = column;
    this.origin = origin;
    newcomers = grown.terminated();
    dropped.clear(droppedFrom[rows.parts()]);
    dropped.size(droppedFrom[rows.parts()]);
    rowStart.set(0, 0);
    team.run(rows.parts(), mergeTask);
  }

  private void mergePart(int part, int worker) {
    listDropped(rows.from(part), rows.to(part), droppedFrom[part]);
    if (!newcomersAscend(part) || !mergeRows(part)) {
      complain(part);
    }
  }

  private void listDropped(int from, int to, int begin) {
    Longs gone = dropped.values();
    int lost = begin;
    int e = old.rowStart().get(from);
    for (int j = from; j < to; j++) {
      long row = (long) j * old.inputs();
      int end = old.rowStart().get(j + 1L);
      for (e = (int) marks.next(e, end); e < end; e = (int) marks.next(e + 1L, end)) {
        gone.set(lost++, row + old.column().get(e));
      }
    }
  }

  private boolean newcomersAscend(int part) {
    Longs cells = newcomers;
    long before = (long) rows.from(part) * old.inputs() - 1;
    long wrong = 0;
    for (long k = grownFrom[part]; k < grownFrom[part + 1]; k++) {
      long cell = cells.get(k);
      wrong |= cell - before - 1;
      before = cell;
    }
    return wrong >= 0 && before < (long) rows.to(part) * old.inputs();
  }

  /**
   * Merges without a branch, because survivors and newcomers lie at random, and wrong guesses would
   * take longer than all else: whatever comes next is written down, and overwritten by the next one
   * if it does not stay.
   *
   * @return false if a newcomer is where a connection stays
   */
  private boolean mergeRows(int part) {
    Ints oldStart = old.rowStart();
    Ints oldColumn = old.column();
    Ints newColumn = column;
    Ints newOrigin = origin;
    Longs cells = newcomers;
    int inputs = old.inputs();
    int out = outFrom[part];
    int outEnd = outFrom[part + 1];
    long next = grownFrom[part];
    long newcomer = cells.get(next);
    int wrong = 0;
    int e = oldStart.get(rows.from(part));
    for (int j = rows.from(part); j < rows.to(part); j++) {
      long row = (long) j * inputs;
      int end = oldStart.get(j + 1L);
      int begin = out;
      while (e < end && out < outEnd) {
        int survivor = oldColumn.get(e);
        long ahead = cells.get(next + 1);
        long distance = newcomer - row - survivor;
        // All ones where the newcomer is first.
        int comes = (int) (distance >> 63);
        newColumn.set(out, ((int) (newcomer - row) & comes) | (survivor & ~comes));
        newOrigin.set(out, e | comes);
        out += 1 - (marks.bit(e) & ~comes);
        newcomer = (ahead & comes) | (newcomer & ~(long) comes);
        next -= comes;
        e += 1 + comes;
      }
      e = end;
      while (newcomer < row + inputs && out < outEnd) {
        newColumn.set(out, (int) (newcomer - row));
        newOrigin.set(out++, NEWCOMER);
        newcomer = cells.get(++next);
      }
      rowStart.set(j + 1L, out);
      wrong |= disorder(newColumn, begin, out);
    }
    return wrong >= 0;
  }

  /** Negative if columns do not ascend from 0 on. */
  private static int disorder(Ints columns, int from, int to) {
    int wrong = 0;
    int before = -1;
    for (int k = from; k < to; k++) {
      int here = columns.get(k);
      wrong |= here - before - 1;
      before = here;
    }
    return wrong;
  }

  private void complain(int part) {
    long before = (long) rows.from(part) * old.inputs() - 1;
    long end = (long) rows.to(part) * old.inputs();
    for (long k = grownFrom[part]; k < grownFrom[part + 1]; k++) {
      long cell = newcomers.get(k);
      if (cell <= before || cell >= end || stays(cell)) {
        throw new IllegalArgumentException(
            "the rule of growth chose cell "
                + cell
                + ", which is out of order, outside the layer, or has a connection that stays");
      }
      before = cell;
    }
    throw new IllegalStateException("survivors of part " + part + " were not counted right");
  }

  private boolean stays(long cell) {
    int e = connection(cell);
    return e >= 0 && !marks.get(e);
  }

  private int connection(long cell) {
    return old.find((int) (cell % old.inputs()), (int) (cell / old.inputs()));
  }

  /** Says of newcomers at the cell of a dropped connection that they come from it. */
  void returnToCells() {
    team.run(rows.parts(), returnTask);
  }

  private void returnPart(int part, int worker) {
    long next = grownFrom[part];
    for (int k = outFrom[part]; k < outFrom[part + 1]; k++) {
      if (origin.get(k) == NEWCOMER) {
        int before = connection(newcomers.get(next++));
        origin.set(k, before < 0 ? NEWCOMER : -2 - before);
      }
    }
  }

  /**
   * Says of newcomers that they come from dropped connections: one each.
   *
   * @param key of the random number that says where this begins
   */
  void inherit(long key) {
    if (dropped.size() > 0) {
      firstLegacy = Math.floorMod(key, dropped.size());
      team.run(rows.parts(), inheritTask);
    }
  }

  private void inheritPart(int part, int worker) {
    long rank = grownFrom[part];
    for (int k = outFrom[part]; k < outFrom[part + 1]; k++) {
      if (origin.get(k) == NEWCOMER) {
        if (rank < dropped.size()) {
          long legacy = dropped.get((rank + firstLegacy) % dropped.size());
          origin.set(k, -2 - connection(legacy));
        }
        rank++;
      }
    }
  }
}
