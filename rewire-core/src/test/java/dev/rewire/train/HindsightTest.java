package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.DropSituation;
import dev.rewire.evolution.GradientGrow;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.GrowSituation;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.kernel.Descent;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.schedule.Schedule;
import dev.rewire.testing.GradientRecorder;
import dev.rewire.testing.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules see of the last batches is what the training has seen. */
class HindsightTest {
  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(5);
    float[][] samples = new float[90][24];
    int[] labels = new int[90];
    for (int s = 0; s < 90; s++) {
      labels[s] = s % 3;
      for (int f = 0; f < 24; f++) {
        samples[s][f] = (float) (random.nextGaussian() + (f % 3 == labels[s] ? 1 : 0));
      }
    }
    return InMemoryDataset.of("hindsight", samples, labels);
  }

  private static Network network(double dropout) {
    return NetworkBuilder.forData(data())
        .hidden(30, 20)
        .epsilon(4)
        .dropout(Dropout.of(dropout))
        .seed(1)
        .build();
  }

  /** Of each step a recorder of its own, in an optimizer that changes nothing. */
  private static final class Recorder implements Optimizer {
    private final List<GradientRecorder> steps = new ArrayList<>();

    @Override
    public List<String> slots() {
      return List.of();
    }

    @Override
    public synchronized void update(
        Descent descent,
        long step,
        Role role,
        Floats gradient,
        Floats value,
        Floats[] state,
        long from,
        long to) {
      while (steps.size() <= step) {
        steps.add(new GradientRecorder());
      }
      steps.get((int) step).update(descent, step, role, gradient, value, state, from, to);
    }
  }

  /** Adds up the gradients of the last steps, and compares; drops nothing. */
  private record Watching(int batches, boolean sums, Recorder recorder, int[] seen)
      implements DropRule {
    @Override
    public void choose(DropSituation situation, double fraction) {
      SparseLayer layer = situation.layer();
      situation.signals().ofConnections(layer.topology(), situation.scores());
      float[] expected = new float[layer.topology().connections()];
      int last = recorder.steps.size() - 1;
      int there = Math.min(batches, last % 5 + 1);
      assertThat(situation.signals().batches()).hasSize(sums ? 1 : there);
      for (int back = 0; back < there; back++) {
        float[] gradients = recorder.steps.get(last - back).of(layer.weight());
        for (int e = 0; e < expected.length; e++) {
          expected[e] += gradients[e];
        }
      }
      assertThat(situation.scores().toArray()).isEqualTo(expected);
      seen[0]++;
    }
  }

  @ParameterizedTest(name = "batches {0}, dropout {1}, {2}, every {3} steps, sums {4}")
  @CsvSource({
    "1, 0, AFTER_TEST, 2, false",
    "1, 0.4, AFTER_TEST, 2, true",
    "3, 0.4, AFTER_TEST, 4, false",
    "3, 0.4, AFTER_TEST, 4, true",
    "9, 0, AFTER_TEST, 5, false",
    "9, 0, AFTER_TEST, 5, true",
    "4, 0, AROUND_TEST, 5, false",
    "4, 0, AROUND_TEST, 5, true"
  })
  void gradientsAreThoseOfTheSteps(
      int batches, double dropout, Timing timing, int every, boolean sums) {
    Recorder recorder = new Recorder();
    int[] seen = new int[1];
    Rules rules = new Rules();
    rules.drop = new Watching(batches, sums, recorder, seen);
    rules.when = new UpdateSchedule.EverySteps(every, Schedule.constant(0.3));
    rules.timing = timing;
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(20)
            .withEpochs(4)
            .withThreads(2)
            .withOptimizer(recorder)
            .withEvolution(rules.evolution());
    new Trainer(plan).train(network(dropout), data(), data());
    // Two hidden layers evolve; 5 steps an epoch, the last one of 10 samples.
    assertThat(seen[0]).isEqualTo(2 * (20 / every));
  }

  /** Growth after the test sees the last batch of the epoch before. */
  @Test
  void growthAfterTheTestSeesTheLastBatch() {
    Recorder recorder = new Recorder();
    int[] seen = new int[1];
    GrowRule watching =
        new GrowRule() {
          @Override
          public void choose(GrowSituation situation, int count) {
            SparseLayer layer = situation.layer();
            Floats found = new Floats(layer.topology().connections());
            situation.signals().ofConnections(layer.topology(), found);
            assertThat(found.toArray()).isEqualTo(recorder.steps.getLast().of(layer.weight()));
            seen[0]++;
          }

          @Override
          public int batches() {
            return 1;
          }
        };
    Rules rules = new Rules();
    rules.drop = (situation, fraction) -> {};
    rules.grow = watching;
    rules.timing = Timing.AROUND_TEST;
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withBatch(20)
            .withEpochs(3)
            .withOptimizer(recorder)
            .withEvolution(rules.evolution());
    new Trainer(plan).train(network(0), data(), data());
    assertThat(seen[0]).isEqualTo(6);
  }

  @Test
  void looksChangeNothingButWhatGrows() {
    Rules rules = new Rules();
    rules.grow = GradientGrow.DEFAULT;
    rules.drop = (situation, fraction) -> {};
    rules.target = new ConnectionTarget.Current();
    TrainingPlan plan = TrainingPlan.defaults().withBatch(20).withEpochs(3);
    Network still = network(0.3);
    new Trainer(plan.withEvolution(null)).train(still, data(), data());
    Network watched = network(0.3);
    new Trainer(plan.withEvolution(rules.evolution())).train(watched, data(), data());
    assertThat(Fingerprint.of(watched)).isEqualTo(Fingerprint.of(still));
  }
}
