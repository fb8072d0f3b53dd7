package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LabelSets;
import dev.rewire.dataset.NumberTargets;
import dev.rewire.dataset.TargetScale;
import dev.rewire.dataset.Targets;
import dev.rewire.layer.Activation;
import dev.rewire.loss.Hinge;
import dev.rewire.loss.Huber;
import dev.rewire.loss.Loss;
import dev.rewire.loss.MeanAbsoluteError;
import dev.rewire.loss.MultiMargin;
import dev.rewire.metric.Scores;
import dev.rewire.model.ModelFile;
import dev.rewire.optimizer.Sgd;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that predict something else than one of several classes. */
class HeadsTest {
  private static final int SAMPLES = 300;

  @TempDir Path folder;

  /** Six features, and targets that depend on two of them. */
  private static InMemoryDataset data(Head head) {
    SplittableRandom random = new SplittableRandom(4);
    float[][] x = new float[SAMPLES][6];
    int[] classes = new int[SAMPLES];
    float[] numbers = new float[2 * SAMPLES];
    int[] start = new int[SAMPLES + 1];
    List<Integer> labels = new ArrayList<>();
    for (int s = 0; s < SAMPLES; s++) {
      for (int f = 0; f < 6; f++) {
        x[s][f] = (float) random.nextDouble(-1, 1);
      }
      classes[s] = x[s][0] + 0.5 * x[s][3] > 0 ? 1 : 0;
      numbers[2 * s] = 1000 + 50 * x[s][0];
      numbers[2 * s + 1] = -3 + 0.01f * x[s][3];
      if (x[s][0] > 0) {
        labels.add(0);
      }
      if (x[s][3] > 0.3) {
        labels.add(2);
      }
      start[s + 1] = labels.size();
    }
    int[] set = labels.stream().mapToInt(Integer::intValue).toArray();
    Targets targets =
        switch (head) {
          case CLASSES -> ClassTargets.of("d", classes, List.of("no", "yes"));
          case BINARY -> new ClassTargets(Head.BINARY, classes, List.of("no", "yes"));
          case MULTI_LABEL -> new LabelSets(start, set, List.of("left", "never", "right"));
          case REGRESSION -> new NumberTargets(numbers, List.of("speed", "heat"));
        };
    return InMemoryDataset.of("d", x, classes).withTargets(targets);
  }

  private static NetworkBuilder builder(Head head) {
    return NetworkBuilder.forData(data(head)).hidden(24).epsilon(12).seed(2);
  }

  private static List<EpochReport> train(Network network, InMemoryDataset data) {
    TrainingPlan plan =
        TrainingPlan.defaults()
            .withOptimizer(Sgd.rate(0.1).momentum(0.9))
            .withBatch(16)
            .withEpochs(25)
            .withThreads(2);
    return new Trainer(plan).train(network, data, data);
  }

  private static double score(Network network, InMemoryDataset data, String name) {
    Scores scores =
        Scores.of(
            network.head(), network.outputs(), data.size(), network.loss().threshold(), false);
    for (int s = 0; s < data.size(); s++) {
      scores.add(data, s, network.predict(data, s)[0]);
    }
    return scores.values().get(name);
  }

  @ParameterizedTest
  @EnumSource(Head.class)
  void eachHeadLearnsAndSurvivesItsFile(Head head) throws IOException {
    InMemoryDataset data = data(head);
    Network network = builder(head).build();
    List<EpochReport> reports = train(network, data);
    Evaluation last = network.evaluate(data);
    assertThat(last.loss()).isLessThan(0.3 * reports.getFirst().trainLoss());
    Path file = folder.resolve("model.safetensors");
    ModelFile.write(network, file);
    Network read = ModelFile.read(file);
    assertThat(read.head()).isEqualTo(head);
    assertThat(read.classNames()).isEqualTo(data.classNames());
    assertThat(read.evaluate(data)).isEqualTo(last);
    assertThat(read.predict(data, 0, 7)).isDeepEqualTo(network.predict(data, 0, 7));
    switch (head) {
      case CLASSES -> assertThat(last.accuracy()).isGreaterThan(0.95);
      case BINARY -> {
        assertThat(network.outputs()).isEqualTo(1);
        assertThat(last.accuracy()).isGreaterThan(0.95);
        assertThat(score(network, data, "accuracy")).isEqualTo(last.accuracy());
        assertThat(score(network, data, "roc_auc")).isGreaterThan(0.99);
      }
      case MULTI_LABEL -> {
        assertThat(last.accuracy()).isGreaterThan(0.85);
        assertThat(score(network, data, "exact_match")).isEqualTo(last.accuracy());
        assertThat(score(network, data, "micro_f1")).isGreaterThan(0.9);
      }
      case REGRESSION -> {
        assertThat(last.accuracy()).isNaN();
        assertThat(reports.getLast().trainAccuracy()).isNaN();
        assertThat(score(network, data, "r2")).isGreaterThan(0.95);
        // in the units of the targets, which differ by three orders of magnitude
        float[] prediction = network.predict(data, 0)[0];
        assertThat(prediction[0]).isCloseTo(data.target(0, 0), within(20f));
        assertThat(prediction[1]).isCloseTo(data.target(0, 1), within(0.004f));
      }
    }
  }

  /** Scaling makes the units of the targets meaningless to the training. */
  @Test
  void numbersInOtherUnitsAreLearnedAlike() {
    InMemoryDataset data = data(Head.REGRESSION);
    NumberTargets targets = (NumberTargets) data.targets();
    float[] doubled = targets.values().clone();
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] *= 4;
    }
    InMemoryDataset other = data.withTargets(new NumberTargets(doubled, targets.names()));
    Network one = NetworkBuilder.forData(data).hidden(12).epsilon(9).seed(2).build();
    Network four = NetworkBuilder.forData(other).hidden(12).epsilon(9).seed(2).build();
    train(one, data);
    train(four, other);
    assertThat(four.evaluate(other)).isEqualTo(one.evaluate(data));
    assertThat(four.predict(other, 3)[0][0])
        .isCloseTo(4 * one.predict(data, 3)[0][0], within(1e-2f));
  }

  @ParameterizedTest
  @EnumSource(Head.class)
  void predictingAllIsPredictingEach(Head head) {
    InMemoryDataset data = data(head);
    Network network = builder(head).build();
    try (var compute = new dev.rewire.layer.Compute(2)) {
      new NetworkPass(network, compute, 64, false)
          .predict(
              data,
              (sample, prediction) ->
                  assertThat(prediction).containsExactly(network.predict(data, sample)[0]));
    }
  }

  @Test
  void lossesThatDoNotFitAreRefused() {
    for (Loss loss : List.of(new Loss.SoftmaxCrossEntropy(), new MultiMargin())) {
      assertThatThrownBy(() -> builder(Head.BINARY).loss(loss).build())
          .hasMessageContaining(loss.id())
          .hasMessageContaining("binary-cross-entropy");
      assertThatThrownBy(() -> builder(Head.MULTI_LABEL).loss(loss).build())
          .hasMessageContaining("binary-cross-entropy");
    }
    for (Loss loss :
        List.of(new Loss.SoftmaxCrossEntropy(), new Loss.BinaryCrossEntropy(), new Hinge())) {
      assertThatThrownBy(() -> builder(Head.REGRESSION).loss(loss).build())
          .hasMessage(
              "the loss " + loss.id() + " is for classes, not for numbers: take mse, mae or huber");
    }
    for (Loss loss : List.of(new MeanAbsoluteError(), new Huber(0.5))) {
      assertThat(builder(Head.REGRESSION).loss(loss).build().loss()).isEqualTo(loss);
    }
    assertThat(builder(Head.BINARY).loss(new Hinge()).build().outputs()).isEqualTo(1);
  }

  @Test
  void otherDataAreRefused() {
    Network numbers = builder(Head.REGRESSION).build();
    assertThatThrownBy(() -> numbers.evaluate(data(Head.CLASSES)))
        .hasMessage("the targets of d are classes, the network predicts numbers");
    assertThatThrownBy(() -> builder(Head.CLASSES).build().evaluate(data(Head.BINARY)))
        .hasMessageContaining("with one output");
    assertThatThrownBy(() -> new Outputs(Head.BINARY, List.of("a"), TargetScale.NONE))
        .hasMessageContaining("2 classes");
    assertThatThrownBy(() -> new Outputs(Head.REGRESSION, List.of("a"), TargetScale.NONE))
        .hasMessageContaining("regression");
  }

  @Test
  void anOutputActivationMayFollowTheTargets() {
    InMemoryDataset data = data(Head.BINARY);
    Network network =
        builder(Head.BINARY)
            .loss(new Loss.MeanSquaredError())
            .outputActivation(new Activation.Sigmoid())
            .build();
    train(network, data);
    assertThat(network.evaluate(data).accuracy()).isGreaterThan(0.9);
    assertThat(score(network, data, "accuracy")).isEqualTo(network.evaluate(data).accuracy());
  }
}
