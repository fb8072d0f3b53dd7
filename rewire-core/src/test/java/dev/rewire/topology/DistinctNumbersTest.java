package dev.rewire.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets of distinct numbers. */
class DistinctNumbersTest {
  private static long[] draw(long range, int count, long seed) {
    return draw(range, count, seed, 1);
  }

  private static long[] draw(long range, int count, long seed, int threads) {
    try (WorkerTeam team = new WorkerTeam(threads);
        DistinctNumbers numbers = new DistinctNumbers(team);
        CellList list = new CellList()) {
      numbers.draw(range, count, new RandomStreams(seed).key(Purpose.GROWTH, 0, 0), list);
      return list.toArray();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "1, 1",
    "10, 5",
    "10, 6",
    "10, 9",
    "10, 10",
    "1001, 500",
    "1001, 501",
    "1000000007, 1000",
    "10000, 4999",
    "100000, 49999",
    "100000, 50001",
    "1000003, 100000",
    "562949953421312, 200000",
    "9000000000000000000, 1000"
  })
  void ascendingDistinctAndWithinTheRange(long range, int count) {
    long[] numbers = draw(range, count, 1);
    assertThat(numbers).hasSize(count);
    assertThat(Arrays.stream(numbers).distinct().sorted().toArray()).isEqualTo(numbers);
    assertThat(Arrays.stream(numbers)).allMatch(number -> number >= 0 && number < range);
  }

  @ParameterizedTest
  @CsvSource({"10, 11", "0, 1", "5, -1"})
  void moreThanThereAreCannotBeDrawn(long range, int count) {
    assertThatThrownBy(() -> draw(range, count, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cannot draw " + count + " distinct numbers out of " + range);
  }

  /** All sets of three out of six, and all of four (the complement of two): equally likely. */
  @ParameterizedTest
  @CsvSource({"6, 3, 20", "6, 4, 15", "6, 2, 15", "7, 3, 35"})
  void everySetIsEquallyLikely(int range, int count, int sets) {
    int[] hits = new int[1 << range];
    int draws = 1000 * sets;
    for (int draw = 0; draw < draws; draw++) {
      int set = 0;
      for (long number : draw(range, count, draw)) {
        set |= 1 << number;
      }
      hits[set]++;
    }
    assertThat(Arrays.stream(hits).filter(hit -> hit > 0).count()).isEqualTo(sets);
    double chiSquare = 0;
    for (int hit : hits) {
      chiSquare += hit == 0 ? 0 : (hit - 1000.0) * (hit - 1000.0) / 1000;
    }
    // 99.99 % of draws lie below this, for 14 to 34 degrees of freedom (Wilson and Hilferty 1931).
    double degrees = sets - 1;
    double limit =
        degrees * Math.pow(1 - 2 / (9 * degrees) + 3.719 * Math.sqrt(2 / (9 * degrees)), 3);
    assertThat(chiSquare).isLessThan(limit);
  }

  @Test
  void everyNumberIsEquallyLikely() {
    int[] hits = new int[100];
    for (int seed = 0; seed < 5000; seed++) {
      for (long number : draw(100, 30, seed)) {
        hits[(int) number]++;
      }
    }
    double chiSquare = 0;
    for (int hit : hits) {
      chiSquare += (hit - 1500.0) * (hit - 1500.0) / (1500 * 0.7);
    }
    // 99 degrees of freedom: 99.99 % of draws lie below 161.
    assertThat(chiSquare).isLessThan(161);
  }
}
