package dev.rewire.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.history.TopologyChange;
import dev.rewire.topology.LayerShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Exploration, churn and lives of connections, against maps and sets. */
class LifeMeasuresTest {
  private static TopologyChange change(int epoch, int connections, long[] dropped, long[] grown) {
    return new TopologyChange(
        0,
        epoch,
        0,
        connections,
        RandomHistory.list(LongStream.of(dropped).boxed().toList()),
        RandomHistory.list(LongStream.of(grown).boxed().toList()));
  }

  private static long[] cells(long... cells) {
    return cells;
  }

  @Test
  void handMadeLives() {
    try (Lineage lineage = new Lineage(1);
        Exploration exploration = new Exploration(List.of(new LayerShape(4, 5)))) {
      List<TopologyChange> story =
          List.of(
              change(-1, 4, cells(), cells(1, 2, 3, 4)),
              change(0, 4, cells(2), cells(7)),
              // 7 dies young, 2 is born again, 4 goes and comes back at once.
              change(1, 4, cells(4, 7), cells(2, 4)),
              change(2, 3, cells(1), cells()));
      List<Double> rates = new ArrayList<>();
      for (TopologyChange change : story) {
        lineage.accept(change);
        exploration.accept(change);
        rates.add(exploration.rate());
      }
      assertThat(rates).containsExactly(0.2, 0.25, 0.25, 0.25);
      assertThat(exploration.births(0)).isEqualTo(7);
      assertThat(exploration.rebirths(0)).isEqualTo(2);
      assertThat(exploration.exact(0)).isTrue();
      assertThat(lineage.updates(0)).isEqualTo(3);
      // Alive: 3 since the start, 2 and 4 since the second update.
      assertThat(lineage.ages(0)).containsExactly(0, 2, 0, 1);
      // Died: 2 in the first update, 7 at once, 4 after one update, 1 after two.
      assertThat(lineage.deaths(0)).containsExactly(2, 1, 1, 0);
      // 7 lives, 2 die at age 0; of 5, 2 are alive at age 1, so 3 at risk and 1 dies; then 2, 1.
      double[] survival = lineage.survival(0);
      assertThat(survival[0]).isEqualTo(1);
      assertThat(survival[1]).isCloseTo(5.0 / 7, within(1e-15));
      assertThat(survival[2]).isCloseTo(5.0 / 7 * 2 / 3, within(1e-15));
      assertThat(survival[3]).isCloseTo(5.0 / 7 * 2 / 3 / 2, within(1e-15));
      Churn churn = Churn.of(story.get(2));
      assertThat(churn).isEqualTo(new Churn(0, 1, 0, 2, 2, 1, 4));
      assertThat(churn.rate()).isEqualTo(0.5);
      assertThat(churn.overlap()).isEqualTo(0.5);
      assertThat(Churn.of(story.get(3)).overlap()).isZero();
      assertThatThrownBy(() -> lineage.accept(change(3, 2, cells(9), cells())))
          .hasMessage("the change of layer 0 in epoch 3 does not fit what was before");
    }
  }

  @Test
  void randomLivesAreThoseOfTheTwin() {
    for (int seed = 0; seed < 10; seed++) {
      RandomHistory history = new RandomHistory(900, 200, 30, seed);
      Map<Long, Integer> birth = new HashMap<>();
      Set<Long> seen = new HashSet<>();
      long[] deaths = new long[31];
      long rebirths = 0;
      int moment = 0;
      try (Lineage lineage = new Lineage(1);
          Exploration exploration = new Exploration(List.of(new LayerShape(30, 30)))) {
        for (TopologyChange change : history.changes) {
          lineage.accept(change);
          exploration.accept(change);
          Set<Long> dropped = new HashSet<>();
          for (long cell : change.dropped().toArray()) {
            deaths[moment - 1 - birth.remove(cell)]++;
            dropped.add(cell);
          }
          int returned = 0;
          for (long cell : change.grown().toArray()) {
            birth.put(cell, moment);
            rebirths += seen.add(cell) ? 0 : 1;
            returned += dropped.contains(cell) ? 1 : 0;
          }
          assertThat(Churn.of(change).returned()).isEqualTo(returned);
          moment++;
        }
        long[] ages = new long[31];
        birth.values().forEach(b -> ages[30 - b]++);
        assertThat(lineage.ages(0)).containsExactly(ages);
        assertThat(lineage.deaths(0)).containsExactly(deaths);
        assertThat(exploration.explored(0)).isEqualTo(seen.size());
        assertThat(exploration.rebirths(0)).isEqualTo(rebirths);
        assertThat(exploration.rate()).isEqualTo(seen.size() / 900.0);
        // A quarter dies in each update, whatever its age.
        double[] survival = lineage.survival(0);
        assertThat(survival[1]).isCloseTo(0.75, within(0.05));
        assertThat(survival[4]).isCloseTo(0.316, within(0.08));
      }
    }
  }

  @Test
  void manyCellsAreEstimatedWithinTheirError() {
    List<LayerShape> layers = List.of(new LayerShape(1_000_000, 5_000), new LayerShape(10, 10));
    try (Exploration exploration = new Exploration(layers)) {
      assertThat(exploration.exact(0)).isFalse();
      assertThat(exploration.exact(1)).isTrue();
    }
    for (int count : new int[] {1, 100, 20_000, 60_000, 500_000}) {
      try (CellSet estimated = new CellSet.Estimated();
          CellSet exact = new CellSet.Exact(7L * 600_000)) {
        for (int twice = 0; twice < 2; twice++) {
          for (long i = 0; i < count; i++) {
            estimated.add(7 * i);
            exact.add(7 * i);
          }
        }
        assertThat(exact.count()).isEqualTo(count);
        assertThat(estimated.count()).isCloseTo(count, within(Math.max(0.5, 0.03 * count)));
      }
    }
  }
}
