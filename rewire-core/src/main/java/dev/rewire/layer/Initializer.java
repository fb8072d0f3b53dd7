package dev.rewire.layer;

import dev.rewire.topology.Topology;
import java.util.random.RandomGenerator;

/** Where weights and biases begin. */
public sealed interface Initializer {
  /**
   * Returns the name used in files.
   *
   * @return for example {@code sparse-he:2.0}
   */
  String id();

  /**
   * Finds an initializer by its name.
   *
   * @param id as {@link #id} returns it
   * @return the initializer
   * @throws IllegalArgumentException if there is none of this name
   */
  static Initializer of(String id) {
    String[] parts = id.split(":", 2);
    double setting = parts.length == 2 ? Double.parseDouble(parts[1]) : Double.NaN;
    return switch (parts[0]) {
      case "sparse-he" -> new SparseHe(setting);
      case "normal" -> new Normal(setting);
      case "he-uniform" -> new HeUniform();
      case "glorot-uniform" -> new GlorotUniform();
      case "synapses" -> new Synapses();
      case "torch-linear" -> new TorchLinear();
      default -> throw new IllegalArgumentException("there is no initializer '" + id + "'");
    };
  }

  /**
   * Draws the weight of one connection.
   *
   * @param topology the layer
   * @param output the neuron that the connection leads to
   * @param random where chance comes from
   * @return its initial value
   */
  float weight(Topology topology, int output, RandomGenerator random);

  /**
   * Draws the bias of one neuron.
   *
   * @param topology the layer
   * @param random where chance comes from
   * @return its initial value
   */
  default float bias(Topology topology, RandomGenerator random) {
    return 0f;
  }

  /**
   * Normal with variance {@code gain / fan-in}, where the fan-in is what a neuron really has (He et
   * al. 2015, applied to the sparse graph). With the dense fan-in a layer of 4 % density would pass
   * on a fifth of its signal.
   *
   * @param gain 2 for ReLU, 1 for symmetric functions
   */
  record SparseHe(double gain) implements Initializer {
    /** Checks the gain. */
    public SparseHe {
      checkPositive("gain", gain);
    }

    @Override
    public String id() {
      return "sparse-he:" + gain;
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return (float) (random.nextGaussian() * Math.sqrt(gain / topology.fanIn(output)));
    }
  }

  /**
   * Normal with a given standard deviation; 0.1 in the SciPy implementation of SET.
   *
   * @param deviation above 0
   */
  record Normal(double deviation) implements Initializer {
    /** Checks the deviation. */
    public Normal {
      checkPositive("deviation", deviation);
    }

    @Override
    public String id() {
      return "normal:" + deviation;
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return (float) (random.nextGaussian() * deviation);
    }
  }

  /** Uniform in {@code ±sqrt(6 / inputs)}, the dense fan-in: the tutorial of 2020. */
  record HeUniform() implements Initializer {
    @Override
    public String id() {
      return "he-uniform";
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return uniform(random, Math.sqrt(6.0 / topology.inputs()));
    }
  }

  /** Uniform in {@code ±sqrt(6 / (inputs + outputs))} (Glorot and Bengio 2010): Keras. */
  record GlorotUniform() implements Initializer {
    @Override
    public String id() {
      return "glorot-uniform";
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return uniform(random, Math.sqrt(6.0 / ((double) topology.inputs() + topology.outputs())));
    }
  }

  /**
   * Normal with variance {@code 2 / inputs}, the dense fan-in, for weights and biases: synapses.
   */
  record Synapses() implements Initializer {
    @Override
    public String id() {
      return "synapses";
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return bias(topology, random);
    }

    @Override
    public float bias(Topology topology, RandomGenerator random) {
      return (float) (random.nextGaussian() * Math.sqrt(2.0 / topology.inputs()));
    }
  }

  /** Uniform in {@code ±1 / sqrt(inputs)} for weights and biases: a dense layer of PyTorch. */
  record TorchLinear() implements Initializer {
    @Override
    public String id() {
      return "torch-linear";
    }

    @Override
    public float weight(Topology topology, int output, RandomGenerator random) {
      return bias(topology, random);
    }

    @Override
    public float bias(Topology topology, RandomGenerator random) {
      return uniform(random, 1 / Math.sqrt(topology.inputs()));
    }
  }

  private static void checkPositive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " of initial weights must be above 0: " + value);
    }
  }

  private static float uniform(RandomGenerator random, double bound) {
    return (float) ((random.nextDouble() * 2 - 1) * bound);
  }
}
