package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniformSortTest {
  /** Evenly spread or not, with doubles or without: as {@link Arrays#sort(long[])} does. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 10",
    "1, 0, 0",
    "5, 7, 0",
    "2, 3, 1",
    "1000, 0, 5",
    "1023, 64, 40",
    "1024, 0, 10",
    "1500, 1125899906842624, 50",
    "4000, 8, 20"
  })
  void sorts(int length, long low, int bits) {
    SplittableRandom random = new SplittableRandom(length);
    UniformSort sort = new UniformSort();
    for (boolean even : new boolean[] {true, false, true}) {
      long[] numbers = new long[length + 3];
      for (int i = 0; i < length; i++) {
        long within = bits == 0 ? 0 : random.nextLong() >>> (64 - bits);
        numbers[i] = low + (even ? within : within >>> Math.min(bits, random.nextInt(64)));
        numbers[i] = Math.max(low, numbers[i]);
      }
      long[] expected = Arrays.copyOf(numbers, length);
      Arrays.sort(expected);
      assertThat(Arrays.copyOf(sort.sort(numbers, length, low, bits), length)).isEqualTo(expected);
    }
  }
}
