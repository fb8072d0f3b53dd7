package dev.rewire.network;

import dev.rewire.choice.PerLayer;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.TargetScale;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Connectivity;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Sampler;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a new network, each with a default that works: ε = 20, ReLU, a dense output
 * layer, He's initial weights for the fan-in that each neuron really has, softmax and
 * cross-entropy.
 */
public final class NetworkBuilder {
  /** ε of the published MLPs. */
  public static final double DEFAULT_EPSILON = 20;

  private final int inputs;
  private final List<String> classNames;
  private Head head = Head.CLASSES;
  private TargetScale targetScale = TargetScale.NONE;
  private int[] hidden = {};
  private DensityAllocation density = new DensityAllocation.Epsilon(DEFAULT_EPSILON);
  private PerLayer<Double> densityOf = PerLayer.none();
  private Sampler sampler = Sampler.EXACT;
  private boolean denseOutput = true;
  private List<NeuronLayer> neuronLayers = List.of();
  private Activation activation = new Activation.Relu();
  private Activation outputActivation = new Activation.Identity();
  private Dropout dropout = Dropout.NONE;
  private @Nullable Initializer initializer;
  private @Nullable Initializer outputInitializer;
  private Loss loss = new Loss.SoftmaxCrossEntropy();
  private Scaling scaling = Scaling.none();
  private @Nullable ImageShape image;
  private List<String> featureNames = List.of();
  private List<Topology> topologies = List.of();
  private @Nullable Network start;
  private List<Floats> weights = List.of();
  private List<Floats> biases = List.of();
  private long seed;
  private IntConsumer reconnection = layer -> {};

  /**
   * Begins a network.
   *
   * @param inputs features of a sample, 1 or more
   * @param classNames one name an output
   */
  public NetworkBuilder(int inputs, List<String> classNames) {
    if (inputs < 1 || classNames.isEmpty()) {
      throw new IllegalArgumentException(
          "a network needs 1 input and 1 class or more: " + inputs + ", " + classNames.size());
    }
    this.inputs = inputs;
    this.classNames = List.copyOf(classNames);
  }

  /**
   * Begins a network for a data set: its features, its classes or other targets with the loss that
   * is usual for them, its picture shape, and raw values scaled to at most 1, feature by feature if
   * the samples are sparse.
   *
   * @param training the samples it will be trained on
   * @return a builder
   */
  public static NetworkBuilder forData(LoadedDataset training) {
    return new NetworkBuilder(training.features(), training.classNames())
        .head(training.head(), TargetScale.fit(training.targets()))
        .loss(lossFor(training.head()))
        .scaling(
            (training instanceof SparseInMemoryDataset
                    ? Scaling.maxAbs(training)
                    : Scaling.unit(training))
                .withSubstitutes(training.substitutes()))
        .image(training.image())
        .featureNames(training.featureNames());
  }

  /**
   * Returns the loss that is usual for what is predicted.
   *
   * @param head classes, labels or numbers
   * @return softmax and cross-entropy, sigmoid and cross-entropy, or mean squared error
   */
  public static Loss lossFor(Head head) {
    return switch (head) {
      case CLASSES -> new Loss.SoftmaxCrossEntropy();
      case BINARY, MULTI_LABEL -> new Loss.BinaryCrossEntropy();
      case REGRESSION -> new Loss.MeanSquaredError();
    };
  }

  /**
   * Sets what is predicted, if it is not one of several classes.
   *
   * @param head classes, labels or numbers; the names of the constructor are theirs
   * @param scale how numbers to predict are scaled, {@link TargetScale#NONE} for others
   * @return this
   */
  public NetworkBuilder head(Head head, TargetScale scale) {
    this.head = head;
    this.targetScale = scale;
    return this;
  }

  /**
   * Sets the hidden layers.
   *
   * @param widths neurons of each, 1 or more; none for a network without hidden layers
   * @return this
   */
  public NetworkBuilder hidden(int... widths) {
    for (int width : widths) {
      if (width < 1) {
        throw new IllegalArgumentException("a hidden layer needs 1 neuron or more: " + width);
      }
    }
    hidden = widths.clone();
    return this;
  }

  /**
   * Sets ε of the Erdős–Rényi graphs.
   *
   * @param epsilon above 0; a layer has {@code epsilon * (inputs + outputs)} connections
   * @return this
   */
  public NetworkBuilder epsilon(double epsilon) {
    return density(new DensityAllocation.Epsilon(epsilon));
  }

  /**
   * Sets how dense each layer is.
   *
   * @param density by ε, uniform, or by an overall density
   * @return this
   */
  public NetworkBuilder density(DensityAllocation density) {
    this.density = density;
    return this;
  }

  /**
   * Sets how dense some layers are; the allocation is then that of the other ones, among
   * themselves.
   *
   * @param densityOf shares of the possible connections, above 0 and at most 1; none by default
   * @return this
   */
  public NetworkBuilder densityOf(PerLayer<Double> densityOf) {
    for (PerLayer.Entry<Double> entry : densityOf.entries()) {
      if (!(entry.value() > 0 && entry.value() <= 1)) {
        throw new IllegalArgumentException(
            "density of %s must be above 0 and at most 1: %s"
                .formatted(entry.where().text(), entry.value()));
      }
    }
    this.densityOf = densityOf;
    return this;
  }

  /**
   * Sets how the graphs are drawn.
   *
   * @param sampler exact by default
   * @return this
   */
  public NetworkBuilder sampler(Sampler sampler) {
    this.sampler = sampler;
    return this;
  }

  /**
   * Gives the connections, so that none are drawn: only weights are.
   *
   * @param topologies one a layer, copied when the network is built; none to draw them
   * @return this
   */
  public NetworkBuilder topologies(List<Topology> topologies) {
    this.topologies = List.copyOf(topologies);
    weights = List.of();
    biases = List.of();
    return this;
  }

  /**
   * Gives the whole beginning: connections, weights, biases, activations and what neurons have
   * learned, the scaling of features and of numbers to predict. Nothing is drawn then; dropout,
   * initializers of later connections, names and the loss are those of this builder, steps begin at
   * 0, and what an optimizer remembered is forgotten.
   *
   * @param start a network of the same shapes, copied when the network is built
   * @return this
   */
  public NetworkBuilder start(Network start) {
    this.start = start;
    return topologies(start.topologies());
  }

  /**
   * Gives the first values of parameters, too, after {@link #topologies}: they are not drawn.
   *
   * @param weights one block a layer, one number a connection, copied when the network is built;
   *     none to draw them
   * @param biases one block a layer, one number an output neuron, or none
   * @return this
   */
  public NetworkBuilder parameters(List<Floats> weights, List<Floats> biases) {
    this.weights = List.copyOf(weights);
    this.biases = List.copyOf(biases);
    return this;
  }

  /**
   * Says whether the output layer is complete.
   *
   * @return false if it is drawn as the other layers are
   */
  public boolean denseOutput() {
    return denseOutput;
  }

  /**
   * Returns how the graphs are drawn.
   *
   * @return the sampler
   */
  public Sampler sampler() {
    return sampler;
  }

  /**
   * Returns the seed of all random numbers.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * Sets whether the output layer is complete.
   *
   * @param denseOutput true by default; else it is drawn as the other layers are
   * @return this
   */
  public NetworkBuilder denseOutput(boolean denseOutput) {
    this.denseOutput = denseOutput;
    return this;
  }

  /**
   * Sets what lies between the weighted sums of hidden layers and their activation.
   *
   * @param neuronLayers in their order; none by default
   * @return this
   */
  public NetworkBuilder neuronLayers(List<NeuronLayer> neuronLayers) {
    this.neuronLayers = List.copyOf(neuronLayers);
    return this;
  }

  /**
   * Returns what lies between the weighted sums of hidden layers and their activation.
   *
   * @return in their order
   */
  public List<NeuronLayer> neuronLayers() {
    return neuronLayers;
  }

  /**
   * Sets the activation of hidden layers.
   *
   * @param activation ReLU by default
   * @return this
   */
  public NetworkBuilder activation(Activation activation) {
    this.activation = activation;
    return this;
  }

  /**
   * Sets the activation of the output layer.
   *
   * @param outputActivation identity by default, as a cross-entropy wants it
   * @return this
   */
  public NetworkBuilder outputActivation(Activation outputActivation) {
    this.outputActivation = outputActivation;
    return this;
  }

  /**
   * Sets the dropout of hidden layers.
   *
   * @param dropout none by default
   * @return this
   */
  public NetworkBuilder dropout(Dropout dropout) {
    this.dropout = dropout;
    return this;
  }

  /**
   * Sets where weights begin.
   *
   * @param initializer for all layers; by default He's with the actual fan-in
   * @return this
   */
  public NetworkBuilder initializer(Initializer initializer) {
    this.initializer = initializer;
    return this;
  }

  /**
   * Sets where the weights of the output layer begin.
   *
   * @param outputInitializer by default as in the other layers
   * @return this
   */
  public NetworkBuilder outputInitializer(Initializer outputInitializer) {
    this.outputInitializer = outputInitializer;
    return this;
  }

  /**
   * Sets what training minimises.
   *
   * @param loss softmax cross-entropy by default
   * @return this
   */
  public NetworkBuilder loss(Loss loss) {
    this.loss = loss;
    return this;
  }

  /**
   * Sets what is done to raw features.
   *
   * @param scaling none by default
   * @return this
   */
  public NetworkBuilder scaling(Scaling scaling) {
    this.scaling = scaling;
    return this;
  }

  /**
   * Sets how the inputs lie in a picture.
   *
   * @param image the shape, or null for data that is no image
   * @return this
   */
  public NetworkBuilder image(@Nullable ImageShape image) {
    this.image = image;
    return this;
  }

  /**
   * Names the inputs, so that other features can be refused.
   *
   * @param featureNames one name an input, or none at all
   * @return this
   */
  public NetworkBuilder featureNames(List<String> featureNames) {
    this.featureNames = List.copyOf(featureNames);
    return this;
  }

  /**
   * Sets the seed of all random numbers.
   *
   * @param seed any number
   * @return this
   */
  public NetworkBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Sets who hears of layers that chance would have cut off from the inputs: {@link #build} gives
   * each of them one connection more, so that there is a way to the outputs.
   *
   * @param told number of the layer
   * @return this
   */
  public NetworkBuilder onReconnection(IntConsumer told) {
    reconnection = told;
    return this;
  }

  /**
   * Returns the layers that {@link #build} will make.
   *
   * @return the shapes, from the input on
   */
  public List<LayerShape> shapes() {
    List<LayerShape> shapes = new ArrayList<>();
    int before = inputs;
    for (int width : hidden) {
      shapes.add(new LayerShape(before, width));
      before = width;
    }
    shapes.add(new LayerShape(before, head.outputs(classNames.size())));
    return shapes;
  }

  /**
   * Returns the probability of a cell in each layer.
   *
   * @return one number a layer; 1 or more for a complete one
   */
  public double[] probabilities() {
    if (!topologies.isEmpty()) {
      return topologies.stream().mapToDouble(Topology::density).toArray();
    }
    List<LayerShape> shapes = shapes();
    double[] probabilities = new double[shapes.size()];
    List<LayerShape> rest = new ArrayList<>();
    densityOf.requireLayers(shapes.size());
    for (int l = 0; l < probabilities.length; l++) {
      Double own = densityOf.of(l, probabilities.length);
      probabilities[l] = complete(l) ? 1 : own == null ? 0 : own;
      if (probabilities[l] == 0) {
        rest.add(shapes.get(l));
      }
    }
    double[] allocated = density.probabilities(rest);
    int next = 0;
    for (int l = 0; l < probabilities.length; l++) {
      probabilities[l] = probabilities[l] == 0 ? allocated[next++] : probabilities[l];
    }
    return probabilities;
  }

  /** Whether a layer is complete whatever the allocation and the sampler say. */
  private boolean complete(int layer) {
    Double own = densityOf.of(layer, hidden.length + 1);
    return own == null ? denseOutput && layer == hidden.length : own == 1;
  }

  /**
   * Returns the activation of hidden layers.
   *
   * @return as it was given, not that of a single layer
   */
  public Activation activation() {
    return activation;
  }

  /**
   * Returns the dropout of hidden layers.
   *
   * @return rate 0 if there is none
   */
  public Dropout dropout() {
    return dropout;
  }

  /**
   * Draws the network.
   *
   * @return a new network, the same for the same seed
   */
  public Network build() {
    try (WorkerTeam team = new WorkerTeam(Compute.defaultThreads())) {
      Network before = start;
      if (before != null) {
        Outputs same = new Outputs(head, classNames, before.meaning().scale());
        return new Network(layersOf(before), loss, before.scaling(), same, image, 0, featureNames);
      }
      Outputs meaning = new Outputs(head, classNames, targetScale);
      return new Network(layers(team), loss, scaling, meaning, image, 0, featureNames);
    }
  }

  private List<SparseLayer> layers(WorkerTeam team) {
    RandomStreams streams = new RandomStreams(seed);
    List<LayerShape> shapes = shapes();
    checkGiven(shapes);
    List<Topology> connections =
        topologies.isEmpty()
            ? drawn(shapes, streams, team)
            : topologies.stream().map(Topology::copy).toList();
    List<SparseLayer> layers = new ArrayList<>();
    for (int l = 0; l < shapes.size(); l++) {
      boolean output = l == shapes.size() - 1;
      Activation function = output ? outputActivation : activation.forHidden(l);
      layers.add(
          SparseLayer.initialized(
              l,
              connections.get(l),
              output ? List.of() : neuronLayers,
              function,
              output ? Dropout.NONE : dropout,
              initializerOf(output, function),
              streams,
              team));
    }
    if (!weights.isEmpty()) {
      layers.forEach(layer -> begin(layer, weights.get(layer.index()), layer.weight()));
      layers.forEach(layer -> begin(layer, biases.get(layer.index()), layer.bias()));
    }
    return layers;
  }

  private List<SparseLayer> layersOf(Network before) {
    checkGiven(shapes());
    List<SparseLayer> layers = new ArrayList<>();
    for (SparseLayer layer : before.layers()) {
      boolean output = layer.index() == before.layers().size() - 1;
      layers.add(
          new SparseLayer(
              layer.index(),
              layer.topology().copy(),
              layer.weight().duplicate(),
              layer.bias().duplicate(),
              layer.neurons().stream().map(NeuronNumbers::copy).toList(),
              layer.activation(),
              output ? Dropout.NONE : dropout,
              initializerOf(output, layer.activation())));
    }
    return layers;
  }

  private static void begin(SparseLayer layer, Floats given, Floats parameters) {
    if (given.length() != parameters.length()) {
      throw new IllegalArgumentException(
          "layer %d has %d parameters of a kind, %d values are given for them"
              .formatted(layer.index(), parameters.length(), given.length()));
    }
    parameters.copy(given, 0, 0, given.length());
  }

  /** Where chance leaves no way from the inputs to the outputs, a connection more makes one. */
  private List<Topology> drawn(List<LayerShape> shapes, RandomStreams streams, WorkerTeam team) {
    double[] probabilities = probabilities();
    List<Topology> drawn = new ArrayList<>();
    for (int l = 0; l < probabilities.length; l++) {
      int inputs = shapes.get(l).inputs();
      int outputs = shapes.get(l).outputs();
      drawn.add(
          complete(l)
              ? Topology.complete(inputs, outputs)
              : sampler.draw(
                  inputs, outputs, probabilities[l], streams.stream(Purpose.TOPOLOGY, l, 0), team));
    }
    List<Topology> connected = Connectivity.connected(drawn, team);
    for (int l = 0; l < probabilities.length; l++) {
      if (connected.get(l) != drawn.get(l)) {
        reconnection.accept(l);
      }
    }
    return connected;
  }

  private void checkGiven(List<LayerShape> shapes) {
    List<LayerShape> given =
        topologies.stream().map(one -> new LayerShape(one.inputs(), one.outputs())).toList();
    if (!given.isEmpty() && !given.equals(shapes)) {
      throw new IllegalArgumentException(
          "the given topologies are of layers %s, the network has %s".formatted(given, shapes));
    }
  }

  private Initializer initializerOf(boolean output, Activation function) {
    Initializer chosen = output && outputInitializer != null ? outputInitializer : initializer;
    if (chosen != null) {
      return chosen;
    }
    double gain = function.gain();
    for (NeuronLayer layer : output ? List.<NeuronLayer>of() : neuronLayers) {
      gain *= layer.gain();
    }
    return new Initializer.SparseHe(gain);
  }
}
