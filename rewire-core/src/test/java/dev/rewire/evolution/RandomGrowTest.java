package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.SparseLayer;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where connections grow. */
class RandomGrowTest {
  private static long[] grow(
      SparseLayer layer, BitSet dropped, long[] forbidden, long seed, int count) {
    return Choices.grown(
        layer, dropped, forbidden, seed, 1, situation -> new RandomGrow().choose(situation, count));
  }

  private static long free(SparseLayer layer, BitSet dropped, long... forbidden) {
    long[] free = new long[1];
    Choices.grown(layer, dropped, forbidden, 0, 1, situation -> free[0] = situation.free());
    return free[0];
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "1, 9, 0.5",
    "9, 1, 0.5",
    "8, 7, 0",
    "8, 7, 0.2",
    "8, 7, 0.5",
    "8, 7, 0.95"
  })
  void neverWhereAConnectionSurvivesOrNoneMayGrow(int inputs, int outputs, double density) {
    SparseLayer layer = Layers.random(inputs, outputs, density, 4);
    Set<Long> connected = Layers.weights(layer).keySet();
    for (int seed = 0; seed < 20; seed++) {
      BitSet dropped = new BitSet();
      for (int e = seed % 3; e < connected.size(); e += 3) {
        dropped.set(e);
      }
      // Half of the dropped cells and every eleventh other one are forbidden.
      Set<Long> gone =
          Arrays.stream(Choices.cells(layer.topology(), dropped))
              .boxed()
              .collect(Collectors.toSet());
      long[] forbidden =
          LongStream.range(0, (long) inputs * outputs)
              .filter(cell ->
                  gone.contains(cell) ? cell % 2 == 0 : !connected.contains(cell) && cell % 11 == 0)
              .toArray();
      Set<Long> free = new TreeSet<>();
      for (long cell = 0; cell < (long) inputs * outputs; cell++) {
        if (!connected.contains(cell) || gone.contains(cell)) {
          free.add(cell);
        }
      }
      Arrays.stream(forbidden).forEach(free::remove);
      assertThat(free(layer, dropped, forbidden)).isEqualTo(free.size());
      Choices.grown(
          layer,
          dropped,
          forbidden,
          seed,
          1,
          situation -> {
            for (long cell = 0; cell < (long) inputs * outputs; cell++) {
              assertThat(situation.isFree(cell)).isEqualTo(free.contains(cell));
            }
          });
      for (int count : new int[] {0, free.size() / 2, free.size()}) {
        long[] grown = grow(layer, dropped, forbidden, seed, count);
        assertThat(grown).hasSize(count).doesNotHaveDuplicates().isSorted();
        assertThat(free).containsAll(Arrays.stream(grown).boxed().toList());
      }
    }
  }

  @Test
  void everyFreeCellIsEquallyLikely() {
    SparseLayer layer = Layers.random(8, 6, 0.5, 1);
    BitSet dropped = new BitSet();
    dropped.set(0, 4);
    int[] hits = new int[48];
    int draws = 20_000;
    int count = 5;
    int free = (int) free(layer, dropped);
    for (int seed = 0; seed < draws; seed++) {
      for (long cell : grow(layer, dropped, new long[0], seed, count)) {
        hits[(int) cell]++;
      }
    }
    double expected = (double) draws * count / free;
    double share = (double) count / free;
    double chiSquare = 0;
    for (int hit : hits) {
      chiSquare += hit == 0 ? 0 : (hit - expected) * (hit - expected) / (expected * (1 - share));
    }
    assertThat(Arrays.stream(hits).filter(hit -> hit > 0).count()).isEqualTo(free);
    // About 30 degrees of freedom: 99.99 % of draws lie below 68.
    assertThat(free).isBetween(24, 34);
    assertThat(chiSquare).isLessThan(68);
  }

  @Test
  void aFullLayerHasNoRoom() {
    SparseLayer layer = Layers.random(5, 4, 1, 1);
    BitSet none = new BitSet();
    assertThat(free(layer, none)).isZero();
    assertThat(grow(layer, none, new long[0], 1, 0)).isEmpty();
    assertThatThrownBy(() -> grow(layer, none, new long[0], 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFullLayerHasRoomWhereConnectionsWereDropped() {
    SparseLayer layer = Layers.random(5, 4, 1, 1);
    BitSet dropped = new BitSet();
    dropped.set(3);
    dropped.set(19);
    assertThat(grow(layer, dropped, new long[0], 1, 2)).containsExactly(3, 19);
    assertThat(grow(layer, dropped, new long[] {3}, 1, 1)).containsExactly(19);
  }

  @Test
  void anEnormousLayerNeedsMemoryForItsConnectionsOnly() {
    Topology topology = Topology.ofCells(1_000_000, 1_000_000, new long[] {0, 5, 999_999_999_999L});
    SparseLayer layer = Layers.of(topology, 1, 2, 3);
    long[] grown = grow(layer, new BitSet(), new long[0], 1, 1000);
    assertThat(grown).hasSize(1000).doesNotHaveDuplicates().isSorted();
    assertThat(grown[999]).isBetween(900_000_000_000L, 999_999_999_998L);
  }
}
