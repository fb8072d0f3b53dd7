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

  /** By hand: margins 1 - 0.5 + 0.2 and 1 - 0.5 - 2, of which the second is no margin any more. */
  @Test
  void theHingeBetweenClassesCountsWhatComesTooNear() {
    Activations outputs = column(0.5f, 0.2f, -2);
    assertThat(Loss.of("multi-margin").evaluate(outputs, column(1, 0, 0), 1, outputs))
        .isCloseTo(0.7 / 3, within(1e-7));
    assertThat(outputs.get(0, 0)).as("in place").isEqualTo(-1 / 3f);
    assertThat(outputs.get(1, 0)).isEqualTo(1 / 3f);
    assertThat(outputs.get(2, 0)).isZero();
    Activations edge = new Activations(3, 1);
    assertThat(loss("multi-margin", edge, 2, 1, 1)).isZero();
    assertThat(edge.get(0, 0)).as("at the edge of the margin").isZero();
  }

  @Test
  void theHingeOfEachOutputKnowsTwoSides() {
    Activations gradient = new Activations(3, 1);
    assertThat(loss("hinge", gradient, 0.25f, -1, 2)).isCloseTo((0.75 + 0 + 3) / 3, within(1e-12));
    assertThat(gradient.get(0, 0)).isEqualTo(-1 / 3f);
    assertThat(gradient.get(1, 0)).as("at the edge of the margin").isZero();
    assertThat(gradient.get(2, 0)).isEqualTo(1 / 3f);
  }

  @Test
  void kinksHaveTheSlopesOfPyTorch() {
    Activations gradient = new Activations(3, 1);
    assertThat(loss("mae", gradient, 1, 0.5f, 0)).isCloseTo(0.5 / 3, within(1e-12));
    assertThat(gradient.get(0, 0)).isZero();
    assertThat(loss("huber", gradient, 3, 1, -0.5f))
        .isCloseTo((1.5 + 0.5 + 0.125) / 3, within(1e-12));
    assertThat(gradient.get(0, 0)).isEqualTo(1 / 3f);
    assertThat(gradient.get(1, 0)).isEqualTo(1 / 3f);
    assertThat(gradient.get(2, 0)).isCloseTo(-0.5f / 3, within(1e-8f));
    assertThat(loss("huber:0.5", gradient, 3, 1, 0)).isCloseTo((0.875 + 0.375) / 3, within(1e-12));
  }

  @Test
  void eachLossKnowsFromWhereAnOutputMeansOne() {
    assertThat(Loss.of("binary-cross-entropy").isOne(0.1f)).isTrue();
    assertThat(Loss.of("binary-cross-entropy").isOne(0)).isFalse();
    assertThat(Loss.of("hinge").isOne(0.1f)).isTrue();
    assertThat(Loss.of("hinge").isOne(-0.1f)).isFalse();
    assertThat(Loss.of("mse").isOne(0.4f)).isFalse();
    assertThat(Loss.of("mse").isOne(0.6f)).isTrue();
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
    assertThat(Loss.of("huber:0.5")).isEqualTo(new Huber(0.5));
    assertThat(Loss.of("huber:1").id()).isEqualTo("huber");
    assertThatThrownBy(() -> Loss.of("huber:0")).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Loss.of("huber:Infinity")).hasMessageContaining("finite");
    assertThatThrownBy(() -> Loss.of("margin"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no loss 'margin', there are cross-entropy, binary-cross-entropy, mse, scipy-mse, mae,"
                + " huber, hinge, multi-margin");
  }
}
