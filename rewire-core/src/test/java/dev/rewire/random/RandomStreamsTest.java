package dev.rewire.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Streams with a name. */
class RandomStreamsTest {
  @Test
  void sameNameSameNumbersWhateverElseWasDrawn() {
    RandomStreams streams = new RandomStreams(5);
    long[] first = streams.stream(Purpose.GROWTH, 2, 7).longs(10).toArray();
    streams.stream(Purpose.WEIGHTS, 0, 0).nextLong();
    assertThat(streams.stream(Purpose.GROWTH, 2, 7).longs(10).toArray()).isEqualTo(first);
    assertThat(new RandomStreams(5).stream(Purpose.GROWTH, 2, 7).longs(10).toArray())
        .isEqualTo(first);
  }

  @Test
  void everyNameHasAKeyOfItsOwn() {
    Set<Long> keys = new HashSet<>();
    int names = 0;
    for (long seed : new long[] {0, 1, 2, -1, Long.MAX_VALUE}) {
      for (Purpose purpose : Purpose.values()) {
        for (int layer = 0; layer < 10; layer++) {
          for (long round = 0; round < 100; round++) {
            keys.add(new RandomStreams(seed).key(purpose, layer, round));
            names++;
          }
        }
      }
    }
    assertThat(keys).hasSize(names);
  }

  @Test
  void neighbouringNamesAreIndependent() {
    // Layer, round and seed one further on: the keys differ in half of their bits on average.
    int bits = 0;
    int pairs = 0;
    for (int i = 0; i < 300; i++) {
      RandomStreams streams = new RandomStreams(i);
      long key = streams.key(Purpose.DROPOUT, i, i);
      bits += Long.bitCount(key ^ streams.key(Purpose.DROPOUT, i + 1, i));
      bits += Long.bitCount(key ^ streams.key(Purpose.DROPOUT, i, i + 1));
      bits += Long.bitCount(key ^ new RandomStreams(i + 1).key(Purpose.DROPOUT, i, i));
      bits += Long.bitCount(key ^ streams.key(Purpose.GROWTH, i, i));
      pairs += 4;
    }
    double n = 64.0 * pairs;
    assertThat(bits / n).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / n)));
  }

  @Test
  void streamsOfNeighboursAreUncorrelated() {
    RandomGenerator one = new RandomStreams(1).stream(Purpose.WEIGHTS, 0, 0);
    RandomGenerator other = new RandomStreams(1).stream(Purpose.WEIGHTS, 1, 0);
    double sum = 0;
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      sum += one.nextGaussian() * other.nextGaussian();
    }
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
  }

  @Test
  void thePurposesAreInTheOrderOfEverySeed() {
    // Their order is part of every result: add at the end only.
    assertThat(Purpose.values())
        .startsWith(
            Purpose.TOPOLOGY,
            Purpose.WEIGHTS,
            Purpose.SHUFFLE,
            Purpose.DROPOUT,
            Purpose.GROWTH,
            Purpose.NEWBORN,
            Purpose.SPLIT);
    assertThat(RandomStreams.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
  }
}
