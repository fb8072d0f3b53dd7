package dev.rewire.topology;

import java.util.Arrays;

/**
 * Sorts numbers that are spread evenly over a known range, in linear time: each goes to the cell
 * that its first bits name, about one number a cell, and what then is out of order is only
 * neighbours.
 */
final class UniformSort {
  private int[] next = {};
  private long[] sorted = {};

  /**
   * Sorts.
   *
   * @param numbers at least {@code length} of them, none below {@code low}
   * @param length how many
   * @param low where the range begins
   * @param bits the range has 2<sup>bits</sup> numbers, 0 to 63
   * @return the numbers in ascending order; overwritten by the next call
   */
  long[] sort(long[] numbers, int length, long low, int bits) {
    int cellBits = Math.min(bits, 32 - Integer.numberOfLeadingZeros(length));
    int shift = bits - cellBits;
    int cells = 1 << cellBits;
    makeRoom(length, cells);
    Arrays.fill(next, 0, cells + 1, 0);
    for (int i = 0; i < length; i++) {
      next[(int) ((numbers[i] - low) >>> shift) + 1]++;
    }
    for (int cell = 0; cell < cells; cell++) {
      next[cell + 1] += next[cell];
    }
    for (int i = 0; i < length; i++) {
      sorted[next[(int) ((numbers[i] - low) >>> shift)]++] = numbers[i];
    }
    insert(sorted, length);
    return sorted;
  }

  private static void insert(long[] sorted, int length) {
    for (int i = 1; i < length; i++) {
      long number = sorted[i];
      int at = i;
      while (at > 0 && sorted[at - 1] > number) {
        sorted[at] = sorted[at - 1];
        at--;
      }
      sorted[at] = number;
    }
  }

  private void makeRoom(int length, int cells) {
    if (sorted.length < length) {
      sorted = new long[length + length / 4];
    }
    if (next.length < cells + 1) {
      next = new int[cells + 1];
    }
  }
}
