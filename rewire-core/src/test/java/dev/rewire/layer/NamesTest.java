package dev.rewire.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Activations and initializers: found by their names, and doing what the names say. */
class NamesTest {
  @Test
  void activationsAreFoundByTheirNames() {
    for (Activation activation : Activation.ALL) {
      assertThat(Activation.of(activation.id())).isEqualTo(activation);
    }
    assertThat(Activation.of("leaky-relu:0.25")).isEqualTo(new Activation.LeakyRelu(0.25));
    assertThatThrownBy(() -> Activation.of("swish"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no activation 'swish', there are relu, leaky-relu:0.01, sigmoid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "leaky-relu:0",
        "leaky-relu:1",
        "leaky-relu:-0.1",
        "leaky-relu:NaN",
        "leaky-relu:x"
      })
  void badSlopes(String id) {
    assertThatThrownBy(() -> Activation.of(id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void initializersAreFoundByTheirNames() {
    for (Initializer initializer :
        List.of(
            new Initializer.SparseHe(2),
            new Initializer.Normal(0.1),
            new Initializer.HeUniform(),
            new Initializer.GlorotUniform(),
            new Initializer.Synapses(),
            new Initializer.TorchLinear())) {
      assertThat(Initializer.of(initializer.id())).isEqualTo(initializer);
    }
    for (String bad : List.of("zeros", "normal", "normal:0", "sparse-he:-1", "normal:x")) {
      assertThatThrownBy(() -> Initializer.of(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** 200 inputs, 50 outputs; 20 connections to every output. */
  @ParameterizedTest
  @CsvSource({
    // initializer, deviation of weights, largest weight where it is bounded, deviation of biases
    "sparse-he:2.0, 0.316228, 0, 0",
    "sparse-he:1.0, 0.223607, 0, 0",
    "normal:0.1, 0.1, 0, 0",
    "he-uniform, 0.1, 0.173205, 0",
    "glorot-uniform, 0.089443, 0.154919, 0",
    "synapses, 0.1, 0, 0.1",
    "torch-linear, 0.040825, 0.070711, 0.040825"
  })
  void weightsHaveTheDeviationOfTheirFormula(
      String id, double deviation, double bound, double biasDeviation) {
    long[] cells = new long[1000];
    for (int i = 0; i < 1000; i++) {
      cells[i] = i / 20 * 200L + i % 20 * 7;
    }
    Topology topology = Topology.ofCells(200, 50, cells);
    RandomGenerator random = new RandomStreams(1).stream(Purpose.WEIGHTS, 0, 0);
    Initializer initializer = Initializer.of(id);
    double sum = 0;
    double squares = 0;
    double biases = 0;
    int n = 40_000;
    for (int i = 0; i < n; i++) {
      double w = initializer.weight(topology, i % 50, random);
      double b = initializer.bias(topology, random);
      assertThat(Math.abs(w)).isLessThanOrEqualTo(bound == 0 ? Double.MAX_VALUE : bound * 1.00001);
      sum += w;
      squares += w * w;
      biases += b * b;
    }
    // The deviation of n draws is off by at most 1 / sqrt(2 n), four times.
    double error = 4 / Math.sqrt(2.0 * n);
    assertThat(sum / n).isCloseTo(0, within(4 * deviation / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n)).isCloseTo(deviation, within(error * deviation));
    assertThat(Math.sqrt(biases / n)).isCloseTo(biasDeviation, within(error * biasDeviation));
  }
}
