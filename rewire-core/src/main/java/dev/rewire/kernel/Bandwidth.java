package dev.rewire.kernel;

import dev.rewire.memory.Floats;

/**
 * Loops that only read, as fast as the kernels could: what they reach is the ceiling of every
 * kernel whose activations lie in the same level of memory.
 */
public final class Bandwidth {
  private static final boolean VECTOR = KernelProvider.get() instanceof VectorKernels;

  /** Rows are a multiple of this many floats: eight vectors of 512 bits. */
  public static final int ROW = 128;

  private Bandwidth() {}

  /**
   * Reads rows of a block, one after another in the given order.
   *
   * @param block what to read
   * @param rows numbers of the rows, each 0 or more; one behind the block is an error
   * @param width floats of a row, a multiple of {@link #ROW}
   * @return a number that depends on everything read, so that no read can be left out
   */
  public static int read(Floats block, int[] rows, int width) {
    if (width < ROW || width % ROW != 0) {
      throw new IllegalArgumentException("rows must be a multiple of " + ROW + ": " + width);
    }
    return VECTOR ? VectorRead.rows(block, rows, width) : scalar(block, rows, width);
  }

  private static int scalar(Floats block, int[] rows, int width) {
    int seen = 0;
    for (int row : rows) {
      long begin = (long) row * width;
      for (int i = 0; i < width; i++) {
        seen |= Float.floatToRawIntBits(block.get(begin + i));
      }
    }
    return seen;
  }
}
