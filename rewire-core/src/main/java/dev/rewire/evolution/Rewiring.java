package dev.rewire.evolution;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
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
 * Puts survivors and newcomers of a layer together, in time and memory proportional to the
 * connections. A {@link RowMerge} writes the new columns and where each connection comes from; with
 * that, weights and what the optimizer remembers are moved one after the other through the same
 * block, and back into the layer's own memory.
 */
final class Rewiring {
  /** Connections that are looked at before the newcomers among them are drawn. */
  private static final int BLOCK = 256;

  private final WorkerTeam team;
  private final Bits marks;
  private final Scratch scratch;
  private final RowMerge merge;
  private final RangeTask moveTask = this::move;
  private final RangeTask copyTask = this::copy;
  private final RangeTask sumTask = this::sum;

  private SparseLayer layer;
  private final double[] sums = new double[Parts.MOST];

  private Ints origin = new Ints(0);

  /** Where numbers wait in their new order; the same memory as the new columns, used after them. */
  private Floats staged = new Floats(0);

  // What is being moved.
  private Floats source = staged;
  private Floats target = staged;
  private int connections;
  private boolean returns;
  private float newborn;

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
    this.scratch = scratch;
    merge = new RowMerge(team, layer.topology(), marks, grown, dropped);
  }

  /** Memory for a layer of this size. */
  static long bytes(long connections, long outputs) {
    return padded(connections) * 2 + padded(outputs + 1);
  }

  /** Bytes of so many numbers, in whole cache lines. */
  private static long padded(long numbers) {
    return (numbers * Integer.BYTES + Floats.ALIGNMENT - 1) / Floats.ALIGNMENT * Floats.ALIGNMENT;
  }

  /** Begins with a layer and counts what survives in each part of its rows, and in all. */
  int begin(SparseLayer layer, Partition rows, int[] survivors) {
    this.layer = layer;
    merge.begin(layer.topology(), rows, survivors);
    return merge.survivors();
  }

  Partition rows() {
    return merge.rows();
  }

  /** Replaces the layer's connections. */
  void apply(Evolution evolution, long update, RandomStreams streams) {
    Topology old = layer.topology();
    connections = merge.cut();
    MemorySegment memory = scratch.reserve(bytes(connections, old.outputs()));
    long block = padded(connections);
    Ints column = Ints.view(memory.asSlice(0, (long) connections * Integer.BYTES));
    staged = Floats.view(column.segment());
    origin = Ints.view(memory.asSlice(block, (long) connections * Integer.BYTES));
    Ints rowStart = Ints.view(memory.asSlice(2 * block, (old.outputs() + 1L) * Integer.BYTES));
    merge.merge(rowStart, column, origin);
    NewbornState state = evolution.newbornState();
    NewbornWeight weight = evolution.newbornWeight();
    boolean keeps = weight instanceof NewbornWeight.KeepIfSameCell;
    if (keeps || state == NewbornState.KEEP_IF_SAME_CELL) {
      merge.returnToCells();
    } else if (state == NewbornState.INHERITED) {
      merge.inherit(streams.key(Purpose.NEWBORN, layer.index(), update));
    }
    Topology topology = old.rewired(rowStart, column, connections, team);
    for (int slot = 0; slot < layer.weightState().length; slot++) {
      Floats before = layer.weightState()[slot];
      float mean = state == NewbornState.MEAN ? mean(before) : 0f;
      boolean returns = state == NewbornState.KEEP_IF_SAME_CELL || state == NewbornState.INHERITED;
      move(before, returns, mean);
      copyTo(layer.resizeState(slot, connections));
    }
    move(layer.weight(), keeps, 0f);
    if (!keeps && !(weight instanceof NewbornWeight.Zero)) {
      draw(topology, weight, streams.key(Purpose.NEWBORN, layer.index(), update));
    }
    copyTo(layer.resizeWeight(connections));
    layer.rewire(topology);
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
      put(numbers, e < RowMerge.NEWCOMER ? -2 - e : e, target, k, bits);
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
          int[] newcomers = new int[BLOCK];
          for (int j = newRows.from(part); j < newRows.to(part); j++) {
            int end = topology.rowStart().get(j + 1L);
            for (int k = topology.rowStart().get(j); k < end; k += BLOCK) {
              int count = newcomers(k, Math.min(k + BLOCK, end), newcomers);
              for (int i = 0; i < count; i++) {
                staged.set(newcomers[i], weight.draw(layer, topology, j, random));
              }
            }
          }
        });
  }

  /** Lists the newcomers among some connections, without a branch, because they lie at random. */
  private int newcomers(int from, int to, int[] newcomers) {
    int count = 0;
    for (int k = from; k < to; k++) {
      newcomers[count] = k;
      count += origin.get(k) >>> 31;
    }
    return count;
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
    int all = merge.survivors();
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
