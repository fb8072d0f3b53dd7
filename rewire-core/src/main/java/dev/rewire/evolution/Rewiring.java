package dev.rewire.evolution;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.Longs;
import dev.rewire.memory.Scratch;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Topology;
import java.lang.foreign.MemorySegment;
import java.util.random.RandomGenerator;

/**
 * Puts survivors and newcomers of a layer together: one merge of two sorted lists for each part of
 * the rows, in time and memory proportional to the connections. The merge writes the new columns
 * and where each connection comes from; with that, weights and what the optimizer remembers are
 * moved one after the other through the same block, and back into the layer's own memory.
 */
final class Rewiring {
  /**
   * Marks a newcomer; {@code -2 - e} is one that may have the state of the dropped connection
   * {@code e}: the one at the same cell, or one that it inherits from.
   */
  private static final int NEWCOMER = -1;

  private final WorkerTeam team;
  private final Bits marks;
  private final CellList grown;
  private final CellList dropped;
  private final Scratch scratch;
  private final RangeTask countTask = this::count;
  private final RangeTask mergeTask = this::mergePart;
  private final RangeTask inheritTask = this::inherit;
  private final RangeTask moveTask = this::move;
  private final RangeTask copyTask = this::copy;
  private final RangeTask sumTask = this::sum;

  private SparseLayer layer;
  private Topology old;
  private Partition rows;
  private int[] survivors = {};

  // Where each part of the rows begins among new connections, newcomers and dropped ones.
  private final int[] outFrom = new int[Parts.MOST + 1];
  private final long[] grownFrom = new long[Parts.MOST + 1];
  private final int[] droppedFrom = new int[Parts.MOST + 1];
  private final double[] sums = new double[Parts.MOST];

  private Ints rowStart = new Ints(0);
  private Ints column = rowStart;
  private Ints origin = rowStart;

  /** The same memory as {@link #column}, used after it. */
  private Floats staged = new Floats(0);

  // What is being moved.
  private Floats source = staged;
  private Floats target = staged;
  private int connections;
  private boolean returns;
  private float newborn;

  /** Which of the dropped connections leaves its state to the first newcomer. */
  private long firstLegacy;

  Rewiring(
      WorkerTeam team,
      SparseLayer layer,
      Bits marks,
      CellList grown,
      CellList dropped,
      Scratch scratch) {
    this.team = team;
    this.layer = layer;
    this.marks = marks;
    this.grown = grown;
    this.dropped = dropped;
    this.scratch = scratch;
    old = layer.topology();
    rows = Partition.byConnections(old.rowStart());
  }

  /** Memory for a layer of this size. */
  static long bytes(long connections, long outputs) {
    return padded(connections) * 2 + padded(outputs + 1);
  }

  /** Bytes of so many numbers, in whole cache lines. */
  private static long padded(long numbers) {
    return (numbers * Integer.BYTES + Floats.ALIGNMENT - 1) / Floats.ALIGNMENT * Floats.ALIGNMENT;
  }

  /** Begins with a layer and counts what survives in each part of its rows. */
  void begin(SparseLayer layer, Partition rows, int[] survivors) {
    this.layer = layer;
    this.rows = rows;
    this.survivors = survivors;
    old = layer.topology();
    team.run(rows.parts(), countTask);
  }

  Partition rows() {
    return rows;
  }

  private void count(int part, int worker) {
    int from = old.rowStart().get(rows.from(part));
    int to = old.rowStart().get(rows.to(part));
    survivors[part] = to - from - (int) marks.count(from, to);
  }

  /** Replaces the layer's connections. */
  void apply(Evolution evolution, long update, RandomStreams streams) {
    cut();
    connections = outFrom[rows.parts()];
    MemorySegment memory = scratch.reserve(bytes(connections, old.outputs()));
    long block = padded(connections);
    column = Ints.view(memory.asSlice(0, (long) connections * Integer.BYTES));
    staged = Floats.view(column.segment());
    origin = Ints.view(memory.asSlice(block, (long) connections * Integer.BYTES));
    rowStart = Ints.view(memory.asSlice(2 * block, (old.outputs() + 1L) * Integer.BYTES));
    dropped.clear(droppedFrom[rows.parts()]);
    dropped.size(droppedFrom[rows.parts()]);
    rowStart.set(0, 0);
    team.run(rows.parts(), mergeTask);
    NewbornState state = evolution.newbornState();
    if (state == NewbornState.INHERITED && dropped.size() > 0) {
      long key = streams.key(Purpose.NEWBORN, layer.index(), update);
      firstLegacy = Math.floorMod(key, dropped.size());
      team.run(rows.parts(), inheritTask);
    }
    Topology topology = old.rewired(rowStart, column, connections, team);
    for (int slot = 0; slot < layer.weightState().length; slot++) {
      Floats before = layer.weightState()[slot];
      float mean = state == NewbornState.MEAN ? mean(before) : 0f;
      boolean returns = state == NewbornState.KEEP_IF_SAME_CELL || state == NewbornState.INHERITED;
      move(before, returns, mean);
      copyTo(layer.resizeState(slot, connections));
    }
    NewbornWeight weight = evolution.newbornWeight();
    boolean keeps = weight instanceof NewbornWeight.KeepIfSameCell;
    move(layer.weight(), keeps, 0f);
    if (!keeps && !(weight instanceof NewbornWeight.Zero)) {
      draw(topology, weight, streams.key(Purpose.NEWBORN, layer.index(), update));
    }
    copyTo(layer.resizeWeight(connections));
    layer.rewire(topology);
  }

  private void cut() {
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
  }

  private void mergePart(int part, int worker) {
    merge(
        rows.from(part),
        rows.to(part),
        grownFrom[part],
        grownFrom[part + 1],
        outFrom[part],
        droppedFrom[part]);
  }

  private void merge(
      int from, int to, long grownBegin, long grownEnd, int outBegin, long lostBegin) {
    Ints oldStart = old.rowStart();
    Ints oldColumn = old.column();
    Ints newColumn = column;
    Ints newOrigin = origin;
    Longs gone = dropped.values();
    Longs newcomers = grown.values();
    long next = grownBegin;
    long newcomer = next < grownEnd ? newcomers.get(next) : Long.MAX_VALUE;
    int out = outBegin;
    long lost = lostBegin;
    long row = (long) from * old.inputs();
    checkAscending(row - 1, newcomer);
    int e = oldStart.get(from);
    for (int j = from; j < to; j++) {
      int end = oldStart.get(j + 1L);
      long rowEnd = row + old.inputs();
      while (true) {
        long cell = e < end ? row + oldColumn.get(e) : rowEnd;
        while (newcomer < cell) {
          newColumn.set(out, (int) (newcomer - row));
          newOrigin.set(out++, NEWCOMER);
          long before = newcomer;
          newcomer = ++next < grownEnd ? newcomers.get(next) : Long.MAX_VALUE;
          checkAscending(before, newcomer);
        }
        if (e == end) {
          break;
        }
        if (!marks.get(e)) {
          checkAscending(cell, newcomer);
          newColumn.set(out, (int) (cell - row));
          newOrigin.set(out++, e);
        } else {
          gone.set(lost++, cell);
          if (newcomer == cell) {
            // It comes in the place of the dropped one.
            newColumn.set(out, (int) (cell - row));
            newOrigin.set(out++, -2 - e);
            newcomer = ++next < grownEnd ? newcomers.get(next) : Long.MAX_VALUE;
            checkAscending(cell, newcomer);
          }
        }
        e++;
      }
      row = rowEnd;
      rowStart.set(j + 1L, out);
    }
    if (next < grownEnd) {
      checkAscending(newcomer, newcomer);
    }
  }

  /** Says of newcomers that they come from dropped connections: one each, beginning anywhere. */
  private void inherit(int part, int worker) {
    long rank = grownFrom[part];
    for (int k = outFrom[part]; k < outFrom[part + 1]; k++) {
      if (origin.get(k) < 0) {
        origin.set(k, rank < dropped.size() ? -2 - legacy(rank) : NEWCOMER);
        rank++;
      }
    }
  }

  private int legacy(long rank) {
    long cell = dropped.get((rank + firstLegacy) % dropped.size());
    return old.find((int) (cell % old.inputs()), (int) (cell / old.inputs()));
  }

  private static void checkAscending(long before, long newcomer) {
    if (newcomer <= before) {
      throw new IllegalArgumentException(
          "the rule of growth chose cell "
              + newcomer
              + ", which is out of order, outside the layer, or has a connection that stays");
    }
  }

  /** Brings one number a connection into the new order. */
  private void move(Floats numbers, boolean returns, float newborn) {
    source = numbers;
    this.returns = returns;
    this.newborn = newborn;
    team.run(Parts.of(connections), moveTask);
  }

  private void move(int part, int worker) {
    int parts = Parts.of(connections);
    int from = Parts.from(connections, part, parts);
    int to = Parts.from(connections, part + 1, parts);
    if (source.length() == 0) {
      staged.fill(from, to - from, newborn);
    } else if (returns) {
      moveAndReturn(from, to);
    } else {
      move(source, origin, staged, from, to, newborn);
    }
  }

  private static void move(
      Floats source, Ints origin, Floats staged, int from, int to, float newborn) {
    MemorySegment numbers = source.segment();
    MemorySegment target = staged.segment();
    int bits = Float.floatToRawIntBits(newborn);
    for (int k = from; k < to; k++) {
      put(numbers, origin.get(k), target, k, bits);
    }
  }

  private void moveAndReturn(int from, int to) {
    MemorySegment numbers = source.segment();
    MemorySegment target = staged.segment();
    int bits = Float.floatToRawIntBits(newborn);
    for (int k = from; k < to; k++) {
      int e = origin.get(k);
      put(numbers, e < NEWCOMER ? -2 - e : e, target, k, bits);
    }
  }

  /**
   * Number {@code e}, or the newborn's where {@code e} is negative. Without a branch: newcomers lie
   * at random, and a wrong guess would cost more than everything else here.
   */
  private static void put(MemorySegment numbers, int e, MemorySegment target, int k, int newborn) {
    int isNewborn = e >> 31;
    int old = numbers.getAtIndex(JAVA_INT, e & ~isNewborn);
    target.setAtIndex(JAVA_INT, k, (old & ~isNewborn) | (newborn & isNewborn));
  }

  private void copyTo(Floats to) {
    target = to;
    team.run(Parts.of(connections), copyTask);
  }

  private void copy(int part, int worker) {
    int parts = Parts.of(connections);
    int from = Parts.from(connections, part, parts);
    target.copy(staged, from, from, Parts.from(connections, part + 1, parts) - from);
  }

  /** Draws the newcomers' weights, one stream of random numbers for each part of the rows. */
  private void draw(Topology topology, NewbornWeight weight, long key) {
    Partition newRows = Partition.byConnections(topology.rowStart(), Parts.LEAST);
    RandomStreams streams = new RandomStreams(key);
    team.run(
        newRows.parts(),
        (part, worker) -> {
          RandomGenerator random = streams.stream(Purpose.NEWBORN, part, 0);
          for (int j = newRows.from(part); j < newRows.to(part); j++) {
            int end = topology.rowStart().get(j + 1L);
            for (int k = topology.rowStart().get(j); k < end; k++) {
              if (origin.get(k) < 0) {
                staged.set(k, weight.draw(layer, topology, j, random));
              }
            }
          }
        });
  }

  /** The mean over the survivors; parts depend on the layer alone, and so does the sum. */
  private float mean(Floats state) {
    source = state;
    int parts = Parts.of(state.length());
    team.run(parts, sumTask);
    double sum = 0;
    for (int part = 0; part < parts; part++) {
      sum += sums[part];
    }
    int all = 0;
    for (int part = 0; part < rows.parts(); part++) {
      all += survivors[part];
    }
    return all == 0 ? 0f : (float) (sum / all);
  }

  private void sum(int part, int worker) {
    int length = (int) source.length();
    int parts = Parts.of(length);
    int to = Parts.from(length, part + 1, parts);
    double sum = 0;
    for (int e = Parts.from(length, part, parts); e < to; e++) {
      sum += marks.get(e) ? 0 : source.get(e);
    }
    sums[part] = sum;
  }
}
