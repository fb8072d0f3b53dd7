package dev.rewire.neuron;

import dev.rewire.memory.Floats;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What one {@link NeuronLayer} of a network has learned and remembers about its neurons, and what
 * the optimizer remembers about the learned ones.
 */
public final class NeuronNumbers {
  private final NeuronLayer layer;
  private final int neurons;
  private final Floats[] parameters;
  private final Floats[] memory;

  /** Of each parameter one block a slot of the optimizer. */
  private Floats[][] state;

  /**
   * Wraps numbers; nothing is copied.
   *
   * @param layer whose numbers they are
   * @param neurons of the sparse layer, 1 or more
   * @param parameters one block a parameter, one number a neuron
   * @param memory one block a remembered number, one number a neuron
   */
  public NeuronNumbers(NeuronLayer layer, int neurons, Floats[] parameters, Floats[] memory) {
    if (parameters.length != layer.parameters().size() || memory.length != layer.memory().size()) {
      throw new IllegalArgumentException(
          "%s has %d parameters and remembers %d numbers, not %d and %d"
              .formatted(
                  layer.id(),
                  layer.parameters().size(),
                  layer.memory().size(),
                  parameters.length,
                  memory.length));
    }
    checkLengths(parameters, neurons);
    checkLengths(memory, neurons);
    this.layer = layer;
    this.neurons = neurons;
    this.parameters = parameters;
    this.memory = memory;
    state = new Floats[parameters.length][0];
  }

  private static void checkLengths(Floats[] blocks, int neurons) {
    for (Floats block : blocks) {
      if (block.length() != neurons) {
        throw new IllegalArgumentException(
            "%d neurons cannot have %d numbers".formatted(neurons, block.length()));
      }
    }
  }

  /**
   * Draws the numbers of a new layer.
   *
   * @param layer whose numbers they are
   * @param neurons of the sparse layer, 1 or more
   * @param random where chance comes from
   * @return the numbers
   */
  public static NeuronNumbers initial(NeuronLayer layer, int neurons, RandomGenerator random) {
    return new NeuronNumbers(
        layer,
        neurons,
        drawn(layer, layer.parameters(), neurons, random),
        drawn(layer, layer.memory(), neurons, random));
  }

  private static Floats[] drawn(
      NeuronLayer layer, List<String> names, int neurons, RandomGenerator random) {
    Floats[] blocks = zeros(names.size(), neurons);
    for (int i = 0; i < blocks.length; i++) {
      for (int j = 0; j < neurons; j++) {
        blocks[i].set(j, layer.initial(names.get(i), random));
      }
    }
    return blocks;
  }

  private static Floats[] zeros(int blocks, int neurons) {
    Floats[] zeros = new Floats[blocks];
    for (int i = 0; i < blocks; i++) {
      zeros[i] = new Floats(neurons);
    }
    return zeros;
  }

  /**
   * Copies the numbers, but not what an optimizer remembers.
   *
   * @return the same in memory of their own
   */
  public NeuronNumbers copy() {
    return new NeuronNumbers(layer, neurons, copy(parameters), copy(memory));
  }

  private static Floats[] copy(Floats[] blocks) {
    Floats[] copies = new Floats[blocks.length];
    for (int i = 0; i < blocks.length; i++) {
      copies[i] = blocks[i].duplicate();
    }
    return copies;
  }

  /**
   * Makes room for what an optimizer remembers, all zero.
   *
   * @param slots numbers that it keeps for each parameter, 0 or more
   */
  public void prepare(int slots) {
    for (int p = 0; p < state.length; p++) {
      state[p] = zeros(slots, neurons);
    }
  }

  /**
   * Puts back what an optimizer remembered.
   *
   * @param state of each parameter one block a slot, one number a neuron
   */
  public void restore(Floats[][] state) {
    if (state.length != parameters.length) {
      throw new IllegalArgumentException(
          "%s has %d parameters, the state is of %d"
              .formatted(layer.id(), parameters.length, state.length));
    }
    for (Floats[] blocks : state) {
      checkLengths(blocks, neurons);
    }
    this.state = state;
  }

  /**
   * Copies what an optimizer remembers about the numbers of other neurons.
   *
   * @param saved of the same layer, for as many neurons
   */
  public void remember(NeuronNumbers saved) {
    Floats[][] copies = new Floats[saved.state.length][];
    for (int p = 0; p < copies.length; p++) {
      copies[p] = copy(saved.state[p]);
    }
    restore(copies);
  }

  /**
   * Returns whose numbers these are.
   *
   * @return the layer
   */
  public NeuronLayer layer() {
    return layer;
  }

  /**
   * Returns the number of neurons.
   *
   * @return 1 or more
   */
  public int neurons() {
    return neurons;
  }

  /**
   * Counts the numbers that are trained.
   *
   * @return blocks of one number a neuron
   */
  public int parameters() {
    return parameters.length;
  }

  /**
   * Returns one of the numbers that are trained.
   *
   * @param parameter its place in {@link NeuronLayer#parameters}
   * @return one number a neuron; live
   */
  public Floats parameter(int parameter) {
    return parameters[parameter];
  }

  /**
   * Returns one of the numbers that are remembered.
   *
   * @param number its place in {@link NeuronLayer#memory}
   * @return one number a neuron; live
   */
  public Floats memory(int number) {
    return memory[number];
  }

  /**
   * Returns what the optimizer remembers about a parameter.
   *
   * @param parameter its place in {@link NeuronLayer#parameters}
   * @return one block a slot, one number a neuron; live
   */
  public Floats[] state(int parameter) {
    return state[parameter];
  }
}
