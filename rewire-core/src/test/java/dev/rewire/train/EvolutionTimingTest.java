package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Rules;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When a network rewires itself during training, seen by a listener. */
class EvolutionTimingTest {
  private static final int EPOCHS = 3;

  /** What happened in one epoch. */
  private record Epoch(
      EpochReport report,
      int connectionsAfter,
      Evaluation evaluatedAfter,
      List<TopologyUpdate> updates) {}

  private static InMemoryDataset data(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] samples = new float[90][12];
    int[] labels = new int[90];
    for (int i = 0; i < 90; i++) {
      labels[i] = i % 3;
      for (int f = 0; f < 12; f++) {
        samples[i][f] = (float) random.nextGaussian() + (f % 3 == labels[i] ? 1 : 0);
      }
    }
    return InMemoryDataset.of("clouds", samples, labels);
  }

  private static Network network() {
    return new NetworkBuilder(12, InMemoryDataset.numbered(3)).hidden(20, 15).epsilon(3).build();
  }

  private static List<Epoch> train(Network network, Evolution evolution) {
    List<Epoch> epochs = new ArrayList<>();
    List<TopologyUpdate> updates = new ArrayList<>();
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withEvolution(evolution)
            .withEpochs(EPOCHS)
            .withBatch(20)
            .withThreads(1);
    new Trainer(plan)
        .listen(
            new TrainingListener() {
              @Override
              public void onTopologyUpdate(Network changed, TopologyUpdate update) {
                updates.add(update.keep());
              }

              @Override
              public void onEpoch(Network trained, EpochReport report) {
                epochs.add(
                    new Epoch(
                        report,
                        (int) trained.connections(),
                        trained.evaluate(data(2)),
                        List.copyOf(updates)));
                updates.clear();
              }
            })
        .train(network, data(1), data(2));
    return epochs;
  }

  private static Rules rules(LastUpdate last, Timing timing) {
    Rules rules = new Rules();
    rules.last = last;
    rules.timing = timing;
    return rules;
  }

  @ParameterizedTest
  @EnumSource(LastUpdate.class)
  void afterTheTest(LastUpdate last) {
    Network network = network();
    int initial = (int) network.connections();
    List<Epoch> epochs = train(network, rules(last, Timing.AFTER_TEST).evolution());
    assertThat(epochs).hasSize(EPOCHS);
    for (Epoch epoch : epochs) {
      boolean end = epoch.report().epoch() == EPOCHS;
      long dropped = epoch.updates().stream().mapToLong(update -> update.dropped().size()).sum();
      long grown = epoch.updates().stream().mapToLong(update -> update.grown().size()).sum();
      assertThat(epoch.report().connections()).isEqualTo(initial);
      assertThat(epoch.report().rewired()).isEqualTo(dropped);
      assertThat(dropped > 0).isEqualTo(!end || last != LastUpdate.SKIP);
      assertThat(grown).isEqualTo(end && last != LastUpdate.FULL ? 0 : dropped);
      assertThat(epoch.connectionsAfter()).isEqualTo(initial - dropped + grown);
      // The test saw the network before the evolution, except where there was none.
      assertThat(sawWhatIsThere(epoch)).isEqualTo(dropped == 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"SKIP", "REMOVE_ONLY"})
  void aroundTheTest(LastUpdate last) {
    Network network = network();
    int initial = (int) network.connections();
    Rules rules = rules(last, Timing.AROUND_TEST);
    rules.mayReturn = false;
    List<Epoch> epochs = train(network, rules.evolution());
    Set<Long> removedBefore = new HashSet<>();
    for (Epoch epoch : epochs) {
      boolean none = epoch.report().epoch() == EPOCHS && last == LastUpdate.SKIP;
      // Training goes on with all connections; the test sees fewer.
      assertThat(epoch.report().connections()).isEqualTo(initial);
      assertThat(sawWhatIsThere(epoch)).isTrue();
      assertThat(epoch.connectionsAfter())
          .isEqualTo(initial - (int) epoch.report().rewired())
          .matches(connections -> none == (connections == initial));
      Set<Long> grown = new HashSet<>();
      epoch.updates().forEach(update -> cells(update, update.grown().toArray(), grown));
      assertThat(grown).hasSameSizeAs(removedBefore);
      assertThat(grown.stream().filter(removedBefore::contains)).isEmpty();
      removedBefore.clear();
      epoch.updates().forEach(update -> cells(update, update.dropped().toArray(), removedBefore));
    }
  }

  /** Up to the rounding of a sum in double precision, in the order of the batches. */
  private static boolean sawWhatIsThere(Epoch epoch) {
    return Math.abs(epoch.report().test().loss() - epoch.evaluatedAfter().loss()) < 1e-12;
  }

  private static void cells(TopologyUpdate update, long[] cells, Set<Long> into) {
    for (long cell : cells) {
      into.add(update.layer() * 1_000_000L + cell);
    }
  }

  @Test
  void aStaticTopologyStaysTheSameObject() {
    Network network = network();
    List<Topology> before = network.layers().stream().map(layer -> layer.topology()).toList();
    List<Epoch> epochs = train(network, null);
    for (int l = 0; l < before.size(); l++) {
      assertThat(network.layers().get(l).topology()).isSameAs(before.get(l));
    }
    assertThat(epochs).allMatch(epoch -> epoch.updates().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    // evolve output, most dense, layers that take part: the output layer is dense
    "false, 1, 0 1",
    "true, 1, 0 1 2",
    "true, 0.99, 0 1",
    "true, 0.38, 1",
    "true, 0, ''"
  })
  void whichLayersTakePart(boolean evolveOutput, double maxDensity, String expected) {
    Network network = network();
    assertThat(network.layers().get(0).topology().density()).isBetween(0.39, 0.41);
    assertThat(network.layers().get(1).topology().density()).isBetween(0.34, 0.36);
    Rules rules = rules(LastUpdate.FULL, Timing.AFTER_TEST);
    rules.evolveOutput = evolveOutput;
    rules.maxDensity = maxDensity;
    for (Epoch epoch : train(network, rules.evolution())) {
      assertThat(
              String.join(
                  " ", epoch.updates().stream().map(update -> "" + update.layer()).toList()))
          .isEqualTo(expected);
    }
  }

  @Test
  void setDoesNotChangeWhatTheNetworkComputesWhenOnlyZeroWeightsGo() {
    // A fraction so small that only newborn connections without a gradient, and dead ones, go.
    Network network = network();
    for (int e = 0; e < network.layers().getFirst().weight().length(); e += 2) {
      network.layers().getFirst().weight().set(e, 0f);
    }
    float[] sample = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    float[] before = network.predict(sample);
    Topology topology = network.layers().getFirst().topology().copy();
    try (WorkerTeam team = new WorkerTeam(2);
        EvolutionWorkspace workspace = new EvolutionWorkspace(team)) {
      Evolution.set(1e-9)
          .evolve(
              network.layers().getFirst(), 1e-9, Moment.START, 0, new RandomStreams(1), workspace);
    }
    assertThat(network.layers().getFirst().topology().column().toArray())
        .isNotEqualTo(topology.column().toArray());
    float[] after = network.predict(sample);
    for (int k = 0; k < after.length; k++) {
      assertThat(after[k]).isEqualTo(before[k]);
    }
  }

  @Test
  void aScheduleMayAnswerNothing() {
    Rules rules = rules(LastUpdate.FULL, Timing.AFTER_TEST);
    rules.when = new UpdateSchedule.EveryEpoch(0);
    assertThat(train(network(), rules.evolution())).allMatch(epoch -> epoch.updates().isEmpty());
  }

  /** What a rule takes within an epoch counts as evolution, and nothing counts twice. */
  @Test
  void timeOfRulesWithinEpochsIsTheirOwn() {
    AtomicLong taken = new AtomicLong();
    Rules rules = rules(LastUpdate.SKIP, Timing.AFTER_TEST);
    rules.when = new UpdateSchedule.EverySteps(2, Schedule.constant(0.1));
    rules.drop =
        (situation, fraction) -> {
          long from = System.nanoTime();
          while (System.nanoTime() - from < 500_000) {
            Thread.onSpinWait();
          }
          taken.addAndGet(System.nanoTime() - from);
        };
    long begin = System.nanoTime();
    List<Epoch> epochs = train(network(), rules.evolution());
    long all = System.nanoTime() - begin;
    long evolution = epochs.stream().mapToLong(epoch -> epoch.report().evolutionNanos()).sum();
    long training = epochs.stream().mapToLong(epoch -> epoch.report().trainingNanos()).sum();
    assertThat(taken.get()).isPositive();
    assertThat(evolution).isGreaterThanOrEqualTo(taken.get());
    assertThat(training).isPositive().isLessThanOrEqualTo(all - evolution);
  }

  @Test
  void newbornWeightsDoNotDependOnThreads() {
    Rules rules = rules(LastUpdate.FULL, Timing.AFTER_TEST);
    rules.newbornWeight = new NewbornWeight.AsInitial();
    Set<String> fingerprints = new HashSet<>();
    for (int threads : new int[] {1, 2, 5}) {
      Network network = network();
      TrainingPlan plan = TrainingPlan.defaults().withEpochs(2).withThreads(threads);
      new Trainer(plan.withEvolution(rules.evolution())).train(network, data(1), data(2));
      fingerprints.add(Fingerprint.of(network));
    }
    assertThat(fingerprints).hasSize(1);
  }
}
