package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Putting survivors and newcomers together, on a layer that can be drawn by hand. */
class RewiringTest {
  private static final RandomStreams STREAMS = new RandomStreams(1);

  private final WorkerTeam team = new WorkerTeam(2);
  private final EvolutionWorkspace workspace = new EvolutionWorkspace(team);

  @AfterEach
  void close() {
    workspace.close();
    team.close();
  }

  /**
   * Cells 0 to 11, four inputs a row; weights 1 to 5 and velocities 10 to 50 on these:
   *
   * <pre>
   *   0 . 2 .
   *   . . . .
   *   8 9 . 11
   * </pre>
   */
  private static SparseLayer layer() {
    SparseLayer layer =
        Layers.of(Topology.ofCells(4, 3, new long[] {0, 2, 8, 9, 11}), 1, 2, 3, 4, 5);
    for (int e = 0; e < 5; e++) {
      layer.weightState()[0].set(e, 10 * (e + 1));
    }
    return layer;
  }

  /**
   * Drops the connections at cells 2 and 9 and grows at 1, 2, 5 and 10, whatever the layer says.
   */
  private static Rules rules() {
    Rules rules = new Rules();
    rules.drop =
        (situation, fraction) -> {
          situation.marks().set(1);
          situation.marks().set(3);
        };
    rules.grow =
        (situation, count) -> {
          for (long cell : new long[] {1, 2, 5, 10}) {
            situation.grown().add(cell);
          }
        };
    return rules;
  }

  private TopologyUpdate evolve(SparseLayer layer, Rules rules) {
    TopologyUpdate update =
        rules.evolution().evolve(layer, 0.3, Moment.endOfEpoch(0, 6, 10), 2, STREAMS, workspace);
    layer.topology().checkInvariants();
    return update;
  }

  @Test
  void survivorsKeepWeightAndStateAndNewcomersBeginAtZero() {
    SparseLayer layer = layer();
    evolve(layer, rules());
    assertThat(Layers.weights(layer))
        .containsExactly(
            entry(0L, 1f),
            entry(1L, 0f),
            entry(2L, 0f),
            entry(5L, 0f),
            entry(8L, 3f),
            entry(10L, 0f),
            entry(11L, 5f));
    assertThat(Layers.states(layer))
        .containsExactly(
            entry(0L, 10f),
            entry(1L, 0f),
            entry(2L, 0f),
            entry(5L, 0f),
            entry(8L, 30f),
            entry(10L, 0f),
            entry(11L, 50f));
  }

  @ParameterizedTest
  @EnumSource
  void aLayerWithoutConnectionsMayGrow(NewbornState state) {
    Rules rules = rules();
    rules.drop = (situation, fraction) -> {};
    rules.newbornState = state;
    SparseLayer layer = Layers.of(Topology.ofCells(4, 3, new long[0]));
    evolve(layer, rules);
    assertThat(Layers.weights(layer))
        .containsExactly(entry(1L, 0f), entry(2L, 0f), entry(5L, 0f), entry(10L, 0f));
    assertThat(Layers.states(layer).values()).containsOnly(0f);
  }

  @Test
  void theReportNamesCellsAndConnections() {
    TopologyUpdate update = evolve(layer(), rules());
    assertThat(update.layer()).isZero();
    assertThat(update.epoch()).isEqualTo(6);
    assertThat(update.dropped().toArray()).containsExactly(2, 9);
    assertThat(update.grown().toArray()).containsExactly(1, 2, 5, 10);
    assertThat(update.connections()).isEqualTo(7);
  }

  @Test
  void stateOfTheSameCellMayBeKept() {
    SparseLayer layer = layer();
    Rules rules = rules();
    rules.newbornState = NewbornState.KEEP_IF_SAME_CELL;
    evolve(layer, rules);
    assertThat(Layers.states(layer))
        .containsEntry(2L, 20f)
        .containsEntry(1L, 0f)
        .containsEntry(5L, 0f)
        .containsEntry(10L, 0f);
    assertThat(Layers.weights(layer)).containsEntry(2L, 0f);
  }

  @Test
  void stateMayBeTheMeanOfTheSurvivors() {
    SparseLayer layer = layer();
    Rules rules = rules();
    rules.newbornState = NewbornState.MEAN;
    evolve(layer, rules);
    assertThat(Layers.states(layer))
        .containsEntry(0L, 10f)
        .containsEntry(1L, 30f)
        .containsEntry(2L, 30f)
        .containsEntry(5L, 30f)
        .containsEntry(10L, 30f);
  }

  @Test
  void statesOfTheDroppedMayBeInherited() {
    SparseLayer layer = layer();
    Rules rules = rules();
    rules.newbornState = NewbornState.INHERITED;
    evolve(layer, rules);
    var states = Layers.states(layer);
    assertThat(states).containsEntry(0L, 10f).containsEntry(8L, 30f).containsEntry(11L, 50f);
    assertThat(List.of(states.get(1L), states.get(2L))).containsExactlyInAnyOrder(20f, 40f);
    assertThat(states).containsEntry(5L, 0f).containsEntry(10L, 0f);
    assertThat(Layers.weights(layer)).containsEntry(1L, 0f).containsEntry(2L, 0f);
  }

  @Test
  void withoutSurvivorsTheMeanIsZero() {
    SparseLayer layer = layer();
    Rules rules = rules();
    rules.newbornState = NewbornState.MEAN;
    rules.drop =
        (situation, fraction) -> {
          for (int e = 0; e < 5; e++) {
            situation.marks().set(e);
          }
        };
    evolve(layer, rules);
    assertThat(Layers.states(layer)).hasSize(4).containsEntry(1L, 0f);
  }

  @ParameterizedTest
  @EnumSource(NewbornState.class)
  void withoutSlotsThereIsNothingToCarry(NewbornState state) {
    SparseLayer layer = layer();
    layer.prepare(Sgd.rate(0.1));
    Rules rules = rules();
    rules.newbornState = state;
    evolve(layer, rules);
    assertThat(layer.weightState()).isEmpty();
  }

  @Test
  void newbornWeightsMayBeDrawnLikeInitialOnesOrFromADistributionOfTheirOwn() {
    for (boolean asInitial : new boolean[] {true, false}) {
      SparseLayer layer = Layers.random(100, 100, 0.2, 1);
      var survivors = Layers.weights(layer);
      Rules rules = new Rules();
      // Layers of tests begin with deviation 0.1.
      rules.newbornWeight =
          asInitial
              ? new NewbornWeight.AsInitial()
              : new NewbornWeight.Drawn(new Initializer.Normal(3));
      TopologyUpdate update = evolve(layer, rules);
      var weights = Layers.weights(layer);
      double squares = 0;
      for (long cell : update.grown().toArray()) {
        assertThat(weights.get(cell)).isNotEqualTo(0f).isNotEqualTo(survivors.get(cell));
        squares += weights.get(cell) * (double) weights.get(cell);
      }
      double deviation = Math.sqrt(squares / update.grown().size());
      // About 600 draws: four standard errors are 12 %.
      assertThat(update.grown().size()).isGreaterThan(550);
      assertThat(deviation).isCloseTo(asInitial ? 0.1 : 3, within(asInitial ? 0.012 : 0.36));
    }
  }

  @Test
  void biasesStayAsTheyAre() {
    SparseLayer layer = layer();
    layer.bias().set(1, 7f);
    layer.biasState()[0].set(2, 8f);
    evolve(layer, rules());
    assertThat(layer.bias().toArray()).containsExactly(0, 7, 0);
    assertThat(layer.biasState()[0].toArray()).containsExactly(0, 0, 8);
  }
}
