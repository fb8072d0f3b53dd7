package dev.rewire.measure;

import dev.rewire.memory.Bits;
import dev.rewire.random.RandomStreams;

/** How many different cells were ever added: exactly, or nearly in little memory. */
sealed interface CellSet extends AutoCloseable {
  /** Cells up to which they are counted exactly, in 125 MB at most. */
  long MOST_EXACT = 1_000_000_000L;

  static CellSet of(long cells) {
    return cells <= MOST_EXACT ? new Exact(cells) : new Estimated();
  }

  void add(long cell);

  /** How many different ones there were. */
  double count();

  boolean exact();

  @Override
  void close();

  /** One bit a cell. */
  final class Exact implements CellSet {
    private final Bits bits = new Bits();
    private long count;

    Exact(long cells) {
      bits.reset(cells);
    }

    @Override
    public void add(long cell) {
      if (!bits.get(cell)) {
        bits.set(cell);
        count++;
      }
    }

    @Override
    public double count() {
      return count;
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public void close() {
      bits.close();
    }
  }

  /**
   * HyperLogLog (Flajolet, Fusy, Gandouet and Meunier 2007) with 2<sup>14</sup> registers of one
   * byte and 64-bit hashes: a standard error of 1.04 / 2<sup>7</sup> = 0.8 %. Small counts are
   * taken from the empty registers.
   */
  final class Estimated implements CellSet {
    private static final int INDEX_BITS = 14;
    private static final int REGISTERS = 1 << INDEX_BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final byte[] register = new byte[REGISTERS];

    @Override
    public void add(long cell) {
      long hash = RandomStreams.mix(cell);
      int index = (int) (hash >>> (Long.SIZE - INDEX_BITS));
      int rank =
          Math.min(Long.SIZE - INDEX_BITS, Long.numberOfLeadingZeros(hash << INDEX_BITS)) + 1;
      if (rank > register[index]) {
        register[index] = (byte) rank;
      }
    }

    @Override
    public double count() {
      double sum = 0;
      int empty = 0;
      for (byte rank : register) {
        sum += Math.scalb(1.0, -rank);
        empty += rank == 0 ? 1 : 0;
      }
      double raw = ALPHA * REGISTERS * REGISTERS / sum;
      return raw <= 2.5 * REGISTERS && empty > 0
          ? REGISTERS * Math.log((double) REGISTERS / empty)
          : raw;
    }

    @Override
    public boolean exact() {
      return false;
    }

    @Override
    public void close() {
      // Memory of the heap only.
    }
  }
}
