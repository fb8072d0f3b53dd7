package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Limits;
import dev.rewire.layer.MemoryMode;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of gradients and weights, and smoothed labels, against what a step without them does. */
class LimitsTest {
  private static final int SAMPLES = 30;
  private static final InMemoryDataset DATA = data();

  private static InMemoryDataset data() {
    SplittableRandom random = new SplittableRandom(1);
    float[][] samples = new float[SAMPLES][200];
    int[] labels = new int[SAMPLES];
    for (int s = 0; s < SAMPLES; s++) {
      for (int f = 0; f < 200; f++) {
        samples[s][f] = (float) random.nextGaussian();
      }
      labels[s] = s % 5;
    }
    return InMemoryDataset.of("noise", samples, labels);
  }

  /** More connections than a block of the sum; the last layer is dense. */
  private static Network network() {
    return new NetworkBuilder(200, DATA.classNames()).hidden(400, 30).epsilon(40).build();
  }

  /** One step of rate 1; returns all parameters afterwards, layer by layer, biases last. */
  private static List<float[]> step(
      Network network, int batch, int threads, Limits limits, double smoothing) {
    Sgd sgd = Sgd.rate(1);
    network.layers().forEach(layer -> layer.prepare(sgd));
    try (Compute compute = new Compute(threads)) {
      new NetworkPass(network, compute, batch, true, MemoryMode.STANDARD, limits, smoothing)
          .train(DATA, IntStream.range(0, batch).toArray(), 0, batch, sgd, new RandomStreams(1));
    }
    return parameters(network);
  }

  private static List<float[]> parameters(Network network) {
    List<float[]> all = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      all.add(layer.weight().toArray());
      all.add(layer.bias().toArray());
    }
    return all;
  }

  /** The gradient, from a step without limits. */
  private static List<double[]> gradient(int batch) {
    List<float[]> before = parameters(network());
    List<float[]> after = step(network(), batch, 1, Limits.NONE, 0);
    List<double[]> gradient = new ArrayList<>();
    for (int p = 0; p < before.size(); p++) {
      double[] one = new double[before.get(p).length];
      for (int i = 0; i < one.length; i++) {
        one[i] = (double) before.get(p)[i] - after.get(p)[i];
      }
      gradient.add(one);
    }
    return gradient;
  }

  private static double norm(List<double[]> gradient) {
    double squares = 0;
    for (double[] one : gradient) {
      for (double g : one) {
        squares += g * g;
      }
    }
    return Math.sqrt(squares);
  }

  private interface Rule {
    double of(double gradient);
  }

  private static void check(List<float[]> found, List<double[]> gradient, Rule rule) {
    List<float[]> before = parameters(network());
    for (int p = 0; p < found.size(); p++) {
      for (int i = 0; i < found.get(p).length; i++) {
        assertThat((double) found.get(p)[i])
            .as("parameter %d of %d", i, p)
            .isCloseTo(before.get(p)[i] - rule.of(gradient.get(p)[i]), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"30, 1", "30, 2", "3, 2"})
  void clippedByValue(int batch, int threads) {
    List<double[]> gradient = gradient(batch);
    double limit = 0.3 * gradient.stream().mapToDouble(LimitsTest::largest).max().orElseThrow();
    check(
        step(network(), batch, threads, new Limits(limit, 0, 0), 0),
        gradient,
        g -> Math.clamp(g, -limit, limit));
  }

  private static double largest(double[] numbers) {
    double largest = 0;
    for (double number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    return largest;
  }

  @ParameterizedTest
  @CsvSource({"30, 1, 0.5", "30, 3, 0.5", "3, 2, 0.1", "30, 2, 1.5"})
  void clippedByNorm(int batch, int threads, double share) {
    List<double[]> gradient = gradient(batch);
    double norm = norm(gradient);
    double limit = share * norm;
    double scale = Math.min(1, limit / (norm + 1e-6));
    List<float[]> found = step(network(), batch, threads, new Limits(0, limit, 0), 0);
    check(found, gradient, g -> scale * g);
  }

  /** First each number, then the norm of what is left. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void clippedByValueAndThenByNorm(int threads) {
    List<double[]> gradient = gradient(SAMPLES);
    double value = 0.3 * gradient.stream().mapToDouble(LimitsTest::largest).max().orElseThrow();
    List<double[]> clipped = new ArrayList<>();
    for (double[] one : gradient) {
      double[] some = one.clone();
      for (int i = 0; i < some.length; i++) {
        some[i] = Math.clamp(some[i], -value, value);
      }
      clipped.add(some);
    }
    double limit = 0.5 * norm(clipped);
    List<float[]> found = step(network(), SAMPLES, threads, new Limits(value, limit, 0), 0);
    check(found, clipped, g -> 0.5 * g);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 2", "0.5, 2"})
  void weightsOfANeuronWithinTheirNorm(double gradientNorm, int threads) {
    Limits without = new Limits(0, gradientNorm, 0);
    List<float[]> free = step(network(), SAMPLES, threads, without, 0);
    double limit = 1.2;
    Network network = network();
    List<float[]> found = step(network, SAMPLES, threads, new Limits(0, gradientNorm, limit), 0);
    int longer = 0;
    int rows = 0;
    for (SparseLayer layer : network.layers()) {
      float[] before = free.get(2 * layer.index());
      float[] after = found.get(2 * layer.index());
      for (int j = 0; j < layer.outputs(); j++) {
        int from = layer.topology().rowStart().get(j);
        int to = layer.topology().rowStart().get(j + 1L);
        double squares = 0;
        for (int e = from; e < to; e++) {
          squares += (double) before[e] * before[e];
        }
        double scale = Math.min(1, limit / Math.sqrt(squares));
        rows++;
        longer += scale < 1 ? 1 : 0;
        for (int e = from; e < to; e++) {
          assertThat((double) after[e]).isCloseTo(scale * before[e], within(1e-6));
        }
      }
      assertThat(found.get(2 * layer.index() + 1)).isEqualTo(free.get(2 * layer.index() + 1));
    }
    assertThat(longer).isBetween(1, rows - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void theSameBitsOnAnyNumberOfThreads(int threads) {
    Network[] networks = {network(), network()};
    Limits limits = new Limits(0.05, 0.3, 1.2);
    for (int n = 0; n < 2; n++) {
      for (int step = 0; step < 3; step++) {
        step(networks[n], SAMPLES, n == 0 ? 1 : threads, limits, 0.1);
      }
    }
    assertThat(Fingerprint.of(networks[1])).isEqualTo(Fingerprint.of(networks[0]));
    assertThat(networks[0].layers().getFirst().weight().length()).isGreaterThan(1 << 14);
  }

  /** Linear in the targets: the smoothed gradient is a mixture of those of all labels. */
  @ParameterizedTest
  @ValueSource(strings = {"cross-entropy", "binary-cross-entropy"})
  void smoothedLabels(String name) {
    Loss loss = Loss.of(name);
    double smoothing = 0.2;
    int classes = 4;
    var outputs = new dev.rewire.memory.Activations(classes, 3);
    var target = new dev.rewire.memory.Activations(classes, 3);
    var gradient = new dev.rewire.memory.Activations(classes, 3);
    SplittableRandom random = new SplittableRandom(4);
    for (int b = 0; b < 3; b++) {
      for (int k = 0; k < classes; k++) {
        outputs.set(k, b, (float) random.nextGaussian());
        target.set(k, b, k == b ? 1f : 0f);
      }
    }
    loss.smooth(target, 0, 2, smoothing);
    double[] losses = new double[3];
    loss.evaluate(outputs, target, 3, 0, 3, gradient, losses);
    boolean softmax = name.equals("cross-entropy");
    for (int b = 0; b < 3; b++) {
      double expected = 0;
      double sum = 0;
      for (int k = 0; k < classes; k++) {
        sum += Math.exp(outputs.get(k, b));
      }
      double share = b == 2 ? 0 : smoothing; // the third sample was left out
      for (int k = 0; k < classes; k++) {
        double even = softmax ? 1.0 / classes : 0.5;
        double t = (1 - share) * (k == b ? 1 : 0) + share * even;
        double z = outputs.get(k, b);
        double p = softmax ? Math.exp(z) / sum : 1 / (1 + Math.exp(-z));
        expected -=
            softmax ? t * Math.log(p) : (t * Math.log(p) + (1 - t) * Math.log(1 - p)) / classes;
        assertThat((double) gradient.get(k, b))
            .isCloseTo((p - t) / (softmax ? 3 : 3 * classes), within(1e-6));
      }
      assertThat(losses[b]).isCloseTo(expected, within(1e-6));
    }
  }

  /** Training sees smoothed labels, tests do not. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3})
  void testsSeeTheLabelsAsTheyAre(double smoothing) {
    Network network = network();
    Sgd still = Sgd.rate(0);
    network.layers().forEach(layer -> layer.prepare(still));
    try (Compute compute = new Compute(1)) {
      NetworkPass pass =
          new NetworkPass(
              network, compute, SAMPLES, true, MemoryMode.STANDARD, Limits.NONE, smoothing);
      double trained =
          pass.train(
              DATA, IntStream.range(0, SAMPLES).toArray(), 0, SAMPLES, still, new RandomStreams(1));
      double plain = network.evaluate(DATA).loss();
      assertThat(pass.evaluate(DATA).loss()).isCloseTo(plain, within(1e-9));
      if (smoothing == 0) {
        assertThat(trained / SAMPLES).isCloseTo(plain, within(1e-9));
      } else {
        assertThat(trained / SAMPLES).isNotCloseTo(plain, within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mse", "scipy-mse"})
  void lossesThatCannotBeSmoothed(String name) {
    Network network =
        new NetworkBuilder(200, DATA.classNames()).hidden(5).loss(Loss.of(name)).build();
    assertThatThrownBy(() -> step(network, 2, 1, Limits.NONE, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labels can be smoothed for cross-entropy and binary-cross-entropy, not for " + name);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void limitsOutOfRange(double bad) {
    assertThatThrownBy(() -> new Limits(bad, 0, 0)).hasMessageContaining("largest gradient");
    assertThatThrownBy(() -> new Limits(0, bad, 0)).hasMessageContaining("norm of the gradient");
    assertThatThrownBy(() -> new Limits(0, 0, bad)).hasMessageContaining("weights of a neuron");
  }

  /** Sums in double precision: large and small squares together. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 67})
  void squares(int count) {
    try (Compute compute = new Compute(1)) {
      Floats values = new Floats(count + 2L);
      double expected = 0;
      for (int i = 0; i < count + 2; i++) {
        values.set(i, i % 3 == 0 ? 1e3f : 1e-3f * i);
        expected += i >= 1 && i <= count ? (double) values.get(i) * values.get(i) : 0;
      }
      assertThat(compute.kernels().descent().squares(values, 1, count + 1L))
          .isCloseTo(expected, within(1e-12 * (1 + expected)));
    }
  }
}
