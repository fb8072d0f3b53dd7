package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.TopKastDrop;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.TopKast;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** All connections learn, the strongest of them compute. */
class TopKastTest {
  private static final double SHARE = 0.4;

  static Evolution evolution(int steps) {
    Rules rules = new Rules();
    rules.drop = new TopKastDrop(SHARE);
    rules.when = new UpdateSchedule.EverySteps(steps, Schedule.constant(0.1));
    rules.target = new ConnectionTarget.Initial();
    rules.newbornWeight = new NewbornWeight.AsInitial();
    return rules.evolution();
  }

  static Optimizer optimizer() {
    return TopKast.rate(0.1).exploration(5).weightDecay(WeightDecay.coupled(1e-3));
  }

  private static float theta(SparseLayer layer, int connection) {
    return layer.weightState()[layer.slots().indexOf(TopKast.THETA)].get(connection);
  }

  /** Cells of a layer whose connection is active, or is not, with their theta. */
  private static Map<Long, Float> cells(SparseLayer layer, boolean active) {
    Map<Long, Float> cells = new HashMap<>();
    for (int j = 0; j < layer.outputs(); j++) {
      for (int e = layer.topology().rowStart().get(j);
          e < layer.topology().rowStart().get(j + 1L);
          e++) {
        if (layer.weight().get(e) != 0 == active) {
          cells.put((long) j * layer.inputs() + layer.topology().column().get(e), theta(layer, e));
        }
      }
    }
    return cells;
  }

  /** Both sets have their sizes at every step, weights are theta or 0, and no theta is weaker. */
  @Test
  void theStrongestAreActive() {
    Network network = ShrinkingAndDormantTest.network();
    int[] stored =
        network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
    List<String> wrong = new ArrayList<>();
    Set<Long> entered = new HashSet<>();
    List<Map<Long, Float>> waiting = new ArrayList<>();
    boolean[] learned = new boolean[1];
    new Trainer(ShrinkingAndDormantTest.plan(optimizer(), evolution(3)).withThreads(1))
        .listen(
            new TrainingListener() {
              @Override
              public void onStep(int epoch, int samples, int of, double loss) {
                for (SparseLayer layer : network.layers().subList(0, 2)) {
                  int count = stored[layer.index()];
                  int active = cells(layer, true).size();
                  if (layer.topology().connections() != count
                      || active != (int) Math.rint(SHARE * count)) {
                    wrong.add("%d active of %d".formatted(active, count));
                  }
                  for (int e = 0; e < count; e++) {
                    float weight = layer.weight().get(e);
                    if (weight != 0 && weight != theta(layer, e)) {
                      wrong.add("weight " + weight + " is not " + theta(layer, e));
                    }
                  }
                }
                Map<Long, Float> now = cells(network.layers().getFirst(), false);
                if (!waiting.isEmpty()) {
                  Map<Long, Float> before = waiting.removeFirst();
                  learned[0] |=
                      now.entrySet().stream()
                          .anyMatch(cell ->
                              before.containsKey(cell.getKey())
                                  && !cell.getValue().equals(before.get(cell.getKey())));
                }
                waiting.add(now);
              }

              @Override
              public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                SparseLayer layer = changed.layers().get(update.layer());
                Map<Long, Float> active = cells(layer, true);
                Map<Long, Float> rest = cells(layer, false);
                double least = active.values().stream().mapToDouble(Math::abs).min().orElse(0);
                double most = rest.values().stream().mapToDouble(Math::abs).max().orElse(0);
                if (least < most) {
                  wrong.add("%f is active, %f is not".formatted(least, most));
                }
                if (update.layer() == 0) {
                  Set<Long> came = new HashSet<>(waiting.getLast().keySet());
                  came.retainAll(active.keySet());
                  entered.addAll(came);
                }
              }
            })
        .train(network, ShrinkingAndDormantTest.data(1), ShrinkingAndDormantTest.data(2));
    assertThat(wrong).isEmpty();
    // what is not active learns, and comes in by what it has learned
    assertThat(learned[0]).isTrue();
    assertThat(entered).isNotEmpty();
    // the output layer takes no part
    assertThat(cells(network.layers().getLast(), false)).isEmpty();
  }

  @Test
  void theSameBitsOnAnyNumberOfThreads() {
    Set<String> bits = new HashSet<>();
    for (int threads = 1; threads <= 3; threads++) {
      Network network = ShrinkingAndDormantTest.network();
      new Trainer(ShrinkingAndDormantTest.plan(optimizer(), evolution(2)).withThreads(threads))
          .train(network, ShrinkingAndDormantTest.data(1), ShrinkingAndDormantTest.data(2));
      bits.add(Fingerprint.of(network));
    }
    assertThat(bits).hasSize(1);
  }

  /** Against the formula, with doubles. */
  @Test
  void stepsAreThoseOfTheFormula() {
    SplittableRandom random = new SplittableRandom(3);
    int count = 37;
    double[] theta = random.doubles(count, -1, 1).toArray();
    double[] velocity = new double[count];
    boolean[] active = new boolean[count];
    Floats value = new Floats(count);
    Floats[] state = {new Floats(count), new Floats(count)};
    for (int i = 0; i < count; i++) {
      active[i] = i % 3 == 0;
      value.set(i, active[i] ? (float) theta[i] : 0);
      // active ones have made no step yet, the others have
      state[0].set(i, active[i] ? 0 : (float) theta[i]);
    }
    Optimizer optimizer = optimizer();
    for (int step = 0; step < 5; step++) {
      Floats gradient = new Floats(count);
      for (int i = 0; i < count; i++) {
        gradient.set(i, (float) random.nextDouble(-1, 1));
        double g = gradient.get(i) + (active[i] ? 1 : 5) * 1e-3 * theta[i];
        velocity[i] = 0.9 * velocity[i] + g;
        theta[i] -= 0.1 * velocity[i];
      }
      optimizer.update(
          KernelProvider.get().descent(),
          step,
          Optimizer.Role.WEIGHT,
          gradient,
          value,
          state,
          0,
          count);
    }
    for (int i = 0; i < count; i++) {
      assertThat((double) state[0].get(i))
          .isCloseTo(theta[i], org.assertj.core.data.Offset.offset(1e-6));
      assertThat(value.get(i)).isEqualTo(active[i] ? state[0].get(i) : 0);
    }
    assertThat(Arrays.stream(velocity).anyMatch(v -> v != 0)).isTrue();
  }
}
