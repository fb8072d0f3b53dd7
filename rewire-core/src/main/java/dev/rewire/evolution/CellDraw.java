package dev.rewire.evolution;

import dev.rewire.random.RandomStreams;
import java.util.Arrays;

/**
 * A draw of cells in proportion to their weights, without replacement: the cells with the largest
 * of {@code weight / exponential} (Efraimidis and Spirakis 2006). Each cell has a random number of
 * its own, so that neither threads nor the order matter. Memory of one thread, for a row of cells.
 */
final class CellDraw {
  /** More than a draw may be off that is made with other roundings. */
  private static final double ROUNDING = 1 + 1e-6;

  private final long[] numbers;
  private final double[] margins;

  /**
   * @param numbers of the cells of a row, such as from 0 on
   */
  CellDraw(int[] numbers) {
    this.numbers = Arrays.stream(numbers).asLongStream().toArray();
    margins = new double[numbers.length];
  }

  /**
   * Finds out which cells of a row may come to a bound, without a logarithm.
   *
   * @param key of the cell of number 0
   */
  void look(double[] weights, long key, float bound) {
    look(weights, key, numbers, bound * (1 / ROUNDING), margins);
  }

  /** Arrays of its own, so that the compiler sees that it may take several cells at once. */
  private static void look(
      double[] weights, long key, long[] numbers, double bound, double[] margins) {
    int cells = Math.min(weights.length, Math.min(numbers.length, margins.length));
    for (int u = 0; u < cells; u++) {
      margins[u] = weights[u] - bound * (1 - uniform(key + numbers[u]));
    }
  }

  /** Whether a cell of the row may have a draw of the bound or more. */
  boolean mayReach(int cell) {
    return margins[cell] >= 0;
  }

  /** The draw of a cell. */
  static float draw(float weight, long key) {
    return (float) (weight / -StrictMath.log(uniform(key)));
  }

  /**
   * The same, or 0 where that is below a bound for sure: {@code -log(x)} is {@code 1 - x} or more.
   */
  static float draw(float weight, long key, float bound) {
    return weight * ROUNDING < bound * (1 - uniform(key)) ? 0 : draw(weight, key);
  }

  private static double uniform(long key) {
    return (RandomStreams.mix(key) >>> 11) * 0x1p-53 + 0x1p-54;
  }
}
