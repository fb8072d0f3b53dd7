package dev.rewire.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Ints;
import java.lang.foreign.MemorySegment;

/**
 * Reads something of every row that the next few hundred connections need, in a loop of its own.
 * Where activations are larger than the caches, a row is a cache miss; a loop that does nothing but
 * read has many of them under way at once, the loop that computes only some. No result changes.
 */
final class RowsAhead {
  /** Connections at a time: their rows fit L1. */
  static final int RUN = 256;

  /**
   * Activations from which this is faster, in bytes. On 16 MB forward was faster by a third, on 5
   * MB, which L3 holds beside weights and index, slower.
   */
  static final long LEAST_BYTES = 12L << 20;

  private static final int UNLIKELY = 0x1357_9bdf;

  /** Keeps the compiler from leaving out reads that nobody needs. */
  @SuppressWarnings("UnusedVariable")
  private static int seen;

  private RowsAhead() {}

  /** Says whether reading ahead is faster, as long as rows of connections are short. */
  static boolean pays(Activations rows) {
    return (long) rows.units() * rows.width() * Float.BYTES >= LEAST_BYTES;
  }

  /**
   * Reads the rows of the next connections and returns one past the last output that they belong
   * to. An output with more than a run of connections is left alone: it walks along the inputs, and
   * the processor sees that by itself.
   */
  static int run(Ints rowStart, Ints column, Activations rows, int tile, int from, int to) {
    int begin = rowStart.get(from);
    int end = from + 1;
    while (end < to && rowStart.get(end + 1L) - begin <= RUN) {
      end++;
    }
    if (rowStart.get(end) - begin <= RUN) {
      read(column, begin, rowStart.get(end), rows, tile);
    }
    return end;
  }

  /** Reads the rows of some connections. */
  static void read(Ints column, int from, int to, Activations rows, int tile) {
    int count = to - from;
    MemorySegment columns = column.segment().asSlice(from * 4L, count * 4L);
    MemorySegment source = rows.values().segment();
    long first = rows.row(tile, 0) * 4;
    int shift = 2 + Integer.numberOfTrailingZeros(rows.width());
    int all = 0;
    for (int k = 0; k < count; k++) {
      all |= source.get(JAVA_INT, first + ((long) columns.getAtIndex(JAVA_INT, k) << shift));
    }
    // Hardly ever: memory that all threads write to is slow.
    if (all == UNLIKELY) {
      seen = all;
    }
  }
}
