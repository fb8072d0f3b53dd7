package dev.rewire.layer;

import dev.rewire.memory.Floats;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.neuron.NeuronNumbers;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The parameters of one layer: who is connected to whom, one weight a connection, one bias a
 * neuron, and what the optimizer remembers about each of them. A dense layer is one whose topology
 * is complete.
 *
 * <p>How it computes is in {@link LayerPass}.
 */
public final class SparseLayer {
  /** Parameters that are drawn from one stream, at least. */
  private static final int PARAMETERS = 1 << 16;

  private final int index;
  private final Activation activation;
  private final Dropout dropout;
  private final Initializer initializer;
  private final Floats bias;
  private final List<NeuronNumbers> neurons;
  private Topology topology;
  private Floats weight;
  private Floats[] weightState = {};
  private Floats[] biasState = {};
  private List<String> slots = List.of();

  // The memory of weight and weightState, at least as long.
  private Floats weightBlock;
  private Floats[] stateBlocks = {};

  /** Connections at the start: what evolution comes back to. */
  private int initialConnections;

  /**
   * Wraps parameters; nothing is copied.
   *
   * @param index number of the layer, 0 for the first one
   * @param topology who is connected to whom
   * @param weight one number a connection
   * @param bias one number an output neuron
   * @param activation what follows the weighted sum
   * @param dropout what follows the activation while training
   * @param initializer where new weights come from
   */
  public SparseLayer(
      int index,
      Topology topology,
      Floats weight,
      Floats bias,
      Activation activation,
      Dropout dropout,
      Initializer initializer) {
    this(index, topology, weight, bias, List.of(), activation, dropout, initializer);
  }

  /**
   * Wraps parameters; nothing is copied.
   *
   * @param index number of the layer, 0 for the first one
   * @param topology who is connected to whom
   * @param weight one number a connection
   * @param bias one number an output neuron
   * @param neurons neuron layers between the weighted sum and the activation, in their order
   * @param activation what follows them
   * @param dropout what follows the activation while training
   * @param initializer where new weights come from
   */
  public SparseLayer(
      int index,
      Topology topology,
      Floats weight,
      Floats bias,
      List<NeuronNumbers> neurons,
      Activation activation,
      Dropout dropout,
      Initializer initializer) {
    if (weight.length() != topology.connections() || bias.length() != topology.outputs()) {
      throw new IllegalArgumentException(
          "layer %d has %d connections and %d neurons, but %d weights and %d biases"
              .formatted(
                  index,
                  topology.connections(),
                  topology.outputs(),
                  weight.length(),
                  bias.length()));
    }
    for (NeuronNumbers numbers : neurons) {
      if (numbers.neurons() != topology.outputs()) {
        throw new IllegalArgumentException(
            "layer %d has %d neurons, its %s is for %d"
                .formatted(index, topology.outputs(), numbers.layer().id(), numbers.neurons()));
      }
    }
    this.neurons = List.copyOf(neurons);
    this.index = index;
    this.topology = topology;
    this.weight = weight;
    weightBlock = weight;
    this.bias = bias;
    this.activation = activation;
    this.dropout = dropout;
    this.initializer = initializer;
    initialConnections = topology.connections();
  }

  /**
   * Draws the parameters of a new layer.
   *
   * @param index number of the layer, 0 for the first one
   * @param topology who is connected to whom
   * @param activation what follows the weighted sum
   * @param dropout what follows the activation while training
   * @param initializer where weights and biases come from
   * @param streams random numbers of the run
   * @return the layer
   */
  public static SparseLayer initialized(
      int index,
      Topology topology,
      Activation activation,
      Dropout dropout,
      Initializer initializer,
      RandomStreams streams) {
    try (WorkerTeam alone = new WorkerTeam(1)) {
      return initialized(
          index, topology, List.of(), activation, dropout, initializer, streams, alone);
    }
  }

  /**
   * Draws the parameters of a new layer on all threads of a team: the same for any number of them.
   *
   * @param index number of the layer, 0 for the first one
   * @param topology who is connected to whom
   * @param neuronLayers between the weighted sum and the activation, in their order
   * @param activation what follows them
   * @param dropout what follows the activation while training
   * @param initializer where weights and biases come from
   * @param streams random numbers of the run
   * @param team threads to draw on
   * @return the layer
   */
  public static SparseLayer initialized(
      int index,
      Topology topology,
      List<NeuronLayer> neuronLayers,
      Activation activation,
      Dropout dropout,
      Initializer initializer,
      RandomStreams streams,
      WorkerTeam team) {
    Floats weight = new Floats(topology.connections());
    Floats bias = new Floats(topology.outputs());
    Partition rows = Partition.byConnections(topology.rowStart(), PARAMETERS);
    team.run(
        rows.parts(),
        (part, worker) -> {
          RandomGenerator random = streams.stream(Purpose.WEIGHTS, index, part);
          for (int j = rows.from(part); j < rows.to(part); j++) {
            int end = topology.rowStart().get(j + 1L);
            for (int e = topology.rowStart().get(j); e < end; e++) {
              weight.set(e, initializer.weight(topology, j, random));
            }
          }
          for (int j = rows.from(part); j < rows.to(part); j++) {
            bias.set(j, initializer.bias(topology, random));
          }
        });
    List<NeuronNumbers> neurons = new ArrayList<>();
    for (NeuronLayer layer : neuronLayers) {
      RandomGenerator random = streams.stream(Purpose.NEURONS, index, neurons.size());
      neurons.add(NeuronNumbers.initial(layer, topology.outputs(), random));
    }
    return new SparseLayer(
        index, topology, weight, bias, neurons, activation, dropout, initializer);
  }

  /**
   * Makes room for what an optimizer remembers, all zero, unless there is room already.
   *
   * @param optimizer the optimizer that will train this layer
   */
  public void prepare(Optimizer optimizer) {
    if (!slots.equals(optimizer.slots())) {
      slots = List.copyOf(optimizer.slots());
      weightState = zeros(slots.size(), weight.length());
      stateBlocks = weightState.clone();
      biasState = zeros(slots.size(), bias.length());
      neurons.forEach(numbers -> numbers.prepare(slots.size()));
    }
  }

  private static Floats[] zeros(int slots, long length) {
    Floats[] state = new Floats[slots];
    for (int s = 0; s < slots; s++) {
      state[s] = new Floats(length);
    }
    return state;
  }

  /**
   * Gives the weights another number, in the memory that they have as long as it suffices. What is
   * in them afterwards is for the caller to write, before {@link #rewire}.
   *
   * @param connections number of connections to come
   * @return the new weights
   */
  public Floats resizeWeight(int connections) {
    weightBlock = enlarged(weightBlock, connections);
    weight = prefix(weightBlock, weight, connections);
    return weight;
  }

  /**
   * Gives one slot of the weights' state another number, as {@link #resizeWeight} does.
   *
   * @param slot number of the slot
   * @param connections number of connections to come
   * @return the new state
   */
  public Floats resizeState(int slot, int connections) {
    stateBlocks[slot] = enlarged(stateBlocks[slot], connections);
    weightState[slot] = prefix(stateBlocks[slot], weightState[slot], connections);
    return weightState[slot];
  }

  private static Floats enlarged(Floats block, int length) {
    // A sixteenth more: a layer that grows once often grows again.
    return length <= block.length() ? block : new Floats(length + length / 16L);
  }

  private static Floats prefix(Floats block, Floats view, long length) {
    if (view.length() == length && view.segment().address() == block.segment().address()) {
      return view;
    }
    return block.length() == length
        ? block
        : Floats.view(block.segment().asSlice(0, length * Float.BYTES));
  }

  /**
   * Replaces the connections. Weights and state must already be in the order of the new topology.
   *
   * @param topology of the same neurons
   */
  public void rewire(Topology topology) {
    if (topology.inputs() != inputs() || topology.outputs() != outputs()) {
      throw new IllegalArgumentException(
          "layer %d connects %d to %d neurons, the new topology %d to %d"
              .formatted(index, inputs(), outputs(), topology.inputs(), topology.outputs()));
    }
    if (weight.length() != topology.connections()) {
      throw new IllegalArgumentException(
          "layer %d has %d weights, the new topology %d connections"
              .formatted(index, weight.length(), topology.connections()));
    }
    this.topology = topology;
  }

  /**
   * Puts back what was saved beside the parameters.
   *
   * @param slots names of the numbers that an optimizer keeps for each parameter
   * @param weightState one block a slot, one number a connection
   * @param biasState one block a slot, one number a neuron
   * @param initialConnections connections at the start of training
   */
  public void restore(
      List<String> slots, Floats[] weightState, Floats[] biasState, int initialConnections) {
    for (int s = 0; s < slots.size(); s++) {
      if (weightState[s].length() != weight.length() || biasState[s].length() != bias.length()) {
        throw new IllegalArgumentException(
            "state " + slots.get(s) + " of layer " + index + " is not as long as its parameters");
      }
    }
    this.slots = List.copyOf(slots);
    this.weightState = weightState;
    stateBlocks = weightState.clone();
    this.biasState = biasState;
    this.initialConnections = initialConnections;
  }

  /**
   * Returns the number of the layer.
   *
   * @return 0 for the first one
   */
  public int index() {
    return index;
  }

  /**
   * Returns the neurons on the input side.
   *
   * @return 1 or more
   */
  public int inputs() {
    return topology.inputs();
  }

  /**
   * Returns the neurons on the output side.
   *
   * @return 1 or more
   */
  public int outputs() {
    return topology.outputs();
  }

  /**
   * Returns who is connected to whom.
   *
   * @return another one after evolution, which retires this one
   */
  public Topology topology() {
    return topology;
  }

  /**
   * Returns the weights.
   *
   * @return one number a connection, in the order of the topology; live
   */
  public Floats weight() {
    return weight;
  }

  /**
   * Returns the biases.
   *
   * @return one number an output neuron; live
   */
  public Floats bias() {
    return bias;
  }

  /**
   * Names what the optimizer remembers about each parameter.
   *
   * @return one name a slot; empty before training
   */
  public List<String> slots() {
    return slots;
  }

  /**
   * Returns what the optimizer remembers about the weights.
   *
   * @return one block a slot; live
   */
  public Floats[] weightState() {
    return weightState;
  }

  /**
   * Returns what the optimizer remembers about the biases.
   *
   * @return one block a slot; live
   */
  public Floats[] biasState() {
    return biasState;
  }

  /**
   * Returns what lies between the weighted sum and the activation.
   *
   * @return neuron layers and their numbers, in their order; usually none
   */
  public List<NeuronNumbers> neurons() {
    return neurons;
  }

  /**
   * Returns what follows the weighted sum and the neuron layers.
   *
   * @return the activation function
   */
  public Activation activation() {
    return activation;
  }

  /**
   * Returns what follows the activation while training.
   *
   * @return rate 0 if there is no dropout
   */
  public Dropout dropout() {
    return dropout;
  }

  /**
   * Returns where new weights come from.
   *
   * @return the initializer of this layer
   */
  public Initializer initializer() {
    return initializer;
  }

  /**
   * Returns the number of connections at the start of training.
   *
   * @return what evolution comes back to
   */
  public int initialConnections() {
    return initialConnections;
  }
}
