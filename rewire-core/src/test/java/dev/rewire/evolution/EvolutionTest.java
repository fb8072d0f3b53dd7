package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One evolution of a layer: what holds for every seed. */
class EvolutionTest {
  private final WorkerTeam team = new WorkerTeam(2);
  private final EvolutionWorkspace workspace = new EvolutionWorkspace(team);

  @AfterEach
  void close() {
    workspace.close();
    team.close();
  }

  private static Set<Long> set(long[] cells) {
    Set<Long> set = new HashSet<>();
    for (long cell : cells) {
      set.add(cell);
    }
    return set;
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 0.3",
    "17, 1, 0.5, 0.3",
    "1, 17, 0.5, 0.3",
    "30, 20, 0.05, 0.3",
    "30, 20, 0.2, 0",
    "30, 20, 0.2, 1",
    "30, 20, 0.7, 0.3",
    "30, 20, 1, 0.3",
    "30, 20, 0, 0.3"
  })
  void connectionsAreConservedAndSurvivorsStayThemselves(
      int inputs, int outputs, double density, double zeta) {
    for (int seed = 0; seed < 30; seed++) {
      SparseLayer layer = Layers.random(inputs, outputs, density, seed);
      TreeMap<Long, Float> weights = Layers.weights(layer);
      TreeMap<Long, Float> states = Layers.states(layer);
      long positive = weights.values().stream().filter(w -> w > 0).count();
      long negative = weights.values().stream().filter(w -> w < 0).count();

      TopologyUpdate update =
          new Rules()
              .evolution()
              .evolve(layer, zeta, Moment.START, 0, new RandomStreams(seed), workspace);

      layer.topology().checkInvariants();
      assertThat(layer.topology().connections()).isEqualTo(weights.size());
      assertThat(update.connections()).isEqualTo(weights.size());
      assertThat(update.dropped().size())
          .isEqualTo((int) (zeta * positive) + (int) (zeta * negative));
      assertThat(update.grown().size()).isEqualTo(update.dropped().size());
      update(weights, update);
      update(states, update);
      assertThat(Layers.weights(layer)).isEqualTo(weights);
      assertThat(Layers.states(layer)).isEqualTo(states);
    }
  }

  /** What the map of connections must be after an update with newcomers of 0. */
  private static void update(TreeMap<Long, Float> cells, TopologyUpdate update) {
    Arrays.stream(update.dropped().toArray())
        .forEach(cell -> assertThat(cells.remove(cell)).isNotNull());
    Arrays.stream(update.grown().toArray())
        .forEach(cell -> assertThat(cells.put(cell, 0f)).isNull());
  }

  @Test
  void sameSeedAndUpdateSameTopologyAnythingElseAnother() {
    int[] first = evolved(1, 0);
    assertThat(evolved(1, 0)).isEqualTo(first);
    assertThat(evolved(2, 0)).isNotEqualTo(first);
    assertThat(evolved(1, 1)).isNotEqualTo(first);
  }

  private int[] evolved(long seed, long update) {
    SparseLayer layer = Layers.random(30, 20, 0.2, 5);
    new Rules()
        .evolution()
        .evolve(layer, 0.3, Moment.START, update, new RandomStreams(seed), workspace);
    return layer.topology().column().toArray();
  }

  @Test
  void aConnectionMayReturnAtOnce() {
    // A full layer has no other place.
    SparseLayer layer = Layers.random(10, 10, 1, 1);
    TopologyUpdate update =
        new Rules()
            .evolution()
            .evolve(layer, 0.3, Moment.START, 0, new RandomStreams(1), workspace);
    assertThat(update.grown().toArray())
        .hasSizeBetween(28, 30)
        .isEqualTo(update.dropped().toArray());
  }

  @Test
  void orItMayNot() {
    Rules rules = new Rules();
    rules.mayReturn = false;
    Evolution evolution = rules.evolution();
    for (int seed = 0; seed < 50; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      SparseLayer layer = Layers.random(10, 10, 0.5, seed);
      TopologyUpdate update = evolution.evolve(layer, 0.6, Moment.START, 0, streams, workspace);
      assertThat(set(update.grown().toArray()))
          .doesNotContainAnyElementsOf(set(update.dropped().toArray()));
      assertThat(update.grown().size()).isEqualTo(update.dropped().size());

      layer = Layers.random(10, 10, 0.5, seed);
      int before = layer.topology().connections();
      try (Removal removal = new Removal()) {
        TopologyUpdate removed =
            evolution.remove(layer, 0.6, Moment.START, 0, streams, workspace, removal);
        assertThat(removed.grown().size()).isZero();
        Set<Long> dropped = set(removed.dropped().toArray());
        TopologyUpdate regrown = evolution.regrow(layer, removal, 0, streams, workspace);
        assertThat(regrown.dropped().size()).isZero();
        assertThat(set(regrown.grown().toArray())).doesNotContainAnyElementsOf(dropped);
      }
      assertThat(layer.topology().connections()).isEqualTo(before);
    }
  }

  @Test
  void withoutRoomFewerGrow() {
    Rules rules = new Rules();
    rules.mayReturn = false;
    SparseLayer layer = Layers.random(10, 10, 1, 1);
    TopologyUpdate update =
        rules.evolution().evolve(layer, 0.3, Moment.START, 0, new RandomStreams(1), workspace);
    assertThat(update.grown().size()).isZero();
    assertThat(layer.topology().connections()).isEqualTo(100 - update.dropped().size());
  }

  @Test
  void removalAloneAndGrowthLater() {
    SparseLayer layer = Layers.random(30, 20, 0.2, 1);
    TreeMap<Long, Float> weights = Layers.weights(layer);
    Evolution evolution = new Rules().evolution();
    RandomStreams streams = new RandomStreams(1);
    try (Removal removal = new Removal()) {
      TopologyUpdate removed =
          evolution.remove(layer, 0.3, Moment.endOfEpoch(0, 4, 10), 0, streams, workspace, removal);
      Arrays.stream(removed.dropped().toArray()).forEach(weights::remove);
      assertThat(Layers.weights(layer)).isEqualTo(weights);
      assertThat(removed.epoch()).isEqualTo(4);
      assertThat(removed.connections()).isEqualTo(weights.size());
      long dropped = removed.dropped().size();
      TopologyUpdate regrown = evolution.regrow(layer, removal, 0, streams, workspace);
      assertThat(regrown.epoch()).isEqualTo(4);
      assertThat(regrown.grown().size()).isEqualTo(dropped);
      Arrays.stream(regrown.grown().toArray()).forEach(cell -> weights.put(cell, 0f));
      assertThat(Layers.weights(layer)).isEqualTo(weights);
    }
  }

  @Test
  void theTargetIsTheInitialOrTheCurrentNumber() {
    for (ConnectionTarget target :
        List.of(new ConnectionTarget.Initial(), new ConnectionTarget.Current())) {
      SparseLayer layer = Layers.random(30, 20, 0.2, 1);
      int initial = layer.topology().connections();
      Rules rules = new Rules();
      rules.target = target;
      try (Removal removal = new Removal()) {
        RandomStreams streams = new RandomStreams(1);
        rules.evolution().remove(layer, 0.3, Moment.START, 0, streams, workspace, removal);
      }
      int current = layer.topology().connections();
      rules.evolution().evolve(layer, 0.3, Moment.START, 0, new RandomStreams(1), workspace);
      assertThat(layer.topology().connections())
          .isEqualTo(target instanceof ConnectionTarget.Initial ? initial : current)
          .isGreaterThan(0);
      assertThat(current).isLessThan(initial);
    }
  }

  @Test
  void aTargetBelowTheSurvivorsGrowsNothing() {
    Rules rules = new Rules();
    rules.target = (layer, moment) -> 3;
    SparseLayer layer = Layers.random(30, 20, 0.2, 1);
    assertThat(
            rules
                .evolution()
                .evolve(layer, 0.3, Moment.START, 0, new RandomStreams(1), workspace)
                .grown()
                .size())
        .isZero();
    assertThat(layer.topology().connections()).isGreaterThan(3);
  }

  @ParameterizedTest
  @CsvSource({
    // evolve output, most dense, is output, takes part
    "false, 1, false, true",
    "false, 1, true, false",
    "true, 1, true, true",
    "true, 0.5, false, true",
    "true, 0.49, false, false",
    "true, 0.49, true, false"
  })
  void whichLayersTakePart(
      boolean evolveOutput, double maxDensity, boolean output, boolean takesPart) {
    Rules rules = new Rules();
    rules.evolveOutput = evolveOutput;
    rules.maxDensity = maxDensity;
    SparseLayer half = Layers.of(Topology.ofCells(2, 1, new long[] {1}), 1);
    assertThat(rules.evolution().includes(half, output)).isEqualTo(takesPart);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void badNumbers(double number) {
    assertThatThrownBy(() -> Evolution.set(number))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("zeta must be between 0 and 1: " + number);
    Rules rules = new Rules();
    rules.maxDensity = number;
    assertThatThrownBy(rules::evolution)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max density must be between 0 and 1: " + number);
  }

  @Test
  void theScheduleOfSetIsTheEndOfEachEpoch() {
    UpdateSchedule schedule = new UpdateSchedule.EveryEpoch(0.3);
    RandomStreams streams = new RandomStreams(0);
    assertThat(schedule.fraction(new Moment(17, 0, 0.9, 5, false), 0, streams)).isZero();
    assertThat(schedule.fraction(Moment.endOfEpoch(18, 0, 5), 0, streams)).isEqualTo(0.3);
    assertThat(schedule.fraction(Moment.endOfEpoch(99, 4, 5), 1, streams)).isEqualTo(0.3);
  }
}
