package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/**
 * Loops that only read, as fast as the kernels could: what they reach is the ceiling of every
 * kernel whose activations lie in the same level of memory.
 */
public final class Bandwidth {
  private static final boolean VECTOR = KernelProvider.get() instanceof VectorKernels;

  /** Floats of a row: a batch of this size, eight vectors of 512 bits. */
  public static final int ROW = 128;

  private Bandwidth() {}

  /**
   * Reads rows of a block, one after another in the given order.
   *
   * @param block what to read
   * @param rows numbers of the rows, each {@link #ROW} floats; one behind the block is an error
   * @return a number that depends on everything read, so that no read can be left out
   */
  public static int read(Floats block, int[] rows) {
    return VECTOR ? VectorRead.rows(block, rows) : scalar(block, rows);
  }

  private static int scalar(Floats block, int[] rows) {
    int seen = 0;
    for (int row : rows) {
      long begin = (long) row * ROW;
      for (int i = 0; i < ROW; i++) {
        seen |= Float.floatToRawIntBits(block.get(begin + i));
      }
    }
    return seen;
  }
}
