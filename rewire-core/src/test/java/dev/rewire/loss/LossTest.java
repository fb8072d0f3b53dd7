package dev.rewire.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Activations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference numbers of losses leave open. */
class LossTest {
  private static Activations column(float... values) {
    Activations activations = new Activations(values.length, 1);
    for (int k = 0; k < values.length; k++) {
      activations.set(k, 0, values[k]);
    }
    return activations;
  }

  private static double loss(String id, Activations gradient, float... outputs) {
    return Loss.of(id).evaluate(column(outputs), column(1, 0, 0), 1, gradient);
  }

  @Test
  void crossEntropyOfEqualOutputsIsTheLogarithmOfTheirNumber() {
    Activations gradient = new Activations(3, 1);
    assertThat(loss("cross-entropy", gradient, 7, 7, 7)).isCloseTo(Math.log(3), within(1e-12));
    assertThat(gradient.get(0, 0)).isCloseTo(-2 / 3f, within(1e-7f));
    assertThat(gradient.get(1, 0)).isCloseTo(1 / 3f, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(floats = {1e3f, 1e10f, Float.MAX_VALUE})
  void largeOutputsDoNotOverflow(float large) {
    Activations gradient = new Activations(3, 1);
    assertThat(loss("cross-entropy", gradient, large, 0, 0)).isZero();
    assertThat(loss("cross-entropy", gradient, 0, large, 0)).isCloseTo(large, within(1e-6 * large));
    assertThat(gradient.get(0, 0)).isEqualTo(-1f);
    assertThat(gradient.get(1, 0)).isEqualTo(1f);
    assertThat(loss("binary-cross-entropy", gradient, large, -large, -large)).isZero();
    assertThat(loss("binary-cross-entropy", gradient, -large, -large, -large))
        .isCloseTo(large / 3, within(1e-6 * large));
    assertThat(gradient.get(0, 0)).isCloseTo(-1 / 3f, within(1e-7f));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void whatIsNotFiniteShowsInTheLoss(float bad) {
    for (Loss loss : Loss.ALL) {
      Activations gradient = new Activations(3, 1);
      assertThat(loss(loss.id(), gradient, 0, bad, 0))
          .as(loss.id())
          .isNotEqualTo(0.0)
          .matches(x -> !Double.isFinite(x));
    }
  }

  @Test
  void scipysLossIsThatOfMseAndItsGradientHalfTheSumOverTheOutputs() {
    Activations gradient = new Activations(3, 1);
    assertThat(loss("scipy-mse", gradient, 3, 1, 0)).isCloseTo(5 / 3.0, within(1e-12));
    assertThat(gradient.get(0, 0)).isEqualTo(2f);
    assertThat(gradient.get(1, 0)).isEqualTo(1f);
    assertThat(loss("mse", gradient, 3, 1, 0)).isCloseTo(5 / 3.0, within(1e-12));
    assertThat(gradient.get(0, 0)).isCloseTo(4 / 3f, within(1e-7f));
  }

  @Test
  void predictionsAreProbabilities() {
    float[] softmax = {1000, 1000, -1000};
    Loss.of("cross-entropy").toPrediction(softmax);
    assertThat(softmax).containsExactly(0.5f, 0.5f, 0f);
    float[] sigmoid = {0, 1000, -1000};
    Loss.of("binary-cross-entropy").toPrediction(sigmoid);
    assertThat(sigmoid).containsExactly(0.5f, 1f, 0f);
    float[] plain = {3, -2};
    Loss.of("mse").toPrediction(plain);
    assertThat(plain).containsExactly(3f, -2f);
  }

  @Test
  void namesFindTheirLosses() {
    for (Loss loss : Loss.ALL) {
      assertThat(Loss.of(loss.id())).isEqualTo(loss);
    }
    assertThatThrownBy(() -> Loss.of("hinge"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no loss 'hinge', there are cross-entropy, binary-cross-entropy, mse, scipy-mse");
  }
}
