package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.CellList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules that ask for gradients, against one array with the gradient of every cell. */
class GradientRulesTest {
  private static Rules rules(GrowRule grow) {
    Rules rules = new Rules();
    rules.drop = new MagnitudeDrop();
    rules.grow = grow;
    rules.target = new ConnectionTarget.Initial();
    return rules;
  }

  private static Set<Long> set(long[] cells) {
    Set<Long> set = new HashSet<>();
    for (long cell : cells) {
      set.add(cell);
    }
    return set;
  }

  /** Grown where the oracle says; where it knows too few, the rest has no gradient. */
  private static void check(
      TopologyUpdate update, Map<Long, Float> before, float[] dense, boolean mayReturn) {
    Set<Long> dropped = set(update.dropped().toArray());
    long[] grown = update.grown().toArray();
    long[] expected =
        SignalCase.largest(
            dense,
            cell -> !before.containsKey(cell) || (mayReturn && dropped.contains(cell)),
            grown.length);
    Set<Long> rest = set(grown);
    assertThat(rest).containsAll(set(expected));
    rest.removeAll(set(expected));
    assertThat(rest).allSatisfy(cell -> assertThat(dense[cell.intValue()]).isZero());
    if (expected.length < grown.length) {
      assertThat(rest).hasSize(grown.length - expected.length);
    }
  }

  @ParameterizedTest(name = "{0} x {1}, batch {2}, whole {3}, returning {4}")
  @CsvSource({
    "30, 20, 1, false, true",
    "30, 20, 5, true, true",
    "33, 41, 16, false, false",
    "100, 3, 64, false, true",
    "64, 64, 100, true, false",
    "200, 150, 130, false, true",
    "1, 300, 7, true, true",
    "300, 1, 7, false, true"
  })
  void theLargestGradientsGrow(
      int inputs, int outputs, int samples, boolean whole, boolean mayReturn) {
    SignalCase signals = SignalCase.random(inputs, outputs, samples, 1, whole, 11);
    Rules rules = rules(GradientGrow.DEFAULT);
    rules.mayReturn = mayReturn;
    for (int threads : new int[] {1, 2, 3}) {
      for (boolean sparse : new boolean[] {false, true}) {
        SparseLayer layer = Layers.random(inputs, outputs, 0.2, 5);
        TreeMap<Long, Float> before = Layers.weights(layer);
        TopologyUpdate update = signals.evolve(layer, rules, 0.4, threads, sparse);
        check(update, before, signals.dense(0, 1), mayReturn);
      }
    }
  }

  @Test
  void manyCellsPassThroughASmallMemory() {
    SplittableRandom random = new SplittableRandom(2);
    int[] scores = random.ints(300_000, 1, 5000).toArray();
    int count = 7000;
    long[] expected =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted((a, b) -> scores[a] != scores[b] ? scores[b] - scores[a] : a - b)
            .limit(count)
            .mapToLong(Integer::longValue)
            .sorted()
            .toArray();
    try (WorkerTeam team = new WorkerTeam(3);
        TopCells best = new TopCells(count, 3);
        CellList cells = new CellList()) {
      team.run(
          30,
          (part, worker) -> {
            for (int cell = part; cell < scores.length; cell += 30) {
              if (scores[cell] >= best.bound()) {
                best.offer(worker, cell, scores[cell]);
              }
            }
          });
      best.finish(cells);
      assertThat(cells.toArray()).isEqualTo(expected);
      assertThat(best.bound()).isGreaterThan(4000);
    }
  }

  @Test
  void whatIsChosenAgainWasNeverAway() {
    SignalCase signals = SignalCase.random(40, 30, 8, 1, false, 4);
    Rules rules = rules(GradientGrow.DEFAULT);
    rules.newbornWeight = new NewbornWeight.KeepIfSameCell();
    rules.newbornState = NewbornState.KEEP_IF_SAME_CELL;
    SparseLayer layer = Layers.random(40, 30, 0.5, 6);
    TreeMap<Long, Float> weights = Layers.weights(layer);
    TreeMap<Long, Float> states = Layers.states(layer);
    TopologyUpdate update = signals.evolve(layer, rules, 0.9, 2, false);
    Set<Long> dropped = set(update.dropped().toArray());
    Set<Long> grown = set(update.grown().toArray());
    assertThat(grown).anyMatch(dropped::contains).anyMatch(cell -> !dropped.contains(cell));
    Layers.weights(layer)
        .forEach((cell, weight) -> assertThat(weight).isEqualTo(weights.getOrDefault(cell, 0f)));
    Layers.states(layer)
        .forEach((cell, state) -> assertThat(state).isEqualTo(states.getOrDefault(cell, 0f)));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.5, 3", "0.25, 2"})
  void momentumIsADecayingSum(double momentum, int batches) {
    SignalCase signals = SignalCase.random(50, 40, 9, batches, true, 8);
    SparseLayer layer = Layers.random(50, 40, 0.2, 5);
    TreeMap<Long, Float> before = Layers.weights(layer);
    TopologyUpdate update =
        signals.evolve(layer, rules(new MomentumGrow(momentum, batches)), 0.4, 2, false);
    check(update, before, signals.dense(momentum, batches), true);
  }

  /** A sample of all free cells is all free cells; sums of small whole numbers are exact. */
  @Test
  void ofAWholeSampleTheSameGrow() {
    SignalCase signals = SignalCase.random(120, 90, 33, 1, true, 9);
    Rules rules = rules(new SampledGradientGrow(1000, SampledGradientGrow.Source.UNIFORM));
    for (boolean sparse : new boolean[] {false, true}) {
      SparseLayer layer = Layers.random(120, 90, 0.1, 5);
      TreeMap<Long, Float> before = Layers.weights(layer);
      check(signals.evolve(layer, rules, 0.3, 2, sparse), before, signals.dense(0, 1), true);
    }
  }

  /** Strong neurons are sampled more often, so more of what grows is theirs. */
  @Test
  void strengthGuidesTheSample() {
    SignalCase signals = SignalCase.random(200, 100, 16, 1, false, 9);
    for (float[] sample : signals.in()[0]) {
      for (int i = 0; i < 20; i++) {
        sample[i] = 5 + i % 3;
      }
    }
    for (SampledGradientGrow.Source source : SampledGradientGrow.Source.values()) {
      SparseLayer layer = Layers.random(200, 100, 0.05, 5);
      TopologyUpdate update =
          signals.evolve(layer, rules(new SampledGradientGrow(0.35, source)), 0.3, 2, false);
      long strong = LongStream.of(update.grown().toArray()).filter(cell -> cell % 200 < 20).count();
      double share = (double) strong / update.grown().size();
      if (source == SampledGradientGrow.Source.UNIFORM) {
        assertThat(share).isLessThan(0.2);
      } else {
        assertThat(share).isGreaterThan(0.25);
      }
    }
  }

  @Test
  void weightAndGradientDecideTogether() {
    SignalCase signals = SignalCase.random(30, 25, 20, 1, true, 3);
    float[] dense = signals.dense(0, 1);
    for (boolean sparse : new boolean[] {false, true}) {
      SparseLayer layer = Layers.random(30, 25, 0.5, 5);
      TreeMap<Long, Float> before = Layers.weights(layer);
      Rules rules = rules(new RandomGrow());
      rules.drop = new MagnitudeGradientDrop(0.125);
      TopologyUpdate update = signals.evolve(layer, rules, 0.3, 2, sparse);
      long[] expected =
          smallest(
              before,
              cell ->
                  Math.fma(0.125f, Math.abs(dense[cell.intValue()]), Math.abs(before.get(cell))));
      assertThat(update.dropped().toArray()).isEqualTo(expected);
    }
  }

  @Test
  void whatMovesTowardsZeroGoes() {
    SignalCase signals = SignalCase.random(30, 25, 20, 3, true, 3);
    float[] dense = signals.dense(1, 3);
    for (boolean sparse : new boolean[] {false, true}) {
      SparseLayer layer = Layers.random(30, 25, 0.5, 5);
      TreeMap<Long, Float> before = Layers.weights(layer);
      Rules rules = rules(new RandomGrow());
      rules.drop = new MovementDrop(3);
      TopologyUpdate update = signals.evolve(layer, rules, 0.3, 2, sparse);
      long[] expected = smallest(before, cell -> -before.get(cell) * dense[cell.intValue()]);
      assertThat(update.dropped().toArray()).isEqualTo(expected);
    }
  }

  private static long[] smallest(TreeMap<Long, Float> before, Function<Long, Float> score) {
    return before.keySet().stream()
        .sorted(
            Comparator.comparing((Long cell) -> score.apply(cell) + 0f).thenComparing(cell -> cell))
        .limit((long) (0.3 * before.size()))
        .mapToLong(Long::longValue)
        .sorted()
        .toArray();
  }

  @Test
  void rulesSayThatTheyNeedGradients() {
    assertThat(new GradientGrow(5).batches()).isEqualTo(1);
    assertThat(new MomentumGrow(0.9, 7).batches()).isEqualTo(7);
    Rules rules = rules(GradientGrow.DEFAULT);
    assertThat(rules.evolution().batches()).isEqualTo(1);
    try (WorkerTeam team = new WorkerTeam(1);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      SparseLayer layer = Layers.random(9, 9, 0.5, 1);
      assertThatThrownBy(() ->
              rules
                  .evolution()
                  .evolve(layer, 0.5, Moment.START, 0, new RandomStreams(0), workspace))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("batches()");
    }
    rules.newbornState = NewbornState.INHERITED;
    rules.newbornWeight = new NewbornWeight.KeepIfSameCell();
    assertThatThrownBy(rules::evolution).isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.stream(PublishedRule.values()).map(PublishedRule::evolution))
        .allSatisfy(evolution -> assertThat(evolution.batches()).isBetween(0, 22));
  }
}
