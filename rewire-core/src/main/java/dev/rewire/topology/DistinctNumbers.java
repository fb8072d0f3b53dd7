package dev.rewire.topology;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Uniformly drawn sets of distinct numbers, in memory proportional to their size. */
public final class DistinctNumbers {
  private DistinctNumbers() {}

  /**
   * Draws a set; each set of this size is equally likely.
   *
   * @param range numbers are 0 to {@code range - 1}
   * @param count how many, 0 to {@code range}
   * @param random where chance comes from
   * @return the numbers, ascending
   */
  public static long[] draw(long range, int count, RandomGenerator random) {
    if (count < 0 || count > range) {
      throw new IllegalArgumentException(
          "cannot draw " + count + " distinct numbers out of " + range);
    }
    // Above one half the numbers that stay out are the smaller set.
    return count > range / 2
        ? complement(range, drawFew(range, (int) (range - count), random))
        : drawFew(range, count, random);
  }

  /** Rejection in rounds: numbers drawn twice are drawn anew, until enough are distinct. */
  private static long[] drawFew(long range, int count, RandomGenerator random) {
    long[] numbers = new long[count];
    int distinct = 0;
    while (distinct < count) {
      for (int i = distinct; i < count; i++) {
        numbers[i] = random.nextLong(range);
      }
      Arrays.sort(numbers);
      distinct = unique(numbers, count);
    }
    return numbers;
  }

  /** Moves distinct values of a sorted array to its front and returns how many there are. */
  static int unique(long[] sorted, int length) {
    int distinct = 0;
    for (int i = 0; i < length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return distinct;
  }

  private static long[] complement(long range, long[] absent) {
    long[] numbers = new long[Math.toIntExact(range - absent.length)];
    int next = 0;
    int filled = 0;
    for (long number = 0; number < range; number++) {
      if (next < absent.length && absent[next] == number) {
        next++;
      } else {
        numbers[filled++] = number;
      }
    }
    return numbers;
  }
}
