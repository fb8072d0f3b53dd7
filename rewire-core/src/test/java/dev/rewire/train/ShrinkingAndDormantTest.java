package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DormantDrop;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.evolution.ZeroDrop;
import dev.rewire.layer.SparseLayer;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings in which the step decides what goes: proximal penalties and deep rewiring. */
class ShrinkingAndDormantTest {
  static InMemoryDataset data(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[90][24];
    int[] labels = new int[90];
    for (int i = 0; i < 90; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 24; f++) {
        samples[i][f] = (float) random.nextGaussian() + (f % 3 == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("clouds", samples, labels);
  }

  static Network network() {
    return new NetworkBuilder(24, InMemoryDataset.numbered(3)).hidden(30, 30).epsilon(4).build();
  }

  static TrainingPlan plan(Optimizer optimizer, Evolution evolution) {
    return TrainingPlan.defaults()
        .withOptimizer(optimizer)
        .withEvolution(evolution)
        .withEpochs(6)
        .withBatch(20);
  }

  private static int zeros(SparseLayer layer) {
    int zeros = 0;
    for (float weight : layer.weight().toArray()) {
      zeros += weight == 0 ? 1 : 0;
    }
    return zeros;
  }

  static Evolution deepR(int steps) {
    Rules rules = new Rules();
    rules.drop = new DormantDrop();
    rules.when = new UpdateSchedule.EverySteps(steps, Schedule.constant(1));
    rules.target = new ConnectionTarget.Initial();
    rules.newbornWeight = NewbornWeight.RandomSign.DEFAULT;
    rules.evolveOutput = true;
    return rules.evolution();
  }

  static Optimizer hot() {
    return DeepR.rate(0.1).drift(1e-2).temperature(Schedule.constant(1e-2));
  }

  /** Each dormant connection goes, none else, and as many come: the count is exact. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void dormantConnectionsAreReplaced(int steps) {
    Network network = network();
    int[] initial =
        network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
    List<int[]> asleep = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    int[] replaced = new int[1];
    new Trainer(plan(hot(), deepR(steps)).withThreads(1))
        .listen(
            new TrainingListener() {
              @Override
              public void onStep(int epoch, int samples, int of, double loss) {
                asleep.clear();
                asleep.add(
                    network.layers().stream().mapToInt(ShrinkingAndDormantTest::zeros).toArray());
              }

              @Override
              public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                SparseLayer layer = changed.layers().get(update.layer());
                replaced[0] += (int) update.grown().size();
                if (update.dropped().size() != asleep.getFirst()[update.layer()]
                    || update.grown().size() != update.dropped().size()
                    || update.connections() != initial[update.layer()]
                    || zeros(layer) != 0) {
                  wrong.add(update.toString());
                }
              }
            })
        .train(network, data(1), data(2));
    assertThat(wrong).isEmpty();
    assertThat(replaced[0]).isPositive();
  }

  @Test
  void deepRewiringHasTheSameBitsOnAnyNumberOfThreads() {
    Set<String> bits = new HashSet<>();
    for (int threads = 1; threads <= 3; threads++) {
      Network network = network();
      new Trainer(plan(hot(), deepR(2)).withThreads(threads)).train(network, data(1), data(2));
      bits.add(Fingerprint.of(network));
    }
    assertThat(bits).hasSize(1);
  }

  private static Evolution proximal(ConnectionTarget target) {
    Rules rules = new Rules();
    rules.drop = new ZeroDrop();
    rules.when = new UpdateSchedule.EveryEpoch(1);
    rules.target = target;
    rules.newbornWeight = new NewbornWeight.AsInitial();
    return rules.evolution();
  }

  /** The count is that of the weights that are left, after each epoch. */
  @Test
  void zerosGoAndNothingComes() {
    Network network = network();
    long initial = network.connections();
    int[] least =
        network.layers().stream().mapToInt(layer -> layer.topology().connections()).toArray();
    new Trainer(
            plan(
                Sgd.rate(0.05).momentum(0.9).l1(L1.proximal(0.05)),
                proximal(new ConnectionTarget.Nonzero())))
        .listen(
            new TrainingListener() {
              @Override
              public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                assertThat(update.grown().size()).isZero();
                assertThat(zeros(changed.layers().get(update.layer()))).isZero();
                assertThat(update.connections()).isLessThanOrEqualTo(least[update.layer()]);
                least[update.layer()] = update.connections();
              }
            })
        .train(network, data(1), data(2));
    assertThat(network.connections()).isLessThan(initial).isPositive();
  }

  /** Removed ones come back elsewhere, as in SET. */
  @Test
  void zerosGoAndAsManyCome() {
    Network network = network();
    long initial = network.connections();
    long[] grown = new long[1];
    new Trainer(
            plan(
                Sgd.rate(0.05).momentum(0.9).l1(L1.proximal(0.05)),
                proximal(new ConnectionTarget.Initial())))
        .listen(
            new TrainingListener() {
              @Override
              public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                grown[0] += update.grown().size();
                assertThat(update.grown().size()).isEqualTo(update.dropped().size());
              }
            })
        .train(network, data(1), data(2));
    assertThat(grown[0]).isPositive();
    assertThat(network.connections()).isEqualTo(initial);
  }
}
