package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.testing.DoubleNetwork;
import dev.rewire.testing.Layers;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prediction and evaluation agree with each other and with the twin in double precision. */
class PredictionTest {
  private static final int SAMPLES = 300;

  private static NetworkBuilder builder() {
    return new NetworkBuilder(10, InMemoryDataset.numbered(4)).hidden(20, 15).epsilon(3).seed(5);
  }

  private static float[][] samples() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] samples = new float[SAMPLES][10];
    for (float[] sample : samples) {
      for (int f = 0; f < 10; f++) {
        sample[f] = (float) random.nextGaussian();
      }
    }
    return samples;
  }

  private static InMemoryDataset data() {
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      labels[i] = i * 7 % 4;
    }
    return InMemoryDataset.of("data", samples(), labels);
  }

  @ParameterizedTest
  @CsvSource({
    "relu, cross-entropy",
    "tanh, binary-cross-entropy",
    "sigmoid, mse",
    "leaky-relu, mse"
  })
  void predictionIsThatOfTheTwin(String activation, String loss) {
    Network network = builder().activation(Activation.of(activation)).loss(Loss.of(loss)).build();
    DoubleNetwork twin = new DoubleNetwork(network);
    float[][] predictions = network.predict(samples());
    int correct = 0;
    double total = 0;
    for (int i = 0; i < SAMPLES; i++) {
      double[] sample = new double[10];
      for (int f = 0; f < 10; f++) {
        sample[f] = samples()[i][f];
      }
      double[] outputs = twin.outputs(sample, null);
      total += twin.loss(outputs, data().label(i));
      int best = 0;
      double sum = 0;
      for (int k = 0; k < 4; k++) {
        best = outputs[k] > outputs[best] ? k : best;
        sum += Math.exp(outputs[k]);
      }
      correct += best == data().label(i) ? 1 : 0;
      for (int k = 0; k < 4; k++) {
        double expected =
            switch (loss) {
              case "cross-entropy" -> Math.exp(outputs[k]) / sum;
              case "mse" -> outputs[k];
              default -> 1 / (1 + Math.exp(-outputs[k]));
            };
        assertThat((double) predictions[i][k]).isCloseTo(expected, within(5e-6));
      }
    }
    Evaluation evaluation = network.evaluate(data());
    assertThat(evaluation.samples()).isEqualTo(SAMPLES);
    assertThat(evaluation.correct()).isEqualTo(correct);
    assertThat(evaluation.loss()).isCloseTo(total / SAMPLES, within(1e-6));
    assertThat(evaluation.accuracy()).isEqualTo(correct / (double) SAMPLES);
  }

  @Test
  void aSampleIsPredictedTheSameAloneAndInAnyBatch() {
    Network network = builder().build();
    float[][] together = network.predict(samples());
    for (int i = 0; i < SAMPLES; i += 17) {
      assertThat(network.predict(samples()[i])).isEqualTo(together[i]);
    }
    assertThat(network.predict(new float[0][])).isEmpty();
  }

  @Test
  void samplesOfADataSetArePredictedAsTheirNumbersAre() {
    Network network = builder().build();
    float[][] all = network.predict(samples());
    float[][] some = network.predict(data(), 299, 0, 7, 7);
    assertThat(some).isDeepEqualTo(new float[][] {all[299], all[0], all[7], all[7]});
    assertThatThrownBy(
            () -> network.predict(InMemoryDataset.of("b", new float[1][9], new int[1]), 0))
        .hasMessage("b has 9 features, the network has 10 inputs");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 2", "16, 3", "100, 1", "300, 2", "1000, 2"})
  void evaluationDependsNeitherOnBatchesNorOnThreads(int batch, int threads) {
    Network network = builder().build();
    Evaluation expected = network.evaluate(data());
    try (Compute compute = new Compute(threads)) {
      Evaluation found = new NetworkPass(network, compute, batch, false).evaluate(data());
      assertThat(found.correct()).isEqualTo(expected.correct());
      assertThat(found.loss()).isCloseTo(expected.loss(), within(1e-12));
    }
  }

  @Test
  void rawFeaturesAreScaledByTheNetwork() {
    Network plain = builder().build();
    Network scaling = builder().scaling(Scaling.all(3, 0.5)).build();
    float[] shift = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    float[] scale = {1, 2, 4, 8, 1, 2, 4, 8, 1, 2};
    Network single = builder().scaling(new Scaling(shift, scale)).build();
    float[] raw = samples()[0];
    float[] all = new float[10];
    float[] each = new float[10];
    for (int f = 0; f < 10; f++) {
      all[f] = (raw[f] - 3) * 0.5f;
      each[f] = (raw[f] - shift[f]) * scale[f];
    }
    assertThat(scaling.predict(raw)).isEqualTo(plain.predict(all));
    assertThat(single.predict(raw)).isEqualTo(plain.predict(each));
  }

  @Test
  void onATieTheFirstClassWins() {
    SparseLayer zero = Layers.of(Topology.complete(2, 3), new float[6]);
    Network network =
        new Network(
            List.of(zero),
            new Loss.SoftmaxCrossEntropy(),
            Scaling.none(),
            InMemoryDataset.numbered(3),
            null,
            0);
    InMemoryDataset data = InMemoryDataset.of("tie", new float[6][2], new int[] {0, 1, 2, 0, 1, 0});
    assertThat(network.evaluate(data).correct()).isEqualTo(3);
    assertThat(network.evaluate(data.select(new int[0])).accuracy()).isNaN();
  }

  @Test
  void whatDoesNotFitIsRejectedWithTheReason() {
    Network network = builder().build();
    assertThatThrownBy(() -> network.predict(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sample 0 has 3 features, the network has 10 inputs");
    SparseLayer layer = network.layers().getFirst();
    assertThatThrownBy(() -> stack(List.of(), Scaling.none(), 1))
        .hasMessage("a network needs 1 layer or more");
    assertThatThrownBy(() -> stack(List.of(layer, layer), Scaling.none(), 20))
        .hasMessage("layer 0 has 20 outputs, but layer 1 expects 10");
    assertThatThrownBy(() -> stack(List.of(layer), Scaling.none(), 3))
        .hasMessage("3 class names for 20 outputs");
    assertThatThrownBy(() -> stack(List.of(layer), new Scaling(new float[3], new float[3]), 20))
        .hasMessage("scaling is made for 3 features, the network has 10");
  }

  private static Network stack(List<SparseLayer> layers, Scaling scaling, int classes) {
    return new Network(
        layers, new Loss.MeanSquaredError(), scaling, InMemoryDataset.numbered(classes), null, 0);
  }

  @Test
  void builderRejectsWhatCannotBe() {
    assertThatThrownBy(() -> new NetworkBuilder(0, List.of("a"))).hasMessageContaining("1 input");
    assertThatThrownBy(() -> new NetworkBuilder(1, List.of())).hasMessageContaining("1 class");
    assertThatThrownBy(() -> builder().hidden(3, 0))
        .hasMessage("a hidden layer needs 1 neuron or more: 0");
    assertThatThrownBy(() -> builder().epsilon(-1)).hasMessage("epsilon must be above 0: -1.0");
  }

  @Test
  void countsOfANetwork() {
    Network network = builder().build();
    assertThat(network.neurons()).isEqualTo(10 + 20 + 15 + 4);
    assertThat(network.connections()).isEqualTo(90 + 105 + 60);
    assertThat(network.sparsity()).isCloseTo(1 - 255 / 560.0, within(1e-12));
  }
}
