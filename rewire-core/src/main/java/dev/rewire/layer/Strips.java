package dev.rewire.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a weight matrix with all their cells, absent ones as zeros: the memory in which one
 * thread unpacks them before they are multiplied. Four rows lie side by side in a strip, as {@link
 * Kernels#fourRows} reads them.
 */
final class Strips {
  /** Rows of a strip. */
  static final int ROWS = 4;

  /** Outputs that are unpacked at once: enough to use what is multiplied while it is in cache. */
  static final int OUTPUTS = 4 * ROWS;

  /** Inputs that are unpacked at once: each row is read in pieces of four cache lines. */
  static final int INPUTS = 16 * ROWS;

  // What is multiplied is read in blocks that stay in the first-level cache while all strips pass
  // over them. A row of 64 samples is four cache lines, so that a block of rows half as wide lies
  // in
  // half of the cache only: 96 x 128 bytes.
  private static final int DEPTH = 96;
  private static final int BREADTH = 32;

  private final Floats cells;
  private final Floats partial;

  /** Floats from one strip to the next; no multiple of a page, or all would share cache lines. */
  private final long stride;

  /**
   * Allocates the strips.
   *
   * @param rows rows at the most, a multiple of {@link #ROWS}
   * @param terms cells of a row
   * @param width floats of a row of what is multiplied
   */
  Strips(int rows, int terms, int width) {
    stride = (long) ROWS * terms + Activations.LANES;
    cells = new Floats(rows / ROWS * stride);
    partial = new Floats((long) ROWS * width);
  }

  /** Outputs {@code from} to {@code to}: their terms are the inputs. */
  void unpackOutputs(Topology topology, Floats weight, int from, int to) {
    Ints rowStart = topology.rowStart();
    MemorySegment columns = topology.column().segment();
    clear(to - from, topology.inputs(), rowStart.get(to) - rowStart.get(from));
    for (int j = from; j < to; j++) {
      int begin = rowStart.get(j);
      int count = rowStart.get(j + 1L) - begin;
      long at = (long) (j - from) / ROWS * stride + (j - from) % ROWS;
      if (count == topology.inputs()) {
        complete(weight.segment(), begin, count, at);
      } else {
        unpack(columns, weight.segment(), begin, count, at, topology.inputs());
      }
    }
  }

  // Slices are made where they are used: one that is handed to a method is an object.

  private void complete(MemorySegment weights, int begin, int count, long at) {
    MemorySegment row = weights.asSlice(begin * 4L, count * 4L);
    MemorySegment strip = cells.segment().asSlice(at * 4, ((count - 1L) * ROWS + 1) * 4);
    for (int k = 0; k < count; k++) {
      strip.set(JAVA_FLOAT, k * (4L * ROWS), row.getAtIndex(JAVA_FLOAT, k));
    }
  }

  private void unpack(
      MemorySegment columns, MemorySegment weights, int begin, int count, long at, int terms) {
    MemorySegment c = columns.asSlice(begin * 4L, count * 4L);
    MemorySegment w = weights.asSlice(begin * 4L, count * 4L);
    MemorySegment strip = cells.segment().asSlice(at * 4, ((terms - 1L) * ROWS + 1) * 4);
    for (int k = 0; k < count; k++) {
      long cell = c.getAtIndex(JAVA_INT, k) * (4L * ROWS);
      strip.set(JAVA_FLOAT, cell, w.getAtIndex(JAVA_FLOAT, k));
    }
  }

  /**
   * Inputs {@code from} to {@code to}: their terms are the outputs. Rows are sorted by input, so
   * that each has its piece of them in one place.
   *
   * @param position the first connection of each row that ends at {@code from} or behind;
   *     afterwards the same for {@code to}
   */
  void unpackInputs(Topology topology, Floats weight, Ints position, int from, int to) {
    boolean complete = topology.connections() == topology.cells();
    clear(to - from, topology.outputs(), complete ? (to - from) * topology.outputs() : 0);
    Ints rowStart = topology.rowStart();
    MemorySegment columns = topology.column().segment();
    MemorySegment weights = weight.segment();
    int rows = to - from;
    for (int j = 0; j < topology.outputs(); j++) {
      int begin = position.get(j);
      int most = Math.min(rows, rowStart.get(j + 1L) - begin);
      if (most == rows && rows % ROWS == 0 && topology.column().get(begin + most - 1L) == to - 1) {
        complete(weights, begin, most, j);
        position.set(j, begin + most);
      } else {
        position.set(j, begin + unpack(columns, weights, begin, most, j, from, to));
      }
    }
  }

  private void complete(MemorySegment weights, int begin, int count, int term) {
    MemorySegment w = weights.asSlice(begin * 4L, count * 4L);
    MemorySegment sink = cells.segment();
    for (int s = 0; s < count / ROWS; s++) {
      long at = (s * stride + (long) term * ROWS) * 4;
      sink.set(JAVA_LONG_UNALIGNED, at, w.get(JAVA_LONG_UNALIGNED, s * 16L));
      sink.set(JAVA_LONG_UNALIGNED, at + 8, w.get(JAVA_LONG_UNALIGNED, s * 16L + 8));
    }
  }

  private int unpack(
      MemorySegment columns,
      MemorySegment weights,
      int begin,
      int most,
      int term,
      int from,
      int to) {
    MemorySegment c = columns.asSlice(begin * 4L, most * 4L);
    MemorySegment w = weights.asSlice(begin * 4L, most * 4L);
    MemorySegment sink = cells.segment();
    for (int k = 0; k < most; k++) {
      int column = c.getAtIndex(JAVA_INT, k);
      if (column >= to) {
        return k;
      }
      int i = column - from;
      long at = i / ROWS * stride + (long) term * ROWS + i % ROWS;
      sink.setAtIndex(JAVA_FLOAT, at, w.getAtIndex(JAVA_FLOAT, k));
    }
    return most;
  }

  /** Makes all cells absent, unless connections will be written into all. */
  private void clear(int rows, int terms, int connections) {
    if (rows % ROWS == 0 && connections == rows * terms) {
      return;
    }
    for (int s = 0; s * ROWS < rows; s++) {
      cells.clear(s * stride, s * stride + (long) ROWS * terms);
    }
  }

  /**
   * Multiplies one tile by the rows that were unpacked.
   *
   * @param x a row a term
   * @param y receives the rows
   * @param row first row
   * @param rows how many
   * @param start what each row begins with, or null for zero
   */
  void multiply(
      Kernels kernels,
      Activations x,
      Activations y,
      int tile,
      int row,
      int rows,
      @Nullable Floats start) {
    int width = y.width();
    int rest = rows % ROWS;
    if (start == null) {
      y.values().clear(y.row(tile, row), y.row(tile, row + rows));
    } else {
      for (int r = 0; r < rows; r++) {
        y.values().fill(y.row(tile, row + r), width, start.get(row + r));
      }
    }
    if (rest > 0) {
      partial.clear();
      partial.copy(y.values(), y.row(tile, row + rows - rest), 0, (long) rest * width);
    }
    for (int b = 0; b < width; b += BREADTH) {
      int breadth = Math.min(BREADTH, width - b);
      for (int k = 0; k < x.units(); k += DEPTH) {
        int depth = Math.min(DEPTH, x.units() - k);
        for (int s = 0; s * ROWS < rows; s++) {
          boolean whole = (s + 1) * ROWS <= rows;
          kernels.fourRows(
              cells,
              s * stride + (long) ROWS * k,
              x.values(),
              x.row(tile, k) + b,
              x.width(),
              depth,
              whole ? y.values() : partial,
              whole ? y.row(tile, row + s * ROWS) + b : b,
              width,
              breadth);
        }
      }
    }
    if (rest > 0) {
      y.values().copy(partial, 0, y.row(tile, row + rows - rest), (long) rest * width);
    }
  }
}
