package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.GradientRecorder;
import dev.rewire.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who drops out, and what is done about it. Gradients through it are in {@link GradientTest}. */
class DropoutTest {
  private static final Dropout HALF = Dropout.of(0.5);

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.3, 0.5, 0.9})
  void theRateIsMetAndSurvivorsMakeUpForIt(double rate) {
    Activations mask = DropoutMasks.of(Dropout.of(rate), 300, 128, 5);
    int n = 300 * 128;
    int off = 0;
    for (int j = 0; j < 300; j++) {
      for (int b = 0; b < 128; b++) {
        off += mask.get(j, b) == 0 ? 1 : 0;
        assertThat(mask.get(j, b)).isIn(0f, (float) (1 / (1 - rate)));
      }
    }
    assertThat(off / (double) n).isCloseTo(rate, within(4 * Math.sqrt(rate * (1 - rate) / n)));
  }

  @Test
  void sameKeySameMaskOtherKeyAnother() {
    float[] mask = DropoutMasks.of(HALF, 20, 50, 1).values().toArray();
    assertThat(DropoutMasks.of(HALF, 20, 50, 1).values().toArray()).isEqualTo(mask);
    float[] other = DropoutMasks.of(HALF, 20, 50, 2).values().toArray();
    assertThat(agreement(mask, other)).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / 1280)));
  }

  @Test
  void neuronsAndSamplesAreIndependent() {
    Activations mask = DropoutMasks.of(HALF, 200, 64, 1);
    int neighbours = 0;
    int samples = 0;
    for (int j = 1; j < 200; j++) {
      for (int b = 1; b < 64; b++) {
        neighbours += mask.get(j, b) == mask.get(j - 1, b) ? 1 : 0;
        samples += mask.get(j, b) == mask.get(j, b - 1) ? 1 : 0;
      }
    }
    double n = 199 * 63;
    assertThat(neighbours / n).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / n)));
    assertThat(samples / n).isCloseTo(0.5, within(4 * Math.sqrt(0.25 / n)));
  }

  private static double agreement(float[] one, float[] other) {
    int same = 0;
    for (int i = 0; i < one.length; i++) {
      same += one[i] == other[i] ? 1 : 0;
    }
    return (double) same / one.length;
  }

  @Test
  void thePublishedTutorialDoesNotScale() {
    Activations mask = DropoutMasks.of(new Dropout(0.5, Dropout.Style.TUTORIAL_2019), 20, 50, 1);
    assertThat(mask.values().toArray()).containsOnly(0f, 1f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void badRates(double rate) {
    assertThatThrownBy(() -> Dropout.of(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout must be 0 or more and below 1: " + rate);
  }

  /** One input, eight hidden neurons with bias 1 and weight 2, one output that adds them up. */
  private static Network network(Dropout dropout) {
    SparseLayer hidden = layer(0, Topology.complete(1, 8), 2f, 1f, dropout);
    SparseLayer output = layer(1, Topology.complete(8, 1), 1f, 3f, Dropout.NONE);
    return new Network(
        List.of(hidden, output),
        new Loss.MeanSquaredError(),
        Scaling.none(),
        List.of("sum"),
        null,
        0);
  }

  private static SparseLayer layer(
      int index, Topology topology, float weight, float bias, Dropout dropout) {
    Floats weights = new Floats(topology.connections());
    Floats biases = new Floats(topology.outputs());
    for (int i = 0; i < weights.length(); i++) {
      weights.set(i, weight);
    }
    for (int i = 0; i < biases.length(); i++) {
      biases.set(i, bias);
    }
    return new SparseLayer(
        index,
        topology,
        weights,
        biases,
        new Activation.Identity(),
        dropout,
        new Initializer.HeUniform());
  }

  @Test
  void predictionIsWithoutDropout() {
    assertThat(network(HALF).predict(10f)).containsExactly(8 * 21 + 3);
  }

  @Test
  void predictionOfTheTutorialShrinksTheSumsOfTheNextLayer() {
    Dropout quarter = new Dropout(0.25, Dropout.Style.TUTORIAL_2019);
    assertThat(network(quarter).predict(10f)).containsExactly(0.75f * (8 * 21 + 3));
  }

  @ParameterizedTest
  @EnumSource(Dropout.Style.class)
  void gradientsOfSwitchedOffNeurons(Dropout.Style style) {
    Dropout dropout = new Dropout(0.5, style);
    Network network = network(dropout);
    RandomStreams streams = new RandomStreams(3);
    double[] mask = DropoutMasks.of(network, new int[] {0}, streams, 0)[0][0];
    assertThat(mask).contains(0);
    double sum = 3;
    for (double factor : mask) {
      sum += 21 * factor;
    }
    InMemoryDataset data = InMemoryDataset.of("one", new float[][] {{10f}}, new int[] {0});
    GradientRecorder recorder = new GradientRecorder();
    double loss;
    try (Compute compute = new Compute(1)) {
      loss =
          new NetworkPass(network, compute, 1, true)
              .train(data, new int[] {0}, 0, 1, recorder, streams);
    }
    double error = sum - 1;
    assertThat(loss).isCloseTo(error * error, within(1e-6 * loss));
    float[] hidden = recorder.of(network.layers().get(0).weight());
    float[] output = recorder.of(network.layers().get(1).weight());
    for (int j = 0; j < 8; j++) {
      // The tutorial lets gradients through to switched-off neurons.
      double back = style == Dropout.Style.INVERTED ? mask[j] : 1;
      assertThat((double) hidden[j]).isCloseTo(2 * error * back * 10, within(1e-3));
      assertThat((double) output[j]).isCloseTo(2 * error * 21 * mask[j], within(1e-3));
    }
  }
}
