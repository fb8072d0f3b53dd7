package dev.rewire.saliency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.BatchNorm;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronLayers;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.neuron.NeuronWork;
import dev.rewire.random.RandomStreams;
import dev.rewire.testing.ChildJvm;
import dev.rewire.topology.Connectivity;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen at the start is what a dense network in arrays would choose. */
class InitialPruningTest {
  private static final int CLASSES = 3;
  private static final int FEATURES = 14;
  private static final long ALL = Long.MAX_VALUE;

  private static NetworkBuilder builder(double density, boolean denseOutput) {
    return new NetworkBuilder(FEATURES, InMemoryDataset.numbered(CLASSES))
        .hidden(21, 13)
        .density(new DensityAllocation.Uniform(density))
        .denseOutput(denseOutput)
        .seed(77);
  }

  private static int wanted(NetworkBuilder builder, int taking) {
    return IntStream.range(0, taking)
        .map(l -> (int) Math.round(builder.probabilities()[l] * builder.shapes().get(l).cells()))
        .sum();
  }

  @ParameterizedTest(name = "density {0}, complete output {1}, {2} samples, {3}")
  @CsvSource({
    "0.1, true, 30, relu",
    "0.3, false, 100, relu",
    "0.03, false, 7, tanh",
    "0.5, true, 64, silu",
    "0.2, false, 128, all-relu",
  })
  void snip(double density, boolean denseOutput, int count, String function) {
    Activation activation = Activation.of(function);
    NetworkBuilder builder = builder(density, denseOutput).activation(activation);
    int taking = denseOutput ? 2 : 3;
    int wanted = wanted(builder, taking);
    float[][] samples = Chosen.samples(count, FEATURES, 3);
    int[] labels = Chosen.labels(count, CLASSES);
    InMemoryDataset data = InMemoryDataset.of("any", samples, labels);

    InitialPruning.Outcome outcome = Chosen.apply(Start.SNIP, ALL, 2, builder, data);

    assertThat(outcome.sampled()).isFalse();
    assertThat(outcome.connections()).isEqualTo(wanted);
    Network network = builder.build();
    long[] cells = Chosen.cells(network, taking);
    assertThat(cells).hasSize(wanted);
    if (outcome.reconnected() == 0 && !function.equals("all-relu")) {
      DenseOracle oracle = new DenseOracle(builder, activation, null, false);
      double[] products = oracle.products(oracle.gradient(samples, labels, 1), taking);
      Chosen.areTheHighest(cells, Arrays.stream(products).map(Math::abs).toArray());
    }
    if (denseOutput) {
      assertThat(network.layers().getLast().topology().density()).isEqualTo(1);
    }
    checkWeights(network, builder);
  }

  /** The weights that were scored are those that training begins with. */
  private static void checkWeights(Network network, NetworkBuilder builder) {
    for (SparseLayer layer : network.layers()) {
      ImplicitLayer implicit =
          ImplicitLayer.of(
              layer.inputs(),
              layer.outputs(),
              layer.initializer(),
              new RandomStreams(builder.seed()),
              layer.index());
      Topology topology = layer.topology();
      for (int j = 0; j < topology.outputs(); j++) {
        assertThat(layer.bias().get(j)).isEqualTo(implicit.bias(j));
        for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
          long cell = (long) j * topology.inputs() + topology.column().get(e);
          assertThat(layer.weight().get(e)).isEqualTo(implicit.weight(cell)).isNotZero();
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}, density {1}, complete output {2}")
  @CsvSource({
    "relu, 0.1, true",
    "relu, 0.3, false",
    "leaky-relu:0.1, 0.2, false",
    "tanh, 0.2, false",
    "tanh, 0.8, true",
    "sigmoid, 0.2, true",
    "softplus, 0.3, false",
    "silu, 0.2, false",
    "gelu, 0.2, true",
    "elu, 0.6, false",
  })
  void grasp(String function, double density, boolean denseOutput) {
    Activation activation = Activation.of(function);
    Initializer drawn = new Initializer.TorchLinear();
    NetworkBuilder builder =
        builder(density, denseOutput).activation(activation).initializer(drawn);
    int taking = denseOutput ? 2 : 3;
    int count = CLASSES * Grasp.SAMPLES;
    float[][] samples = Chosen.samples(count, FEATURES, 4);
    int[] labels = Chosen.labels(count, CLASSES);

    InitialPruning.Outcome outcome =
        Chosen.apply(Start.GRASP, ALL, 2, builder, InMemoryDataset.of("any", samples, labels));

    assertThat(outcome.reconnected()).isZero();
    DenseOracle oracle = new DenseOracle(builder, activation, drawn, false);
    double[][][] gradient = oracle.gradient(samples, labels, Grasp.TEMPERATURE);
    double[][][] product = oracle.hessianTimes(gradient, samples, labels, Grasp.TEMPERATURE);
    Chosen.areTheHighest(Chosen.cells(builder.build(), taking), oracle.products(product, taking));
  }

  @ParameterizedTest
  @EnumSource(names = {"SNIP", "GRASP", "SYNFLOW"})
  void aNetworkThatIsTooLargeIsSampledFirst(Start start) {
    InMemoryDataset data = Chosen.data(30, FEATURES, CLASSES, 5);
    NetworkBuilder sampled = builder(0.04, false);
    int wanted = wanted(sampled, 3);
    InitialPruning.Outcome outcome = Chosen.apply(start, 100, 2, sampled, data);
    assertThat(outcome.sampled()).isTrue();
    assertThat(outcome.connections()).isEqualTo(wanted);
    assertThat(outcome.cells()).isBetween(10L * wanted - 20, 10L * wanted + 20);
    Network network = sampled.build();
    assertThat(network.connections()).isEqualTo(wanted);

    // of a tenth of all cells and more, ten times as many are all there are
    NetworkBuilder few = builder(0.1, false).initializer(new Initializer.GlorotUniform());
    NetworkBuilder all = builder(0.1, false).initializer(new Initializer.GlorotUniform());
    Chosen.apply(start, 100, 2, few, data);
    Chosen.apply(start, ALL, 2, all, data);
    assertThat(Chosen.cells(few.build(), 3)).isEqualTo(Chosen.cells(all.build(), 3));
  }

  @ParameterizedTest
  @EnumSource(names = {"SNIP", "GRASP", "SYNFLOW"})
  void theSameBitsOnAnyNumberOfThreads(Start start) {
    InMemoryDataset data = Chosen.data(200, 70, CLASSES, 6);
    for (long most : new long[] {ALL, 100}) {
      List<String> prints = new ArrayList<>();
      for (int threads = 1; threads <= 3; threads++) {
        NetworkBuilder builder = NetworkBuilder.forData(data).hidden(150, 90).epsilon(2).seed(9);
        Chosen.apply(start, most, threads, builder, data);
        prints.add(Fingerprint.of(builder.build()));
      }
      assertThat(prints.stream().distinct()).hasSize(1);
    }
  }

  @Test
  void anotherSeedChoosesOthers() {
    InMemoryDataset data = Chosen.data(300, FEATURES, CLASSES, 6);
    NetworkBuilder one = builder(0.1, true);
    NetworkBuilder other = builder(0.1, true).seed(78);
    Chosen.apply(Start.SNIP, ALL, 2, one, data);
    Chosen.apply(Start.SNIP, ALL, 2, other, data);
    assertThat(Chosen.cells(one.build(), 2)).isNotEqualTo(Chosen.cells(other.build(), 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"SNIP", "GRASP"})
  void sparseSamplesAreThoseSamples(Start start) {
    float[][] samples = Chosen.samples(29, FEATURES, 8);
    int[] labels = Chosen.labels(29, CLASSES);
    int values = 0;
    long[] rowStart = new long[30];
    int[] feature = new int[29 * FEATURES];
    float[] value = new float[29 * FEATURES];
    for (int s = 0; s < 29; s++) {
      for (int f = 0; f < FEATURES; f++) {
        if (samples[s][f] != 0) {
          feature[values] = f;
          value[values++] = samples[s][f];
        }
      }
      rowStart[s + 1] = values;
    }
    SparseInMemoryDataset sparse =
        new SparseInMemoryDataset(
            "sparse",
            FEATURES,
            rowStart,
            Ints.of(Arrays.copyOf(feature, values)),
            Floats.of(Arrays.copyOf(value, values)),
            labels,
            InMemoryDataset.numbered(CLASSES));
    for (long most : new long[] {ALL, 100}) {
      NetworkBuilder one = builder(0.07, false);
      NetworkBuilder other = builder(0.07, false);
      Chosen.apply(start, most, 2, one, InMemoryDataset.of("dense", samples, labels));
      Chosen.apply(start, most, 2, other, sparse);
      assertThat(Chosen.cells(other.build(), 3)).isEqualTo(Chosen.cells(one.build(), 3));
    }
  }

  /** One class that nearly nothing speaks for: whole layers are worth nothing. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noLayerIsCutOff(long seed) {
    InMemoryDataset data = Chosen.data(20, 40, 2, seed);
    int reconnected = 0;
    for (Start start : List.of(Start.SNIP, Start.GRASP, Start.SYNFLOW)) {
      NetworkBuilder builder =
          NetworkBuilder.forData(data)
              .hidden(60, 50, 40, 30)
              .density(new DensityAllocation.Uniform(0.001))
              .denseOutput(false)
              .seed(seed);
      int wanted = wanted(builder, 5);
      InitialPruning.Outcome outcome = Chosen.apply(start, ALL, 2, builder, data);
      Network network = builder.build();
      List<Topology> topologies = network.topologies();
      assertThat(new Connectivity(topologies).cutOff()).isEqualTo(-1);
      assertThat(network.connections()).isEqualTo(wanted);
      assertThat(outcome.reconnected()).isLessThanOrEqualTo(wanted);
      reconnected += start == Start.SNIP ? outcome.reconnected() : 0;
    }
    assertThat(reconnected).isPositive();
  }

  @Test
  void normalisedNetworksCanBePrunedByTheirLoss() {
    InMemoryDataset data = Chosen.data(60, FEATURES, CLASSES, 6);
    NetworkBuilder builder = builder(0.2, true).neuronLayers(List.of(BatchNorm.DEFAULT));
    Chosen.apply(Start.SNIP, ALL, 2, builder, data);
    assertThat(Chosen.cells(builder.build(), 2)).hasSize(wanted(builder(0.2, true), 2));
    Chosen.apply(Start.SYNFLOW, ALL, 1, builder.topologies(List.of()), data);
    assertThat(Chosen.cells(builder.build(), 2)).hasSize(wanted(builder(0.2, true), 2));
  }

  /** Curves of neuron layers come into the Hessian; a smooth function follows, or none. */
  @ParameterizedTest(name = "{0}, {1}, density {2}, complete output {3}")
  @CsvSource({
    "batch-norm, relu, 0.1, true",
    "batch-norm, tanh, 0.3, false",
    "layer-norm+affine, relu, 0.2, true",
    "layer-norm, gelu, 0.6, false",
    "srelu, identity, 0.2, true",
    "k-winners:0.3, identity, 0.3, false",
    "batch-norm+srelu, identity, 0.2, false",
    "layer-norm+batch-norm, sigmoid, 0.3, false",
  })
  void graspLooksThroughNeuronLayers(
      String names, String function, double density, boolean denseOutput) {
    Activation activation = Activation.of(function);
    Initializer drawn = new Initializer.TorchLinear();
    NetworkBuilder builder =
        builder(density, denseOutput)
            .activation(activation)
            .initializer(drawn)
            .neuronLayers(Arrays.stream(names.split("\\+")).map(NeuronLayers::of).toList());
    int taking = denseOutput ? 2 : 3;
    int count = CLASSES * Grasp.SAMPLES;
    float[][] samples = Chosen.samples(count, FEATURES, 4);
    int[] labels = Chosen.labels(count, CLASSES);
    DenseOracle oracle = new DenseOracle(builder, activation, drawn, false);
    double[][][] gradient = oracle.gradient(samples, labels, Grasp.TEMPERATURE);
    double[][][] product = oracle.hessianTimes(gradient, samples, labels, Grasp.TEMPERATURE);
    InMemoryDataset data = InMemoryDataset.of("any", samples, labels);
    Chosen.apply(Start.GRASP, ALL, 2, builder, data);
    long[] cells = Chosen.cells(builder.build(), taking);
    Chosen.areTheHighest(cells, oracle.products(product, taking));
    Chosen.apply(Start.GRASP, ALL, 1, builder.topologies(List.of()), data);
    assertThat(Chosen.cells(builder.build(), taking)).isEqualTo(cells);
  }

  @Test
  void graspRefusesNeuronLayersThatItDoesNotKnow() {
    NeuronLayer stranger =
        new NeuronLayer.PerNeuron() {
          @Override
          public String id() {
            return "stranger";
          }

          @Override
          public int kept() {
            return 0;
          }

          @Override
          public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
            throw new AssertionError("it is not asked");
          }
        };
    assertThatThrownBy(() -> NeuronCurve.check(stranger))
        .hasMessageContaining("no second derivative of stranger", "snip or synflow");
  }

  @Test
  void whatCannotBeChosenIsRefused() {
    InMemoryDataset data = Chosen.data(20, FEATURES, CLASSES, 6);
    assertThatThrownBy(() ->
            Chosen.apply(
                Start.GRASP, ALL, 1, builder(0.2, true).loss(new Loss.MeanSquaredError()), data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs cross-entropy");
    assertThatThrownBy(() ->
            Chosen.apply(
                Start.GRASP,
                ALL,
                1,
                builder(0.2, true).activation(new Activation.ScipySigmoid()),
                data))
        .hasMessageContaining("use sigmoid");
    assertThatThrownBy(() ->
            Chosen.apply(
                Start.SNIP,
                ALL,
                1,
                new NetworkBuilder(FEATURES, InMemoryDataset.numbered(3)),
                data))
        .hasMessageContaining("nothing for snip to choose");
    assertThatThrownBy(
            () -> Chosen.apply(Start.SNIP, ALL, 1, builder(0.2, true), Chosen.data(9, 5, 3, 1)))
        .hasMessageContaining("5 features");
    assertThatThrownBy(() -> Chosen.apply(Start.SYNFLOW, ALL, 1, builder(1e-9, true), data))
        .hasMessageContaining("not 0");
    try (Compute compute = new Compute(1)) {
      assertThatThrownBy(() -> new InitialPruning(Start.RANDOM, 1, compute, share -> {}))
          .hasMessageContaining("random");
      assertThatThrownBy(() -> new InitialPruning(Start.SNIP, -1, compute, share -> {}))
          .hasMessageContaining("-1");
    }
  }

  @Test
  void progressRisesToItsEnd() {
    for (Start start : List.of(Start.SNIP, Start.GRASP, Start.SYNFLOW)) {
      List<Double> shares = new ArrayList<>();
      try (Compute compute = new Compute(2)) {
        new InitialPruning(start, ALL, compute, shares::add)
            .apply(builder(0.2, false), Chosen.data(20, FEATURES, CLASSES, 6));
      }
      assertThat(shares).isSorted().contains(1.0).hasSizeGreaterThan(5);
    }
  }

  /** 8000 x 8000 weights are 256 MB: more than the heap has room for, and six times the rest. */
  @Test
  void aWideLayerNeedsLittleMemory() {
    ChildJvm.Output output =
        ChildJvm.run(
            WideLayer.class,
            List.of("--add-modules=jdk.incubator.vector", "-XX:MaxDirectMemorySize=40m"));
    assertThat(output.exitCode()).as(output.errors()).isZero();
    assertThat(output.lines()).containsExactly("64000 of 64000000");
  }

  /** Prunes a network that does not fit into memory. */
  static final class WideLayer {
    private WideLayer() {}

    /**
     * Prunes it by its loss.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
      InMemoryDataset data = Chosen.data(20, 8000, 2, 1);
      NetworkBuilder builder =
          NetworkBuilder.forData(data).hidden(8000).density(new DensityAllocation.Uniform(0.001));
      InitialPruning.Outcome outcome = Chosen.apply(Start.SNIP, ALL, 2, builder, data);
      System.out.println(
          builder.build().layers().getFirst().topology().connections() + " of " + outcome.cells());
    }
  }
}
