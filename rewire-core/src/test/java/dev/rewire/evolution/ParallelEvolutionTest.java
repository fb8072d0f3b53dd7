package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that are large enough for many parts, on many threads, again and again. */
class ParallelEvolutionTest {
  private static final RandomStreams STREAMS = new RandomStreams(3);

  static List<Arguments> rules() {
    Rules set = new Rules();
    Rules keep = new Rules();
    keep.newbornState = NewbornState.KEEP_IF_SAME_CELL;
    keep.newbornWeight = new NewbornWeight.AsInitial();
    Rules mean = new Rules();
    mean.newbornState = NewbornState.MEAN;
    mean.newbornWeight = new NewbornWeight.Drawn(new Initializer.Normal(2));
    mean.mayReturn = false;
    Rules shrinking = new Rules();
    shrinking.target = (layer, moment) -> layer.topology().connections() * 9 / 10;
    shrinking.drop = new MagnitudeDrop();
    Rules growing = new Rules();
    growing.target = (layer, moment) -> layer.topology().connections() * 12 / 10;
    growing.drop = new ScipyDrop();
    growing.mayReturn = false;
    Rules inherited = new Rules();
    inherited.newbornState = NewbornState.INHERITED;
    return List.of(
        Arguments.of("states are inherited", inherited),
        Arguments.of("SET", set),
        Arguments.of("same cells keep their state", keep),
        Arguments.of("mean, nothing returns", mean),
        Arguments.of("shrinking", shrinking),
        Arguments.of("growing", growing));
  }

  private static SparseLayer layer(double density) {
    return Layers.random(700, 300, density, 5);
  }

  /** Weights that are all different again, as training would leave them. */
  private static void train(SparseLayer layer, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int e = 0; e < layer.weight().length(); e++) {
      layer.weight().set(e, (float) random.nextGaussian());
      layer.weightState()[0].set(e, (float) random.nextGaussian());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void everyNumberOfThreadsGivesTheSameBits(String name, Rules rules) {
    for (double density : new double[] {0.3, 0.8}) {
      SparseLayer expected = evolved(rules, density, 1);
      for (int threads : new int[] {2, 3, 7}) {
        SparseLayer found = evolved(rules, density, threads);
        assertThat(found.topology().column().toArray())
            .isEqualTo(expected.topology().column().toArray());
        assertThat(found.topology().rowStart().toArray())
            .isEqualTo(expected.topology().rowStart().toArray());
        assertThat(found.weight().toArray()).isEqualTo(expected.weight().toArray());
        assertThat(found.weightState()[0].toArray()).isEqualTo(expected.weightState()[0].toArray());
      }
    }
  }

  private static SparseLayer evolved(Rules rules, double density, int threads) {
    SparseLayer layer = layer(density);
    try (WorkerTeam team = new WorkerTeam(threads);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      for (int update = 0; update < 2; update++) {
        rules
            .evolution()
            .evolve(layer, 0.3, Moment.endOfEpoch(0, update, 10), update, STREAMS, workspace);
      }
    }
    return layer;
  }

  /** Six evolutions of each kind; after each one the layer is what a map of its cells would be. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void manyEvolutionsAgreeWithAMap(String name, Rules rules) {
    try (WorkerTeam team = new WorkerTeam(3);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      SparseLayer layer = layer(0.25);
      for (int update = 0; update < 6; update++) {
        train(layer, update);
        TreeMap<Long, Float> weights = Layers.weights(layer);
        TreeMap<Long, Float> states = Layers.states(layer);
        Topology before = layer.topology();
        int wanted = rules.target.connections(layer, Moment.START);
        TopologyUpdate change =
            rules.evolution().evolve(layer, 0.3, Moment.START, update, STREAMS, workspace);
        assertThatThrownBy(before::column).isInstanceOf(IllegalStateException.class);
        layer.topology().checkInvariants();
        assertThat(change.connections()).isEqualTo(layer.topology().connections());
        assertThat(layer.topology().connections()).isEqualTo(wanted);
        assertThat(layer.weight().length()).isEqualTo(wanted);
        assertThat(layer.weightState()[0].length()).isEqualTo(wanted);
        TreeMap<Long, Float> gone = new TreeMap<>();
        for (long cell : change.dropped().toArray()) {
          assertThat(weights.remove(cell)).isNotNull();
          gone.put(cell, states.remove(cell));
        }
        float mean =
            (float) states.values().stream().mapToDouble(state -> state).average().orElse(0);
        TreeMap<Long, Float> weightsNow = Layers.weights(layer);
        TreeMap<Long, Float> statesNow = Layers.states(layer);
        List<Float> legacies = new ArrayList<>(gone.values());
        for (long cell : change.grown().toArray()) {
          assertThat(weights).doesNotContainKey(cell);
          weights.put(cell, weightsNow.get(cell));
          boolean kept =
              rules.newbornState == NewbornState.KEEP_IF_SAME_CELL && gone.containsKey(cell);
          if (rules.newbornState == NewbornState.MEAN) {
            assertThat(statesNow.get(cell))
                .isCloseTo(mean, org.assertj.core.data.Offset.offset(1e-6f));
            states.put(cell, statesNow.get(cell));
          } else if (rules.newbornState == NewbornState.INHERITED) {
            assertThat(legacies.remove(statesNow.get(cell))).isTrue();
            states.put(cell, statesNow.get(cell));
          } else {
            states.put(cell, kept ? gone.get(cell) : 0f);
          }
          assertThat(rules.mayReturn || !gone.containsKey(cell)).isTrue();
          assertThat(weightsNow.get(cell) == 0)
              .isEqualTo(rules.newbornWeight instanceof NewbornWeight.Zero);
        }
        assertThat(weightsNow).isEqualTo(weights);
        assertThat(statesNow).isEqualTo(states);
      }
    }
  }

  @Test
  void memoryStaysWhereItIs() {
    SparseLayer layer = layer(0.3);
    long weights = layer.weight().segment().address();
    long states = layer.weightState()[0].segment().address();
    long columns = layer.topology().column().segment().address();
    Rules rules = new Rules();
    rules.target = new ConnectionTarget.Initial();
    try (WorkerTeam team = new WorkerTeam(2);
        Removal removal = new Removal();
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      workspace.reserve(layer.topology().connections(), layer.outputs());
      rules.evolution().evolve(layer, 0.3, Moment.START, 0, STREAMS, workspace);
      long bytes = workspace.bytes();
      assertThat(bytes).isLessThan(14L * layer.topology().connections());
      for (int update = 1; update < 5; update++) {
        train(layer, update);
        rules.evolution().remove(layer, 0.3, Moment.START, update, STREAMS, workspace, removal);
        assertThat(layer.weight().segment().address()).isEqualTo(weights);
        rules.evolution().regrow(layer, removal, update, STREAMS, workspace);
      }
      assertThat(workspace.bytes()).isLessThan(bytes + bytes / 10);
    }
    assertThat(layer.topology().connections()).isEqualTo(layer.initialConnections());
    assertThat(layer.weight().segment().address()).isEqualTo(weights);
    assertThat(layer.weightState()[0].segment().address()).isEqualTo(states);
    assertThat(layer.topology().column().segment().address()).isEqualTo(columns);
  }

  /**
   * A rule of somebody else's: what is wrong with its cells is said, and the layer is as before.
   */
  @Test
  void cellsOutOfOrderAreRefused() {
    for (long[] cells : new long[][] {{5, 3}, {3, 3}, {-1}, {12}, {0}, {9, 4}, {5, 12}}) {
      Rules rules = new Rules();
      rules.drop = (situation, fraction) -> {};
      rules.target = (layer, moment) -> 12;
      rules.grow = (situation, count) -> Arrays.stream(cells).forEach(situation.grown()::add);
      SparseLayer layer = Layers.of(Topology.ofCells(4, 3, new long[] {0, 2, 8}), 1, 2, 3);
      TreeMap<Long, Float> before = Layers.weights(layer);
      try (WorkerTeam team = new WorkerTeam(1);
          EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
        assertThatThrownBy(
                () -> rules.evolution().evolve(layer, 0.3, Moment.START, 0, STREAMS, workspace))
            .as(Arrays.toString(cells))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the rule of growth chose cell");
      }
      assertThat(Layers.weights(layer)).isEqualTo(before);
    }
  }

  @Test
  void rulesMayAskForRandomNumbers() {
    Rules rules = new Rules();
    rules.drop =
        (situation, fraction) -> {
          var random = situation.random();
          for (int e = 0; e < situation.connections(); e++) {
            situation.scores().set(e, random.nextFloat());
          }
          situation.markSmallest(situation.scores(), (int) (fraction * situation.connections()));
        };
    SparseLayer layer = layer(0.1);
    int connections = layer.topology().connections();
    try (WorkerTeam team = new WorkerTeam(2);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      TopologyUpdate update =
          rules.evolution().evolve(layer, 0.5, Moment.START, 0, STREAMS, workspace);
      assertThat(update.dropped().size()).isEqualTo(connections / 2);
      assertThat(layer.topology().connections()).isEqualTo(connections);
    }
  }
}
