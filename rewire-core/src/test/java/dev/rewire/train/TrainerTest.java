package dev.rewire.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.MemoryMode;
import dev.rewire.loss.Loss;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The training loop: it learns, it stops, and it says when it went astray. */
class TrainerTest {
  /**
   * Exclusive or: the class says whether the first two features have the same sign. Ten more
   * features say nothing.
   */
  private static InMemoryDataset xor(int samples, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] features = new float[samples][12];
    int[] labels = new int[samples];
    for (int i = 0; i < samples; i++) {
      for (int f = 0; f < 12; f++) {
        features[i][f] = (float) (random.nextGaussian() * 0.3 + (random.nextBoolean() ? 1 : -1));
      }
      labels[i] = features[i][0] * features[i][1] > 0 ? 1 : 0;
    }
    return InMemoryDataset.of("xor", features, labels);
  }

  private static Network network(int... hidden) {
    return new NetworkBuilder(12, InMemoryDataset.numbered(2)).hidden(hidden).epsilon(6).build();
  }

  private static TrainingPlan plan() {
    return TrainingPlan.defaults().withBatch(32).withEpochs(30).withThreads(2).withSeed(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSparseNetworkLearnsWhatALinearOneCannot(boolean evolve) {
    TrainingPlan plan = evolve ? plan() : plan().withEvolution(null);
    Network network = network(64, 48);
    assertThat(network.sparsity()).isGreaterThan(0.4);
    List<EpochReport> reports = new Trainer(plan).train(network, xor(1000, 1), xor(500, 2));
    assertThat(reports).hasSize(30);
    assertThat(reports.getLast().test().accuracy()).isGreaterThan(0.95);
    assertThat(reports.getLast().trainLoss()).isLessThan(reports.getFirst().trainLoss() / 5);

    reports = new Trainer(plan).train(network(), xor(1000, 1), xor(500, 2));
    assertThat(reports.getLast().test().accuracy()).isLessThan(0.65);
  }

  @Test
  void theReportIsThatOfTheNetwork() {
    Network network = network(16);
    InMemoryDataset test = xor(77, 2);
    EpochReport report =
        new Trainer(plan().withEpochs(1)).train(network, xor(100, 1), test).getLast();
    assertThat(report.epoch()).isEqualTo(1);
    // The loss is a sum in double precision, in the order of the batches, which may differ.
    assertThat(report.test().correct()).isEqualTo(network.evaluate(test).correct());
    assertThat(report.test().loss()).isCloseTo(network.evaluate(test).loss(), within(1e-12));
    assertThat(report.connections()).isEqualTo(network.connections());
    assertThat(report.trainAccuracy()).isBetween(0.0, 1.0);
    // 100 samples in batches of 32 are 4 steps.
    assertThat(network.steps()).isEqualTo(4);
  }

  @Test
  void noEpochsNoChange() {
    Network network = network(16);
    String before = Fingerprint.of(network);
    assertThat(new Trainer(plan().withEpochs(0)).train(network, xor(10, 1), xor(10, 2))).isEmpty();
    assertThat(Fingerprint.of(network)).isEqualTo(before);
  }

  @Test
  void seedsMatter() {
    Network one = network(16);
    Network other = network(16);
    new Trainer(plan().withEpochs(1).withSeed(1)).train(one, xor(100, 1), xor(10, 2));
    new Trainer(plan().withEpochs(1).withSeed(2)).train(other, xor(100, 1), xor(10, 2));
    assertThat(Fingerprint.of(one)).isNotEqualTo(Fingerprint.of(other));
  }

  @Test
  void aListenerSeesEveryStepAndMayStop() {
    List<String> steps = new ArrayList<>();
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void onStep(int epoch, int samples, int of, double meanLoss) {
            steps.add(epoch + ": " + samples + "/" + of);
            assertThat(meanLoss).isPositive();
          }

          @Override
          public boolean stop() {
            return steps.size() >= 6;
          }
        };
    Network network = network(16);
    List<EpochReport> reports =
        new Trainer(plan()).listen(stopper).train(network, xor(100, 1), xor(10, 2));
    assertThat(steps)
        .containsExactly(
            "1: 32/100", "1: 64/100", "1: 96/100", "1: 100/100", "2: 32/100", "2: 64/100");
    assertThat(reports).hasSize(2);
    assertThat(network.steps()).isEqualTo(6);
    assertThat(reports.getLast().rewired()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"cross-entropy, relu", "mse, identity"})
  void divergenceNamesLayerAndStep(String loss, String activation) {
    Network network =
        new NetworkBuilder(12, InMemoryDataset.numbered(2))
            .hidden(16)
            .activation(Activation.of(activation))
            .loss(Loss.of(loss))
            .build();
    TrainingPlan plan = plan().withOptimizer(Sgd.rate(1e20));
    assertThatThrownBy(() -> new Trainer(plan).train(network, xor(100, 1), xor(10, 2)))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "training diverged: the loss is no longer a finite number at step [0-9]+ \\(epoch"
                + " [0-9]+\\), and the weights of layer [01] hold NaN or infinity; try a lower"
                + " learning rate")
        .hasMessageContaining("step " + network.steps() + " ");
  }

  @Test
  void dataThatDoesNotFit() {
    Network network = network(16);
    InMemoryDataset narrow = InMemoryDataset.of("narrow", new float[4][3], new int[] {0, 1, 0, 1});
    assertThatThrownBy(() -> new Trainer(plan()).train(network, narrow, xor(10, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("narrow has 3 features, the network has 12 inputs");
    assertThatThrownBy(() -> new Trainer(plan()).train(network, xor(10, 1), narrow))
        .isInstanceOf(IllegalArgumentException.class);
    InMemoryDataset three = InMemoryDataset.of("three", new float[4][12], new int[] {0, 1, 2, 1});
    assertThatThrownBy(() -> new Trainer(plan()).train(network, three, three))
        .hasMessage("three has 3 classes, the network has 2 outputs");
    InMemoryDataset empty = xor(10, 1).select(new int[0]);
    assertThatThrownBy(() -> new Trainer(plan()).train(network, empty, xor(10, 1)))
        .hasMessage("xor has no samples to train on");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, -1, 1", "1, 1, 0"})
  void badPlans(int batch, int epochs, int threads) {
    assertThatThrownBy(
            () -> new TrainingPlan(Sgd.rate(1), null, batch, epochs, 0, threads, MemoryMode.LEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "batch and threads must be 1 or more, epochs 0 or more: %d, %d, %d"
                .formatted(batch, threads, epochs));
  }
}
