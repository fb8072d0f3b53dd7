package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Growth along paths against lists of all paths, one pair of neurons after the other. */
class PathGrowTest {
  /** The score of a cell, from the definition. */
  private static double score(boolean[][] linked, int u, int v, PathGrow.Score kind) {
    int inputs = linked.length;
    int outputs = linked[0].length;
    Set<Integer> between = new HashSet<>();
    Set<Integer> besides = new HashSet<>();
    for (int z1 = 0; z1 < outputs; z1++) {
      for (int z2 = 0; z2 < inputs; z2++) {
        if (linked[u][z1] && linked[z2][z1] && linked[z2][v] && z1 != v && z2 != u) {
          between.add(z1);
          besides.add(z2);
        }
      }
    }
    double sum = 0;
    for (int z1 : between) {
      for (int z2 : besides) {
        if (linked[z2][z1]) {
          int d1 = 0;
          int e1 = 0;
          for (int i = 0; i < inputs; i++) {
            d1 += linked[i][z1] ? 1 : 0;
            e1 += linked[i][z1] && i != u && !besides.contains(i) ? 1 : 0;
          }
          int d2 = 0;
          int e2 = 0;
          for (int j = 0; j < outputs; j++) {
            d2 += linked[z2][j] ? 1 : 0;
            e2 += linked[z2][j] && j != v && !between.contains(j) ? 1 : 0;
          }
          sum +=
              kind == PathGrow.Score.RA_L3
                  ? 1 / Math.sqrt((double) d1 * d2)
                  : 1 / Math.sqrt((1.0 + e1) * (1 + e2));
        }
      }
    }
    return sum;
  }

  private static boolean[][] linked(Topology topology, BitSet dropped) {
    boolean[][] linked = new boolean[topology.inputs()][topology.outputs()];
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        linked[topology.column().get(e)][j] = !dropped.get(e);
      }
    }
    return linked;
  }

  /** All connections of every fifth input and of every seventh output. */
  private static BitSet someNeuronsIdle(Topology topology) {
    BitSet dropped = new BitSet();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        dropped.set(e, topology.column().get(e) % 5 == 2 || j % 7 == 3);
      }
    }
    return dropped;
  }

  @ParameterizedTest
  @CsvSource({
    "CH3_L3, 1, 23, 40, 0.15",
    "CH3_L3, 3, 23, 40, 0.15",
    // Paths reach few of the inputs.
    "CH3_L3, 1, 200, 60, 0.02",
    "CH3_L3, 2, 200, 60, 0.02",
    // Paths are so few that they are walked.
    "CH3_L3, 2, 160, 120, 0.012",
    "RA_L3, 2, 160, 120, 0.012",
    "RA_L3, 1, 23, 40, 0.15",
    "RA_L3, 3, 23, 40, 0.15"
  })
  void theBestScoresGrow(
      PathGrow.Score kind, int threads, int inputs, int outputs, double density) {
    SparseLayer layer = Layers.random(inputs, outputs, density, 4);
    BitSet dropped = someNeuronsIdle(layer.topology());
    dropped.set(3, 40, true);
    boolean[][] linked = linked(layer.topology(), dropped);
    Map<Long, Double> scores = new HashMap<>();
    for (int v = 0; v < outputs; v++) {
      for (int u = 0; u < inputs; u++) {
        double score = linked[u][v] ? 0 : score(linked, u, v, kind);
        if (score > 0) {
          scores.put((long) v * inputs + u, score);
        }
      }
    }
    int count = 60;
    long[] grown =
        Choices.grown(
            layer,
            dropped,
            new long[0],
            1,
            threads,
            situation -> new PathGrow(kind, false).choose(room(situation, count), count));
    assertThat(grown).hasSize(count).isSorted();
    List<Double> best =
        scores.values().stream().sorted((a, b) -> Double.compare(b, a)).limit(count).toList();
    double worst = best.getLast();
    for (long cell : grown) {
      assertThat(scores.get(cell)).isGreaterThan(worst * (1 - 1e-6));
    }
    // Scores that are equal in exact numbers may differ by a rounding: as many stand above them.
    long above = scores.values().stream().filter(score -> score > worst * (1 + 1e-6)).count();
    long found = Arrays.stream(grown).filter(cell -> scores.get(cell) > worst * (1 + 1e-6)).count();
    assertThat(found).isEqualTo(above);
  }

  /** Both ways to count paths, whichever a layer would get. */
  @ParameterizedTest
  @CsvSource({"0.02", "0.1", "0.4"})
  void walkingAndLookingFindTheSameScores(double density) {
    Topology topology = Layers.random(50, 40, density, 3).topology();
    try (Bits dropped = new Bits()) {
      dropped.reset(topology.connections());
      dropped.set(1);
      SurvivingLinks links = new SurvivingLinks(topology, dropped);
      for (PathGrow.Score kind : PathGrow.Score.values()) {
        PathScores looks = new PathScores(links, 7);
        PathWalk walk = new PathWalk(links);
        double all = 0;
        for (int v = 0; v < links.outputs(); v++) {
          if (v % 7 == 0) {
            int to = Math.min(v + 7, links.outputs());
            switch (kind) {
              case CH3_L3 -> looks.external(v, to);
              case RA_L3 -> looks.allocation(v, to);
            }
          }
          walk.begin();
          switch (kind) {
            case CH3_L3 -> walk.external(v);
            case RA_L3 -> walk.allocation(v);
          }
          double[] walked = new double[links.inputs()];
          for (int i = 0; i < walk.touched(); i++) {
            walked[walk.input(i)] = walk.take(walk.input(i));
          }
          for (int u = 0; u < walked.length; u++) {
            if (topology.find(links.inputNumber()[u], links.outputNumber()[v]) < 0) {
              assertThat(looks.row(v % 7)[u]).isCloseTo(walked[u], within(1e-9));
              all += walked[u];
            }
            looks.row(v % 7)[u] = 0;
          }
        }
        assertThat(all).isPositive();
      }
    }
  }

  /** A layer in which most draws lie below the bound, and are left out without their logarithm. */
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void drawsAreTheLargestScoresByExponential(int threads) {
    int inputs = 300;
    int outputs = 200;
    SparseLayer layer = Layers.random(inputs, outputs, 0.05, 8);
    boolean[][] linked = linked(layer.topology(), new BitSet());
    int count = 300;
    long[] key = new long[1];
    long[] grown =
        Choices.grown(
            layer,
            new BitSet(),
            new long[0],
            5,
            threads,
            situation -> {
              key[0] = situation.key();
              new PathGrow(PathGrow.Score.RA_L3, true).choose(room(situation, count), count);
            });
    assertThat(grown).hasSize(count).isSorted();
    int[] degree = new int[outputs];
    int[] inputDegree = new int[inputs];
    for (int u = 0; u < inputs; u++) {
      for (int v = 0; v < outputs; v++) {
        degree[v] += linked[u][v] ? 1 : 0;
        inputDegree[u] += linked[u][v] ? 1 : 0;
      }
    }
    double[] drawn = new double[inputs * outputs];
    for (int cell = 0; cell < drawn.length; cell++) {
      int u = cell % inputs;
      int v = cell / inputs;
      double score = 0;
      for (int z1 = 0; z1 < outputs && !linked[u][v]; z1++) {
        for (int z2 = 0; z2 < inputs && linked[u][z1]; z2++) {
          if (linked[z2][z1] && linked[z2][v]) {
            score += 1 / Math.sqrt((double) degree[z1] * inputDegree[z2]);
          }
        }
      }
      double uniform = (RandomStreams.mix(key[0] + cell) >>> 11) * 0x1p-53 + 0x1p-54;
      drawn[cell] = score / -Math.log(uniform);
    }
    assertThat(Arrays.stream(drawn).filter(draw -> draw > 0).count()).isGreaterThan(30_000);
    double worst = Arrays.stream(drawn).sorted().skip(drawn.length - count).findFirst().orElse(0);
    for (long cell : grown) {
      assertThat(drawn[(int) cell]).isGreaterThan(worst * (1 - 1e-6));
    }
  }

  private static GrowSituation room(GrowSituation situation, int count) {
    situation.grown().clear(count);
    return situation;
  }

  /** Two cells with paths, one with twice the score: it is drawn first twice as often. */
  @Test
  void drawsAreInProportionToTheScores() {
    // Outputs 0 and 1 share input 0; outputs 0 and 2 share inputs 2 and 3.
    Topology topology = Topology.ofCells(5, 3, new long[] {0, 2, 3, 5, 6, 12, 13, 14});
    boolean[][] linked = linked(topology, new BitSet());
    Map<Long, Double> scores = new HashMap<>();
    double sum = 0;
    for (int v = 0; v < 3; v++) {
      for (int u = 0; u < 5; u++) {
        double score = linked[u][v] ? 0 : score(linked, u, v, PathGrow.Score.RA_L3);
        scores.put(v * 5L + u, score);
        sum += score;
      }
    }
    Map<Long, Integer> drawn = new HashMap<>();
    int runs = 4000;
    for (int seed = 0; seed < runs; seed++) {
      SparseLayer layer = Layers.of(topology.copy(), new float[8]);
      long[] grown =
          Choices.grown(
              layer,
              new BitSet(),
              new long[0],
              seed,
              1,
              situation -> new PathGrow(PathGrow.Score.RA_L3, true).choose(room(situation, 1), 1));
      drawn.merge(grown[0], 1, Integer::sum);
    }
    for (Map.Entry<Long, Double> cell : scores.entrySet()) {
      double share = drawn.getOrDefault(cell.getKey(), 0) / (double) runs;
      assertThat(share).isCloseTo(cell.getValue() / sum, within(0.03));
    }
  }

  /** As many inputs for each neuron, where its own gradient is largest. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2", "false, 3"})
  void neuronsHaveAsManyInputs(boolean whole, int threads) {
    SignalCase signals = SignalCase.random(60, 45, 20, 1, whole, 3);
    SparseLayer layer = Layers.random(60, 45, 0.25, 9);
    Rules rules = new Rules();
    rules.drop = new FanInDrop(0.3);
    rules.grow = new FanInGrow();
    rules.target = new ConnectionTarget.Initial();
    TopologyUpdate update = signals.evolve(layer, rules, 0.4, threads, false);
    Topology after = layer.topology();
    int neurons = 0;
    int most = 0;
    for (int j = 0; j < 45; j++) {
      neurons += after.fanIn(j) > 0 ? 1 : 0;
      most = Math.max(most, after.fanIn(j));
    }
    assertThat(after.connections()).isEqualTo(layer.initialConnections());
    float[] dense = signals.dense(0, 1);
    Set<Long> grown = new HashSet<>();
    for (long cell : update.grown().toArray()) {
      grown.add(cell);
    }
    for (int j = 0; j < 45; j++) {
      int here = j;
      int fanIn = after.fanIn(j);
      assertThat(fanIn)
          .satisfiesAnyOf(
              many -> assertThat(many).isZero(),
              many -> assertThat(many).isGreaterThanOrEqualTo(layer.initialConnections() / 45 - 3));
      long mine = grown.stream().filter(cell -> cell / 60 == here).count();
      long[] expected =
          SignalCase.largest(
              dense,
              cell ->
                  cell / 60 == here
                      && (grown.contains(cell) || after.find((int) (cell % 60), here) < 0),
              (int) mine);
      assertThat(grown).containsAll(Arrays.stream(expected).boxed().toList());
    }
    assertThat(neurons).isPositive();
    assertThat(most).isLessThan(30);
  }

  /** A neuron of which too little is left loses everything and gets nothing. */
  @Test
  void weakNeuronsGo() {
    Topology topology = Topology.complete(10, 4);
    float[] weights = new float[40];
    for (int e = 0; e < 40; e++) {
      weights[e] = e / 10 == 2 ? 0.001f * e : 1 + e;
    }
    SparseLayer layer = Layers.of(topology, weights);
    Rules rules = new Rules();
    rules.drop = new FanInDrop(0.3);
    rules.grow = new FanInGrow();
    rules.target = (any, moment) -> 26;
    SignalCase.random(10, 4, 8, 1, false, 1).evolve(layer, rules, 0.225, 2, false);
    assertThat(layer.topology().fanIn(2)).isZero();
    assertThat(layer.topology().fanIn(0)).isBetween(8, 10);
    assertThat(layer.topology().connections()).isGreaterThanOrEqualTo(26);
  }

  /** The cosine of inputs and outputs, here of the same numbers as gradients. */
  @ParameterizedTest
  @CsvSource({"true, 0", "false, 0", "false, 0.5"})
  void neuronsThatAreAlikeGrowTogether(boolean sparse, double randomShare) {
    SignalCase signals = SignalCase.random(50, 40, 12, 2, true, 6);
    float[] sums = signals.dense(1, 2);
    double[] ofInput = new double[50];
    double[] ofOutput = new double[40];
    for (int k = 0; k < 2; k++) {
      for (int b = 0; b < 12; b++) {
        for (int i = 0; i < 50; i++) {
          ofInput[i] += signals.in()[k][b][i] * signals.in()[k][b][i];
        }
        for (int j = 0; j < 40; j++) {
          ofOutput[j] += signals.gradient()[k][b][j] * signals.gradient()[k][b][j];
        }
      }
    }
    float[] cosines = new float[sums.length];
    for (int cell = 0; cell < sums.length; cell++) {
      double norm = Math.sqrt(ofInput[cell % 50] * ofOutput[cell / 50]);
      cosines[cell] = norm == 0 ? 0 : (float) (sums[cell] / norm);
    }
    SparseLayer layer = Layers.random(50, 40, 0.2, 5);
    Set<Long> before = Layers.weights(layer).keySet();
    Rules rules = new Rules();
    rules.drop = (situation, fraction) -> {};
    rules.target = (any, moment) -> any.topology().connections() + 100;
    rules.grow = new CosineGrow(2, randomShare);
    long[] grown = signals.evolve(layer, rules, 0.3, 2, sparse).grown().toArray();
    assertThat(grown).hasSize(100);
    int alike = (int) (100 * (1 - randomShare));
    long[] expected = SignalCase.largest(cosines, cell -> !before.contains(cell), alike);
    double worst = Double.POSITIVE_INFINITY;
    for (long cell : expected) {
      worst = Math.min(worst, Math.abs(cosines[(int) cell]));
    }
    double bound = worst * (1 + 1e-6);
    long above = Arrays.stream(expected).filter(c -> Math.abs(cosines[(int) c]) > bound).count();
    long found = Arrays.stream(grown).filter(c -> Math.abs(cosines[(int) c]) > bound).count();
    assertThat(found).isEqualTo(above).isPositive();
  }
}
