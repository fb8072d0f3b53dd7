package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Growth near parents against what it should have done, seen over many evolutions. */
class ParentGrowTest {
  private final WorkerTeam team = new WorkerTeam(1);
  private @Nullable EvolutionWorkspace workspace;
  private @Nullable ImageShape shape;

  @AfterEach
  void close() {
    if (workspace != null) {
      workspace.close();
    }
    team.close();
  }

  /** One for thousands of evolutions of the same layer: native memory is slow to come and go. */
  private EvolutionWorkspace workspace(@Nullable ImageShape image) {
    EvolutionWorkspace kept = workspace;
    if (kept == null || !Objects.equals(shape, image)) {
      if (kept != null) {
        kept.close();
      }
      kept = new EvolutionWorkspace(team, image);
      workspace = kept;
      shape = image;
    }
    return kept;
  }

  /** Grows so many connections in a copy of a layer of which nothing is dropped. */
  private long[] grown(
      SparseLayer layer, GrowRule rule, int count, @Nullable ImageShape image, long seed) {
    Rules rules = new Rules();
    rules.drop = (situation, fraction) -> {};
    rules.grow = rule;
    rules.target = (any, moment) -> any.topology().connections() + count;
    SparseLayer copy = Layers.of(layer.topology().copy(), layer.weight().toArray());
    return rules
        .evolution()
        .evolve(copy, 0.3, Moment.START, 0, new RandomStreams(seed), workspace(image))
        .grown()
        .toArray();
  }

  /** A picture of 5 x 4 pixels in two colours, one neuron. */
  private static final ImageShape PICTURE = new ImageShape(4, 5, 2);

  @Test
  void pixelsMoveByOneInTheirPlane() {
    // The corner of the second plane, and the last pixel of the first one's second row.
    SparseLayer layer = Layers.of(Topology.ofCells(40, 1, new long[] {9, 20}), 1f, -1f);
    Map<Long, Integer> found = new HashMap<>();
    for (int seed = 0; seed < 4000; seed++) {
      for (long cell : grown(layer, new ParentGrow(1, 0), 1, PICTURE, seed)) {
        found.merge(cell, 1, Integer::sum);
      }
    }
    assertThat(found.keySet()).containsExactlyInAnyOrder(4L, 8L, 14L, 21L, 25L);
    // Five ways of eight lead to a free cell, each as likely as the others.
    assertThat(found.values()).allSatisfy(count -> assertThat(count).isBetween(680, 920));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 0.5})
  void strongParentsHaveMoreChildren(double power) {
    // Rows of three pixels, and a parent in the middle of each.
    float[] weights = {0.1f, -0.2f, 0.4f, 0f};
    long[] cells = new long[4];
    for (int j = 0; j < 4; j++) {
      cells[j] = 3L * j + 1;
    }
    SparseLayer layer = Layers.of(Topology.ofCells(3, 4, cells), weights);
    int[] children = new int[4];
    int runs = 6000;
    for (int seed = 0; seed < runs; seed++) {
      long[] grown = grown(layer, new ParentGrow(power, 0), 1, new ImageShape(1, 3, 1), seed);
      children[(int) (grown[0] / 3)]++;
    }
    double sum = 0;
    for (float weight : weights) {
      sum += Math.pow(Math.abs(weight), power);
    }
    for (int j = 0; j < 4; j++) {
      double expected = runs * Math.pow(Math.abs(weights[j]), power) / sum;
      assertThat((double) children[j])
          .as("children of weight %s", weights[j])
          .isCloseTo(expected, within(4 * Math.sqrt(expected) + 1e-9));
    }
  }

  /** The other end of a path of three connections, by hand. */
  @Test
  void elsewhereTheInputSharesATarget() {
    SparseLayer layer = Layers.random(25, 18, 0.12, 3);
    Topology topology = layer.topology();
    Set<Long> possible = new TreeSet<>();
    for (int j = 0; j < 18; j++) {
      for (int input : inputs(topology, j)) {
        for (int target = 0; target < 18; target++) {
          if (inputs(topology, target).contains(input)) {
            for (int other : inputs(topology, target)) {
              possible.add(25L * j + other);
            }
          }
        }
      }
    }
    possible.removeAll(Layers.weights(layer).keySet());
    Set<Long> found = new HashSet<>();
    for (int seed = 0; seed < 3000; seed++) {
      for (long cell : grown(layer, new ParentGrow(0, 0), 2, null, seed)) {
        found.add(cell);
      }
    }
    assertThat(possible).isNotEmpty().hasSizeLessThan(25 * 18 - topology.connections());
    assertThat(found).isEqualTo(possible);
  }

  private static List<Integer> inputs(Topology topology, int output) {
    List<Integer> inputs = new ArrayList<>();
    for (int e = topology.rowStart().get(output); e < topology.rowStart().get(output + 1L); e++) {
      inputs.add(topology.column().get(e));
    }
    return inputs;
  }

  @Test
  void aShareGrowsAnywhere() {
    SparseLayer layer = Layers.of(Topology.ofCells(400, 1, new long[] {200}), 1f);
    int near = 0;
    int runs = 4000;
    for (int seed = 0; seed < runs; seed++) {
      long cell = grown(layer, new ParentGrow(1, 0.25), 1, new ImageShape(20, 20, 1), seed)[0];
      near += Set.of(180L, 220L, 201L).contains(cell) ? 1 : 0;
    }
    // One of four directions leaves the picture and is drawn anew; so is one of 400 random cells.
    double expected = runs * (0.75 * 0.75) / (0.75 * 0.75 + 0.25);
    assertThat((double) near).isCloseTo(expected, within(4 * Math.sqrt(runs) / 2 + 30));
  }

  @Test
  void withoutFreeNeighboursTheRestGrowsAnywhere() {
    SparseLayer layer = Layers.of(Topology.ofCells(100, 1, new long[] {0}), 1f);
    long[] grown = grown(layer, new ParentGrow(1, 0), 50, new ImageShape(10, 10, 1), 1);
    assertThat(grown).hasSize(50).contains(1, 10);
    assertThat(Arrays.stream(grown).distinct().count()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, Float.POSITIVE_INFINITY})
  void weightsThatSayNothingGrowAnywhere(float weight) {
    SparseLayer layer = Layers.of(Topology.ofCells(100, 1, new long[] {0, 5}), weight, weight);
    assertThat(grown(layer, ParentGrow.DEFAULT, 50, null, 1)).hasSize(50);
  }

  @Test
  void droppedConnectionsHaveNoChildren() {
    SparseLayer layer = Layers.of(Topology.ofCells(3, 2, new long[] {1, 4}), 9f, 1f);
    Rules rules = new Rules();
    rules.drop = (situation, fraction) -> situation.marks().set(0);
    rules.grow = new ParentGrow(1, 0);
    rules.target = (any, moment) -> 3;
    rules.mayReturn = false;
    try (WorkerTeam team = new WorkerTeam(1);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team, new ImageShape(1, 3, 1))) {
      rules.evolution().evolve(layer, 0.3, Moment.START, 0, new RandomStreams(2), workspace);
    }
    assertThat(Layers.weights(layer).keySet()).containsExactly(3L, 4L, 5L);
  }
}
