package dev.rewire.topology;

import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a topology by input neuron: a counting sort, targets ascending.
 *
 * <p>Each part owns a range of inputs. Inputs ascend within a row, so those of a part are next to
 * each other there, and a part finds them without looking at the others'. Nothing but the index
 * itself is allocated, and it does not depend on the number of parts.
 *
 * @param start first entry of each input, {@code inputs + 1} numbers
 * @param target output of each entry
 * @param edge connection of each entry
 * @param targetBlock the memory of {@code target}, at least as long
 * @param edgeBlock the memory of {@code edge}, at least as long
 */
record TransposedIndex(Ints start, Ints target, Ints edge, Ints targetBlock, Ints edgeBlock) {
  /** Connections of a part, at least. */
  private static final int PART = 1 << 14;

  /**
   * Builds the index.
   *
   * @param old memory to use again if it is large enough
   */
  static TransposedIndex of(
      int inputs, Ints rowStart, Ints column, @Nullable TransposedIndex old, WorkerTeam team) {
    long connections = column.length();
    TransposedIndex blocks =
        old != null && old.targetBlock.length() >= connections
            ? old
            : of(old != null ? old.start : new Ints(inputs + 1L), connections);
    TransposedIndex index =
        new TransposedIndex(
            blocks.start,
            Topology.prefix(blocks.targetBlock, connections),
            Topology.prefix(blocks.edgeBlock, connections),
            blocks.targetBlock,
            blocks.edgeBlock);
    int parts = Math.clamp(connections / PART, 1, Math.min(inputs, 2 * team.threads()));
    if (team.threads() == 1) {
      parts = 1;
    }
    index.build(inputs, rowStart, column, parts, team);
    return index;
  }

  private static TransposedIndex of(Ints start, long connections) {
    Ints target = new Ints(connections);
    Ints edge = new Ints(connections);
    return new TransposedIndex(start, target, edge, target, edge);
  }

  private void build(int inputs, Ints rowStart, Ints column, int parts, WorkerTeam team) {
    start.segment().fill((byte) 0);
    long[] entries = new long[parts + 1];
    team.run(
        parts,
        (part, worker) -> {
          int from = bound(inputs, part, parts);
          int to = bound(inputs, part + 1, parts);
          entries[part + 1] = count(rowStart, column, from, to, inputs);
        });
    for (int part = 0; part < parts; part++) {
      entries[part + 1] += entries[part];
    }
    team.run(
        parts,
        (part, worker) -> {
          int from = bound(inputs, part, parts);
          int to = bound(inputs, part + 1, parts);
          prefix((int) entries[part], from, to);
          place(rowStart, column, from, to, inputs);
        });
    // Each start has moved on to that of the next input.
    MemorySegment.copy(start.segment(), 0, start.segment(), Integer.BYTES, 4L * inputs);
    start.set(0, 0);
  }

  private static int bound(int inputs, int part, int parts) {
    return (int) ((long) inputs * part / parts);
  }

  /** Counts the connections of each input of a range; returns how many there are in all. */
  private long count(Ints rowStart, Ints column, int from, int to, int inputs) {
    long all = 0;
    long rows = rowStart.length() - 1;
    for (long j = 0; j < rows; j++) {
      int end = rowStart.get(j + 1);
      int first = first(column, rowStart.get(j), end, from);
      all += countRow(column, first, end, to == inputs ? Integer.MAX_VALUE : to);
    }
    return all;
  }

  private int countRow(Ints column, int first, int end, int to) {
    int e = first;
    while (e < end) {
      int i = column.get(e);
      if (i >= to) {
        break;
      }
      start.set(i, start.get(i) + 1);
      e++;
    }
    return e - first;
  }

  /** Turns counts of a range into starts. */
  private void prefix(int entries, int from, int to) {
    int next = entries;
    for (int i = from; i < to; i++) {
      int count = start.get(i);
      start.set(i, next);
      next += count;
    }
  }

  private void place(Ints rowStart, Ints column, int from, int to, int inputs) {
    int limit = to == inputs ? Integer.MAX_VALUE : to;
    int rows = (int) (rowStart.length() - 1);
    for (int j = 0; j < rows; j++) {
      int end = rowStart.get(j + 1L);
      placeRow(column, first(column, rowStart.get(j), end, from), end, limit, j);
    }
  }

  private void placeRow(Ints column, int first, int end, int to, int output) {
    for (int e = first; e < end; e++) {
      int i = column.get(e);
      if (i >= to) {
        break;
      }
      int k = start.get(i);
      start.set(i, k + 1);
      target.set(k, output);
      edge.set(k, e);
    }
  }

  /** Finds the first connection of a row whose input is not below {@code from}. */
  private static int first(Ints column, int begin, int end, int from) {
    if (from == 0) {
      return begin;
    }
    int low = begin;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (column.get(middle) < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
