package dev.rewire.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.Activation;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.testing.SharedFiles;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Losses with gradients and activations with derivatives, as PyTorch has them. */
class LossesAndActivationsTest {
  private static final String FILE = "optimizers/losses-activations.json";
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "cross-entropy, cross_entropy_mean, 0",
    "cross-entropy, cross_entropy_label_smoothing_0.1, 0.1",
    "mse, mse_mean_over_elements, 0",
    "binary-cross-entropy, bce_with_logits_mean_over_elements, 0",
    "huber, huber_delta1_mean, 0",
    "mae, l1_mean, 0"
  })
  void loss(String id, String name, double smoothing) {
    JsonNode golden = SharedFiles.golden(FILE);
    JsonNode expected = golden.get("losses").get(name);
    Loss loss = Loss.of(id);
    Activations output = activations(golden.get("logits"));
    Activations target = target(golden, id);
    if (smoothing > 0) {
      loss.smooth(target, 0, 5, smoothing);
    }
    for (boolean inPlace : new boolean[] {false, true}) {
      Activations gradient = inPlace ? output : new Activations(4, 5);
      gradient.values().set(gradient.values().length() - 1, inPlace ? 0f : 9f);
      double total = loss.evaluate(output, target, 5, gradient);
      double mean = expected.get("loss").asDouble();
      assertThat(total / 5).isCloseTo(mean, within(TOLERANCE * mean));
      for (int b = 0; b < 5; b++) {
        for (int k = 0; k < 4; k++) {
          double slope = expected.get("gradient").get(b).get(k).asDouble();
          assertThat((double) gradient.get(k, b))
              .isCloseTo(slope, within(TOLERANCE * Math.abs(slope)));
        }
      }
      for (int k = 0; k < 4; k++) {
        for (int b = 5; b < gradient.samples(); b++) {
          assertThat(gradient.get(k, b)).as("behind the last sample").isZero();
        }
      }
    }
  }

  private static Activations activations(JsonNode rows) {
    Activations activations = new Activations(4, rows.size());
    for (int b = 0; b < rows.size(); b++) {
      for (int k = 0; k < 4; k++) {
        activations.set(k, b, (float) rows.get(b).get(k).asDouble());
      }
    }
    return activations;
  }

  private static Activations target(JsonNode golden, String id) {
    if (List.of("mse", "huber", "mae").contains(id)) {
      return activations(golden.get("targets"));
    }
    if (id.equals("binary-cross-entropy")) {
      return activations(golden.get("binary_targets"));
    }
    Activations target = new Activations(4, 5);
    int[] classes = SharedFiles.integers(golden.get("classes"));
    for (int b = 0; b < 5; b++) {
      for (int k = 0; k < 4; k++) {
        target.set(k, b, k == classes[b] ? 1f : 0f);
      }
    }
    return target;
  }

  @ParameterizedTest
  @CsvSource({
    "relu, relu",
    "leaky-relu, leaky_relu_0.01",
    "leaky-relu:0.01, leaky_relu_0.01",
    "sigmoid, sigmoid",
    "tanh, tanh",
    "elu, elu",
    "gelu, gelu_erf",
    "silu, silu",
    "softplus, softplus",
    "hard-tanh, hardtanh"
  })
  void activation(String id, String name) {
    JsonNode golden = SharedFiles.golden(FILE);
    float[] x = SharedFiles.floats(golden.get("x"));
    double[] value = SharedFiles.numbers(golden.get("activations").get(name).get("value"));
    double[] slope = SharedFiles.numbers(golden.get("activations").get(name).get("derivative"));
    Activation activation = Activation.of(id);
    Floats y = new Floats(48);
    y.copy(x, 0, 0, 33);
    Floats sums = y.duplicate();
    Floats d = new Floats(48);
    for (int i = 0; i < 48; i++) {
      d.set(i, 1f);
    }
    activation.forward(KernelProvider.get().units(), y, 0, 48);
    activation.backward(KernelProvider.get().units(), sums, y, d, 0, 48);
    for (int i = 0; i < 33; i++) {
      assertThat((double) y.get(i)).isCloseTo(value[i], within(TOLERANCE * Math.abs(value[i])));
      // 1 - tanh^2 cancels at the ends, and so do the two terms of GELU's slope where it is 0: what
      // counts there is the rounding of what is subtracted.
      double rounding = name.equals("tanh") || name.equals("gelu_erf") ? 4 * 0x1p-24 : 0;
      assertThat((double) d.get(i))
          .isCloseTo(slope[i], within(Math.max(TOLERANCE * Math.abs(slope[i]), rounding)));
    }
  }
}
