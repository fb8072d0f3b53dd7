package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.LayerChoices;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.Limits;
import dev.rewire.model.Checkpoint;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that was left at any safe point and gone on with is the training that was not. */
class ResumeTest {
  private static final int EPOCHS = 4;

  /** Ways of rewiring, each with a state of its own that must not be lost. */
  enum Case {
    STATIC(null),
    SET(Evolution.set(0.3)),
    SYNAPSES(evolution(Timing.AROUND_TEST, LastUpdate.REMOVE_ONLY, false)),
    PAPER(evolution(Timing.AFTER_TEST, LastUpdate.REMOVE_ONLY, true)),
    AROUND_WITHOUT_THE_LAST(evolution(Timing.AROUND_TEST, LastUpdate.SKIP, false)),
    EVERY_SECOND_STEP(everySecondStep()),
    BY_CHANCE(byChance()),
    SCHEDULED(scheduled()),
    PER_LAYER(evolution(Timing.AROUND_TEST, LastUpdate.REMOVE_ONLY, false)),
    DEEP_REWIRING(ShrinkingAndDormantTest.deepR(2)),
    TOP_KAST(TopKastTest.evolution(2)),
    ON_PLATEAUS(Evolution.set(0.3)),
    FROM_BIRTH_WITHIN_LIMITS(Evolution.set(0.3)),
    FEWER_NEURONS(null),
    FEWER_NEURONS_IN_SET(Evolution.set(0.3)),
    FEWER_NEURONS_IN_SYNAPSES(evolution(Timing.AROUND_TEST, LastUpdate.REMOVE_ONLY, false));

    private final Evolution evolution;

    Case(Evolution evolution) {
      this.evolution = evolution;
    }

    Optimizer optimizer() {
      return switch (this) {
        case SCHEDULED -> scheduledOptimizer();
        case DEEP_REWIRING -> ShrinkingAndDormantTest.hot();
        case TOP_KAST -> TopKastTest.optimizer();
        case FROM_BIRTH_WITHIN_LIMITS -> Adam.rate(0.01).correction(Adam.Correction.BIRTH);
        default -> Sgd.rate(0.1).momentum(0.9);
      };
    }

    /** A loss that is not half of the best one lowers the rate. */
    @Nullable Plateau plateau() {
      return this == ON_PLATEAUS ? new Plateau(1, 0.5, 0.5) : null;
    }

    /** Growth waits in one layer while another one has grown already. */
    LayerChoices choices() {
      return this == PER_LAYER
          ? LayerChoicesTest.choices("output=0.2", "hidden-2=ctre, output=mest")
          : LayerChoices.NONE;
    }

    NeuronRemoval neurons() {
      return name().startsWith("FEWER_NEURONS")
          ? new NeuronRemoval(0.2, 1, 1)
          : NeuronRemoval.NEVER;
    }

    Limits limits() {
      return this == FROM_BIRTH_WITHIN_LIMITS ? new Limits(0.1, 0.2, 1.5) : Limits.NONE;
    }
  }

  private static Evolution evolution(Timing timing, LastUpdate last, boolean mayReturn) {
    Rules rules = new Rules();
    rules.timing = timing;
    rules.last = last;
    rules.mayReturn = mayReturn;
    rules.newbornWeight = new NewbornWeight.Drawn(new Initializer.GlorotUniform());
    return rules.evolution();
  }

  private static Evolution everySecondStep() {
    Rules rules = new Rules();
    rules.when = new UpdateSchedule.EverySteps(2, Schedule.constant(0.2));
    rules.newbornWeight = new NewbornWeight.AsInitial();
    rules.newbornState = NewbornState.MEAN;
    rules.target = new ConnectionTarget.Initial();
    return rules.evolution();
  }

  private static Evolution byChance() {
    Rules rules = new Rules();
    rules.when = new UpdateSchedule.ByChance(0.4, Schedule.constant(0.2));
    rules.newbornWeight = new NewbornWeight.AsInitial();
    return rules.evolution();
  }

  /** Everything changes, and comes to its end at an epoch that is given. */
  private static Evolution scheduled() {
    Rules rules = new Rules();
    rules.when = new UpdateSchedule.EverySteps(3, Schedule.of("0.4..0.1 cosine until 3"));
    rules.target = new ConnectionTarget.OfInitial(Schedule.of("1..0.6 cubic from 1 until 3"));
    return rules.evolution();
  }

  private static Optimizer scheduledOptimizer() {
    return Sgd.rate(Schedule.of("0..0.1 linear until 1 then 0.1..0.01 exponential until 5"))
        .momentum(0.9)
        .weightDecay(
            new WeightDecay(
                WeightDecay.Kind.COUPLED,
                Schedule.of("1e-3..1e-2 linear until 3"),
                true,
                LayerStrengths.of("0=0.1..0 linear until 4, output=0")))
        .l1(new L1(L1.Kind.PROXIMAL, Schedule.of("0 until 2 then 1e-3"), LayerStrengths.NONE));
  }

  private static LoadedDataset data(int seed, boolean sparse) {
    SplittableRandom random = new SplittableRandom(seed);
    var rows = new SparseInMemoryDataset.Builder("rows", 12, InMemoryDataset.numbered(3));
    float[][] samples = new float[90][12];
    int[] labels = new int[90];
    for (int i = 0; i < 90; i++) {
      labels[i] = i % 3;
      int[] present = new int[4];
      float[] values = new float[4];
      for (int k = 0; k < 4; k++) {
        present[k] = 3 * k + random.nextInt(3);
        values[k] = (float) random.nextGaussian() + (present[k] % 3 == labels[i] ? 1 : 0);
        samples[i][present[k]] = values[k];
      }
      rows.add(present, values, labels[i]);
    }
    return sparse ? rows.build() : InMemoryDataset.of("clouds", samples, labels);
  }

  private static Network network() {
    return new NetworkBuilder(12, InMemoryDataset.numbered(3))
        .hidden(20, 15)
        .epsilon(3)
        .dropout(Dropout.of(0.2))
        .build();
  }

  private static TrainingPlan plan(Case rewiring, int epochs, int threads) {
    return TrainingPlan.defaults()
        .withEvolution(rewiring.evolution)
        .withLayerChoices(rewiring.choices())
        .withOptimizer(rewiring.optimizer())
        .withPlateau(rewiring.plateau())
        .withLimits(rewiring.limits())
        .withNeuronRemoval(rewiring.neurons())
        .withEpochs(epochs)
        .withBatch(20)
        .withThreads(threads);
  }

  /** Writes every safe point to a file of its own, and leaves at one of them if asked. */
  private static final class EveryPoint implements TrainingListener {
    private final Path folder;
    private final long leaveAt;
    private final List<Path> files = new ArrayList<>();
    private long steps;

    EveryPoint(Path folder, long leaveAt) {
      this.folder = folder;
      this.leaveAt = leaveAt;
    }

    @Override
    public void onStep(int epoch, int samples, int of, double meanLoss) {
      steps++;
    }

    @Override
    public void onSafePoint(SafePoint point) {
      Path file = folder.resolve("point-" + files.size());
      try {
        new Checkpoint(point.network(), point.state(), Map.of()).write(file);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
      files.add(file);
    }

    @Override
    public boolean stop() {
      return steps >= leaveAt;
    }
  }

  private static List<String> told(List<EpochReport> reports) {
    return reports.stream()
        .map(report ->
            "%d %s %s %s %d %d"
                .formatted(
                    report.epoch(),
                    report.trainLoss(),
                    report.trainAccuracy(),
                    report.test(),
                    report.connections(),
                    report.rewired()))
        .toList();
  }

  private static void everyPoint(Case rewiring, boolean sparse, Path folder) throws IOException {
    LoadedDataset training = data(1, sparse);
    LoadedDataset test = data(2, sparse);
    Network straight = network();
    EveryPoint points = new EveryPoint(folder, Long.MAX_VALUE);
    List<EpochReport> reports =
        new Trainer(plan(rewiring, EPOCHS, 1)).listen(points).train(straight, training, test);
    // 5 steps an epoch: 4 points within it and 1 at its end
    assertThat(points.files).hasSize(5 * EPOCHS);
    for (Path file : points.files) {
      Checkpoint moment = Checkpoint.read(file);
      List<EpochReport> rest =
          new Trainer(plan(rewiring, EPOCHS, 3))
              .train(moment.network(), moment.state(), training, test);
      assertThat(Fingerprint.of(moment.network()))
          .as("from %s in epoch %d", file.getFileName(), moment.state().epoch())
          .isEqualTo(Fingerprint.of(straight));
      assertThat(told(rest)).isEqualTo(told(reports).subList(moment.state().epoch(), EPOCHS));
      same(moment.network(), straight);
    }
  }

  /** The optimizer's memory too, which is not in the fingerprint. */
  private static void same(Network found, Network expected) {
    for (int l = 0; l < expected.layers().size(); l++) {
      assertThat(found.layers().get(l).weightState()[0].toArray())
          .containsExactly(expected.layers().get(l).weightState()[0].toArray());
      assertThat(found.layers().get(l).biasState()[0].toArray())
          .containsExactly(expected.layers().get(l).biasState()[0].toArray());
    }
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void fromAnyPointToTheSameBits(Case rewiring, @TempDir Path folder) throws IOException {
    everyPoint(rewiring, false, folder);
  }

  @Test
  void withSparseSamplesToo(@TempDir Path folder) throws IOException {
    everyPoint(Case.SET, true, folder);
  }

  @ParameterizedTest
  @CsvSource({"SET, 1", "SET, 7", "SYNAPSES, 5", "SYNAPSES, 10", "EVERY_SECOND_STEP, 8"})
  void whoIsAskedToStopCanGoOn(Case rewiring, long leaveAt, @TempDir Path folder)
      throws IOException {
    LoadedDataset training = data(1, false);
    LoadedDataset test = data(2, false);
    Network straight = network();
    new Trainer(plan(rewiring, EPOCHS, 1)).train(straight, training, test);

    EveryPoint points = new EveryPoint(folder, leaveAt);
    new Trainer(plan(rewiring, EPOCHS, 1)).listen(points).train(network(), training, test);
    Checkpoint left = Checkpoint.read(points.files.getLast());
    assertThat(left.network().steps()).isEqualTo(leaveAt);
    assertThat(left.state().samples()).isEqualTo((int) (leaveAt % 5) * 20);
    new Trainer(plan(rewiring, EPOCHS, 1)).train(left.network(), left.state(), training, test);
    assertThat(Fingerprint.of(left.network())).isEqualTo(Fingerprint.of(straight));
  }

  @ParameterizedTest
  @EnumSource(Case.class)
  void aLongerTrainingIsTheOneThatWasAskedForLater(Case rewiring, @TempDir Path folder)
      throws IOException {
    LoadedDataset training = data(1, false);
    LoadedDataset test = data(2, false);
    Network straight = network();
    new Trainer(plan(rewiring, 2 * EPOCHS, 1)).train(straight, training, test);

    EveryPoint points = new EveryPoint(folder, Long.MAX_VALUE);
    new Trainer(plan(rewiring, EPOCHS, 1)).listen(points).train(network(), training, test);
    Checkpoint end = Checkpoint.read(points.files.getLast());
    assertThat(end.state().ended()).isTrue();
    new Trainer(plan(rewiring, 2 * EPOCHS, 1)).train(end.network(), end.state(), training, test);
    assertThat(Fingerprint.of(end.network())).isEqualTo(Fingerprint.of(straight));
  }

  @Test
  void theLastPointSaysThatNobodyAsksAgain() {
    List<Boolean> leaving = new ArrayList<>();
    new Trainer(plan(Case.SET, 2, 1))
        .listen(
            new TrainingListener() {
              @Override
              public void onSafePoint(SafePoint point) {
                leaving.add(point.leaving());
              }
            })
        .train(network(), data(1, false), data(2, false));
    assertThat(leaving.subList(0, 9)).containsOnly(false);
    assertThat(leaving.getLast()).isTrue();
  }

  @Test
  void aStateThatDoesNotFitIsRefused() {
    TrainingState far = new TrainingState(0, 90, 1, 3, 0, 0, false, 0, 0, List.of());
    assertThatThrownBy(() ->
            new Trainer(plan(Case.SET, 2, 1)).train(network(), far, data(1, false), data(2, false)))
        .hasMessageContaining("90 samples");
  }

  /** Each epoch but the first is on a plateau here, and another rate gives other weights. */
  @Test
  void theRateOfPlateausMatters() {
    List<Double> scales = new ArrayList<>();
    Network lowered = network();
    new Trainer(plan(Case.ON_PLATEAUS, EPOCHS, 1))
        .listen(
            new TrainingListener() {
              @Override
              public void onSafePoint(SafePoint point) {
                if (point.epochEnd()) {
                  scales.add(point.state().plateau().scale());
                }
              }
            })
        .train(lowered, data(1, false), data(2, false));
    assertThat(scales).hasSize(EPOCHS).startsWith(1.0).endsWith(0.125);
    Network constant = network();
    new Trainer(plan(Case.SET, EPOCHS, 1)).train(constant, data(1, false), data(2, false));
    assertThat(Fingerprint.of(lowered)).isNotEqualTo(Fingerprint.of(constant));
  }

  /** The bits differ when something of the state is lost: this test would notice. */
  @Test
  void theNumberOfEvolutionsMatters() {
    List<TrainingState> states = new ArrayList<>();
    LoadedDataset training = data(1, false);
    Network whole = network();
    new Trainer(plan(Case.SET, EPOCHS, 1)).train(whole, training, training);
    Network halved = network();
    new Trainer(plan(Case.SET, EPOCHS, 1))
        .listen(
            new TrainingListener() {
              @Override
              public void onSafePoint(SafePoint point) {
                states.add(point.state());
              }

              @Override
              public boolean stop() {
                return states.size() == 10;
              }
            })
        .train(halved, training, training);
    TrainingState left = states.getLast();
    assertThat(left.evolutions()).isEqualTo(2);
    TrainingState forgetful =
        new TrainingState(left.epoch(), 0, 0, 0, 0, 0, false, 0, 0, List.of());
    new Trainer(plan(Case.SET, EPOCHS, 1)).train(halved, forgetful, training, training);
    assertThat(Fingerprint.of(halved)).isNotEqualTo(Fingerprint.of(whole));
  }

  @Test
  void patienceEndsWhenNothingGetsBetter() {
    EarlyStopping stopping = new EarlyStopping(EarlyStopping.Monitor.ACCURACY, 2);
    List<Boolean> improved = new ArrayList<>();
    TrainingPlan plan = plan(Case.STATIC, 50, 1).withOptimizer(Sgd.rate(0));
    List<EpochReport> reports =
        new Trainer(plan)
            .listen(stopping)
            .listen(
                new TrainingListener() {
                  @Override
                  public void onEpoch(Network network, EpochReport report) {
                    improved.add(stopping.improved());
                  }
                })
            .train(network(), data(1, false), data(2, false));
    assertThat(reports).hasSize(3);
    assertThat(improved).containsExactly(true, false, false);
    assertThat(stopping.bestEpoch()).isEqualTo(1);
    assertThat(stopping.best()).isEqualTo(reports.getFirst().test().accuracy());
    assertThat(new EarlyStopping(EarlyStopping.Monitor.LOSS, 3).after(reports).stop()).isFalse();
    assertThat(new EarlyStopping(EarlyStopping.Monitor.LOSS, 2).after(reports).stop()).isTrue();
  }

  @Test
  void onlyTheTestedNetworkIsShownBeforeItIsRewired() {
    List<String> told = new ArrayList<>();
    new Trainer(plan(Case.SET, 2, 1))
        .listen(
            new TrainingListener() {
              @Override
              public void onTest(Network network, int epoch, Evaluation test) {
                told.add(
                    epoch
                        + " "
                        + (Math.abs(network.evaluate(data(2, false)).loss() - test.loss()) < 1e-9));
              }

              @Override
              public void onTopologyUpdate(Network network, TopologyUpdate update) {
                told.add("rewired " + update.layer());
              }
            })
        .train(network(), data(1, false), data(2, false));
    assertThat(told).startsWith("1 true", "rewired 0").endsWith("2 true");
  }
}
