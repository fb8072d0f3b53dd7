package dev.rewire.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.DoubleNetwork;
import dev.rewire.testing.GradientRecorder;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of all parameters against central finite differences of the network's twin in
 * double precision.
 */
class GradientTest {
  private static final double H = 1e-6;

  /** Relative to the largest gradient: a dozen roundings of single precision. Found: 3e-7. */
  private static final double TOLERANCE = 1e-6;

  private static final List<String> HIDDEN =
      List.of(
          "relu",
          "leaky-relu",
          "sigmoid",
          "tanh",
          "identity",
          "elu",
          "softplus",
          "silu",
          "gelu",
          "hard-tanh",
          "all-relu:-0.6");

  static Stream<Arguments> activationsAndLosses() {
    List<Arguments> cases = new ArrayList<>();
    for (String hidden : HIDDEN) {
      for (String loss : List.of("cross-entropy", "binary-cross-entropy", "mse")) {
        for (double dropout : new double[] {0, 0.4}) {
          cases.add(Arguments.of(hidden, "identity", loss, dropout));
        }
      }
    }
    for (String loss : List.of("mae", "huber", "hinge", "multi-margin")) {
      cases.add(Arguments.of("tanh", "identity", loss, 0.4));
      cases.add(Arguments.of("relu", "tanh", loss, 0));
    }
    for (String output : List.of("relu", "leaky-relu", "sigmoid", "tanh")) {
      cases.add(Arguments.of("tanh", output, "mse", 0.4));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, dropout {3}")
  @MethodSource("activationsAndLosses")
  void everyParameter(String hidden, String output, String loss, double dropout) {
    Network network = network(hidden, output, loss, dropout);
    GradientRecorder recorder = new GradientRecorder();
    double found = step(network, recorder);
    Objective objective = new Objective(network, 0, 0, 0);
    assertThat(found / 5).isCloseTo(objective.value(), within(TOLERANCE * Math.max(1, found / 5)));
    assertThat(objective.twin.nearestToKink()).isGreaterThan(5e-5);
    check(network, objective, recorder::of, recorder::of);
  }

  @ParameterizedTest(name = "l2 {0}, on biases {1}, l1 {2}")
  @CsvSource({"0.3, true, 0", "0.3, false, 0", "0, true, 0.2", "0.3, true, 0.2"})
  void penalties(double l2, boolean biases, double l1) {
    Network network = network("tanh", "identity", "cross-entropy", 0);
    Objective objective = new Objective(network, l2, biases ? l2 : 0, l1);
    List<Floats> before = new ArrayList<>();
    network.layers().forEach(layer -> before.add(layer.weight().duplicate()));
    network.layers().forEach(layer -> before.add(layer.bias().duplicate()));
    // With rate 1 a step is the gradient.
    step(
        network,
        Sgd.rate(1).weightDecay(new WeightDecay(WeightDecay.Kind.COUPLED, l2, biases)).l1(l1));
    check(
        network,
        objective,
        weight -> difference(before.get(indexOf(network, weight)), weight),
        bias -> difference(before.get(3 + indexOf(network, bias)), bias));
  }

  private static int indexOf(Network network, Floats parameters) {
    for (SparseLayer layer : network.layers()) {
      if (layer.weight() == parameters || layer.bias() == parameters) {
        return layer.index();
      }
    }
    throw new IllegalArgumentException();
  }

  private static float[] difference(Floats before, Floats after) {
    float[] difference = new float[(int) before.length()];
    for (int i = 0; i < difference.length; i++) {
      difference[i] = before.get(i) - after.get(i);
    }
    return difference;
  }

  private interface Gradients {
    float[] of(Floats parameters);
  }

  private static void check(
      Network network, Objective objective, Gradients weights, Gradients biases) {
    List<double[]> pairs = new ArrayList<>();
    for (int l = 0; l < network.layers().size(); l++) {
      SparseLayer layer = network.layers().get(l);
      Topology topology = layer.topology();
      float[] found = weights.of(layer.weight());
      float[] foundBias = biases.of(layer.bias());
      for (int j = 0; j < layer.outputs(); j++) {
        for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1); e++) {
          double slope = objective.slope(objective.twin.weights[l][j], topology.column().get(e));
          pairs.add(new double[] {found[e], slope});
        }
        pairs.add(new double[] {foundBias[j], objective.slope(objective.twin.biases[l], j)});
      }
    }
    double largest = pairs.stream().mapToDouble(pair -> Math.abs(pair[1])).max().orElseThrow();
    assertThat(largest).isGreaterThan(0.01);
    for (double[] pair : pairs) {
      assertThat(pair[0]).isCloseTo(pair[1], within(TOLERANCE * largest));
    }
  }

  private static double step(Network network, Optimizer optimizer) {
    try (Compute compute = new Compute(2)) {
      network.layers().forEach(layer -> layer.prepare(optimizer));
      return new NetworkPass(network, compute, 5, true)
          .train(DATA, new int[] {4, 2, 0, 1, 3}, 0, 5, optimizer, new RandomStreams(SEED));
    }
  }

  private static final long SEED = 11;

  private static final InMemoryDataset DATA =
      InMemoryDataset.of(
          "five",
          new float[][] {
            {0.3f, -1.2f, 0.7f, 0.1f, 0.5f, -0.4f},
            {-0.8f, 0.6f, 0.2f, 1.1f, -0.3f, 0.9f},
            {1.4f, 0.4f, -0.9f, -0.6f, 0.8f, 0.2f},
            {-0.1f, -0.7f, 1.3f, 0.4f, -1.5f, 0.6f},
            {0.9f, 1.0f, 0.1f, -1.1f, 0.2f, -0.5f}
          },
          new int[] {0, 2, 1, 1, 0});

  /** 6-7-5-3; the first layer has an empty row and an input that nobody reads. */
  private static Network network(String hidden, String output, String loss, double dropout) {
    Topology[] topologies = {
      Topology.ofCells(
          6, 7, new long[] {0, 2, 3, 4, 6, 14, 15, 18, 22, 30, 32, 33, 36, 38, 39, 40}),
      Topology.ofCells(7, 5, new long[] {0, 3, 6, 7, 8, 9, 10, 11, 12, 13, 15, 18, 24, 27, 29, 34}),
      Topology.complete(5, 3)
    };
    SplittableRandom random = new SplittableRandom(6);
    List<SparseLayer> layers = new ArrayList<>();
    for (int l = 0; l < 3; l++) {
      Floats weight = new Floats(topologies[l].connections());
      Floats bias = new Floats(topologies[l].outputs());
      for (int e = 0; e < weight.length(); e++) {
        weight.set(e, (float) (random.nextGaussian() * 0.7));
      }
      for (int j = 0; j < bias.length(); j++) {
        bias.set(j, (float) (random.nextGaussian() * 0.5));
      }
      layers.add(
          new SparseLayer(
              l,
              topologies[l],
              weight,
              bias,
              Activation.of(l == 2 ? output : hidden),
              l == 2 ? Dropout.NONE : Dropout.of(dropout),
              new Initializer.HeUniform()));
    }
    return new Network(layers, Loss.of(loss), Scaling.none(), InMemoryDataset.numbered(3), null, 0);
  }

  /** Mean loss of the five samples and penalties, as a function of the twin's parameters. */
  private static final class Objective {
    final DoubleNetwork twin;
    private final double[][][] masks;
    private final double l2;
    private final double biasL2;
    private final double l1;

    Objective(Network network, double l2, double biasL2, double l1) {
      twin = new DoubleNetwork(network);
      masks = DropoutMasks.of(network, new int[] {4, 2, 0, 1, 3}, new RandomStreams(SEED), 0);
      this.l2 = l2;
      this.biasL2 = biasL2;
      this.l1 = l1;
    }

    double slope(double[] parameters, int index) {
      double here = parameters[index];
      parameters[index] = here + H;
      double above = value();
      parameters[index] = here - H;
      double below = value();
      parameters[index] = here;
      return (above - below) / (2 * H);
    }

    double value() {
      double total = 0;
      for (int s = 0; s < 5; s++) {
        double[] sample = new double[6];
        for (int f = 0; f < 6; f++) {
          sample[f] = DATA.feature(s, f);
        }
        total += twin.loss(twin.outputs(sample, masks[s]), DATA.label(s)) / 5;
      }
      for (double[][] layer : twin.weights) {
        for (double[] row : layer) {
          for (double w : row) {
            total += l2 / 2 * w * w + l1 * Math.abs(w);
          }
        }
      }
      for (double[] layer : twin.biases) {
        for (double b : layer) {
          total += biasL2 / 2 * b * b;
        }
      }
      return total;
    }
  }
}
