package dev.rewire.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.layer.SparseLayer;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Layers;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers get of a common budget, against lists of all weights. */
class DistributionTest {
  /** Three layers; the weights of the second are twice as large, those of the third all equal. */
  private static List<SparseLayer> layers() {
    SparseLayer first = Layers.random(200, 150, 0.9, 1);
    SparseLayer second = Layers.random(60, 50, 0.3, 2);
    SparseLayer third = Layers.random(40, 30, 0.5, 3);
    for (int e = 0; e < second.weight().length(); e++) {
      second.weight().set(e, 2 * second.weight().get(e));
      second.weightState()[0].set(e, 5000);
    }
    third.weight().fill(0, (int) third.weight().length(), -0.25f);
    return List.of(first, second, third);
  }

  private static List<LayerShare> alone(List<SparseLayer> layers, double fraction, double left) {
    return layers.stream()
        .map(layer ->
            new LayerShare(layer, fraction, (int) Math.rint(left * layer.topology().connections())))
        .toList();
  }

  private static List<LayerShare> shared(
      Distribution distribution, List<LayerShare> alone, boolean mayReturn) {
    try (WorkerTeam team = new WorkerTeam(2)) {
      return distribution.share(alone, mayReturn, team);
    }
  }

  /** How many of the smallest weights each layer has: all sorted, first layers first. */
  private static int[] smallest(List<SparseLayer> layers, long count) {
    record Weight(int layer, float magnitude) {}
    List<Weight> all = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      for (float weight : layers.get(l).weight().toArray()) {
        all.add(new Weight(l, Math.abs(weight)));
      }
    }
    all.sort(Comparator.comparing(Weight::magnitude).thenComparing(Weight::layer));
    int[] counts = new int[layers.size()];
    all.subList(0, (int) count).forEach(weight -> counts[weight.layer()]++);
    return counts;
  }

  private static long after(List<LayerShare> shares) {
    return shares.stream().mapToLong(LayerShare::connections).sum();
  }

  private static long before(List<SparseLayer> layers) {
    return layers.stream().mapToLong(layer -> layer.topology().connections()).sum();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 0.77, 0.999, 1})
  void oneBoundForAllLayers(double left) {
    List<SparseLayer> layers = layers();
    List<LayerShare> alone = alone(layers, 0.5, left);
    List<LayerShare> shares = shared(new Distribution.GlobalMagnitude(), alone, true);
    assertThat(after(shares)).isEqualTo(after(alone));
    int[] pruned = smallest(layers, before(layers) - after(alone));
    for (int l = 0; l < 3; l++) {
      int rest = layers.get(l).topology().connections() - pruned[l];
      assertThat(shares.get(l).connections()).isEqualTo(rest);
      assertThat(shares.get(l).dropped()).isEqualTo(pruned[l] + rest / 2);
    }
  }

  @Test
  void growthFollowsWhatSurvives() {
    List<SparseLayer> layers = layers();
    List<LayerShare> alone = alone(layers, 0.15, 1);
    List<LayerShare> shares = shared(new Distribution.Surviving(), alone, false);
    long dropped = alone.stream().mapToLong(LayerShare::dropped).sum();
    int[] lost = smallest(layers, dropped);
    assertThat(after(shares)).isEqualTo(before(layers));
    double survivors = before(layers) - dropped;
    // The first layer has no room for all that it should have.
    long room = layers.getFirst().topology().cells() - layers.getFirst().topology().connections();
    for (int l = 0; l < 3; l++) {
      int left = layers.get(l).topology().connections() - lost[l];
      long grown = shares.get(l).connections() - left;
      assertThat(shares.get(l).dropped()).isEqualTo(lost[l]);
      double fair =
          l == 0
              ? room
              : (dropped - room)
                  * (left / (survivors - (layers.getFirst().topology().connections() - lost[0])));
      assertThat((double) grown).isCloseTo(Math.min(fair, dropped), within(1.0));
    }
  }

  @Test
  void growthFollowsMomentum() {
    List<SparseLayer> layers = layers();
    List<LayerShare> alone = alone(layers, 0.5, 1);
    List<LayerShare> shares = shared(new Distribution.MeanMomentum(), alone, true);
    assertThat(after(shares)).isEqualTo(before(layers));
    double density = layers.getFirst().topology().density();
    int first = layers.getFirst().topology().connections();
    assertThat(shares.getFirst().dropped()).isEqualTo((int) (Math.min(0.5, 1 - density) * first));
    double[] means = new double[3];
    for (int l = 0; l < 3; l++) {
      float[] state = layers.get(l).weightState()[0].toArray();
      means[l] =
          IntStream.range(0, state.length).mapToDouble(e -> state[e]).average().orElseThrow();
    }
    long total = 0;
    double[] grown = new double[3];
    for (int l = 0; l < 3; l++) {
      int left = layers.get(l).topology().connections() - shares.get(l).dropped();
      grown[l] = shares.get(l).connections() - left;
      total += (long) grown[l];
      assertThat((double) shares.get(l).connections())
          .isLessThanOrEqualTo(0.99 * layers.get(l).topology().cells());
    }
    long lost = shares.stream().mapToLong(LayerShare::dropped).sum();
    assertThat(total).isEqualTo(lost);
    // The second layer is full; the others share what it does not take.
    assertThat(grown[2] / grown[0]).isCloseTo(means[2] / means[0], within(0.02));
  }

  @Test
  void everythingIsSharedOut() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      int count = random.nextInt(1, 7);
      double[] weights = random.doubles(count).toArray();
      if (random.nextInt(4) == 0) {
        weights[random.nextInt(count)] = 0;
      }
      long[] room = random.longs(count, 0, 40).toArray();
      long total = random.nextLong(0, 120);
      long[] shares = Apportionment.share(total, weights, room);
      long all = Arrays.stream(room).sum();
      boolean blocked =
          IntStream.range(0, count).anyMatch(i -> weights[i] == 0 && shares[i] < room[i]);
      assertThat(Arrays.stream(shares).sum()).isLessThanOrEqualTo(Math.min(total, all));
      if (!blocked) {
        assertThat(Arrays.stream(shares).sum()).isEqualTo(Math.min(total, all));
      }
      for (int i = 0; i < count; i++) {
        assertThat(shares[i]).isBetween(0L, room[i]);
      }
    }
    assertThat(Apportionment.share(10, new double[] {1, 2, 2}, new long[] {99, 99, 99}))
        .containsExactly(2, 4, 4);
    assertThat(Apportionment.share(10, new double[] {1, 8, 1}, new long[] {99, 4, 99}))
        .containsExactly(3, 4, 3);
    assertThat(Apportionment.share(7, new double[] {0, 0}, new long[] {10, 30}))
        .containsExactly(2, 5);
  }

  /** The budget is kept to the last connection while whole networks evolve. */
  @ParameterizedTest
  @ValueSource(strings = {"global-magnitude", "surviving", "momentum"})
  void theBudgetIsKept(String name) {
    Rules rules = new Rules();
    rules.drop = new MagnitudeDrop();
    rules.distribution =
        switch (name) {
          case "surviving" -> new Distribution.Surviving();
          case "momentum" -> new Distribution.MeanMomentum();
          default -> new Distribution.GlobalMagnitude();
        };
    rules.target = new ConnectionTarget.OfInitial(Schedule.of("1..0.6 cubic until 8 then 0.8"));
    rules.mayReturn = !name.equals("surviving");
    List<SparseLayer> layers = layers();
    Evolution evolution = rules.evolution();
    RandomStreams streams = new RandomStreams(4);
    try (WorkerTeam team = new WorkerTeam(2);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      for (int epoch = 0; epoch < 10; epoch++) {
        Moment moment = Moment.endOfEpoch(epoch, epoch, 10);
        long wanted = 0;
        for (SparseLayer layer : layers) {
          wanted += rules.target.connections(layer, moment);
        }
        for (LayerShare share : evolution.shares(layers, moment, streams, workspace)) {
          evolution.evolve(share, moment, epoch, streams, workspace);
        }
        assertThat(before(layers)).isEqualTo(wanted);
      }
    }
  }

  /** Pruning alone: nothing is replaced, and nothing has to be at other times. */
  @Test
  void theTargetAloneTakesConnections() {
    Rules rules = new Rules();
    rules.drop = new MagnitudeDrop();
    rules.when = new UpdateSchedule.EverySteps(10, Schedule.constant(0));
    rules.target = new ConnectionTarget.OfInitial(Schedule.of("1..0.2 linear"));
    SparseLayer layer = Layers.random(30, 20, 0.5, 1);
    RandomStreams streams = new RandomStreams(0);
    Evolution evolution = rules.evolution();
    Moment due = new Moment(19, 0, 0.5, 1, false);
    assertThat(evolution.isDue(layer, due, streams)).isTrue();
    assertThat(evolution.isDue(layer, new Moment(18, 0, 0.5, 1, false), streams)).isFalse();
    assertThat(evolution.isDue(layer, new Moment(9, 0, 0, 1, false), streams)).isFalse();
    int before = layer.topology().connections();
    float[] weights = layer.weight().toArray();
    try (WorkerTeam team = new WorkerTeam(1);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      LayerShare share = evolution.shares(List.of(layer), due, streams, workspace).getFirst();
      TopologyUpdate update = evolution.evolve(share, due, 0, streams, workspace);
      assertThat(update.grown().size()).isZero();
    }
    int after = (int) Math.rint(0.6 * before);
    assertThat(layer.topology().connections()).isEqualTo(after);
    float bound =
        (float)
            IntStream.range(0, before)
                .mapToDouble(e -> Math.abs(weights[e]))
                .sorted()
                .toArray()[before - after];
    for (float weight : layer.weight().toArray()) {
      assertThat(Math.abs(weight)).isGreaterThanOrEqualTo(bound);
    }
  }
}
