package dev.rewire.train;

import dev.rewire.evolution.Evolution;
import dev.rewire.memory.Activations;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.neuron.NeuronLayer;
import dev.rewire.topology.LayerShape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes a training run needs, part by part, known before anything is allocated.
 *
 * @param layers one entry a layer, from the input on
 * @param activations bytes of inputs, outputs and gradients of one batch
 * @param evolution bytes of the workspace in which the largest evolving layer is rewired
 * @param data bytes of the samples
 */
public record MemoryEstimate(List<Layer> layers, long activations, long evolution, long data) {
  /** The most connections that one layer can have: their numbers are ints. */
  public static final long MOST_CONNECTIONS = Integer.MAX_VALUE - 8;

  /** The JVM itself: its code, the compiled kernels, stacks and a small heap. */
  private static final long JVM_BYTES = 180_000_000;

  /**
   * Bytes a connection of the largest layer: its new columns, where each came from, marks, and one
   * block through which weights and state move one after the other; measured 13.2.
   */
  private static final double WORKSPACE = 13.5;

  /** Bytes a connection where three in ten grow by a score: cell and score of a quarter more. */
  private static final double BEST_CELLS = 4.5;

  /** What bytes are for. */
  public enum Part {
    /** Which inputs each neuron is connected to. */
    TOPOLOGY("columns and row starts"),
    /** The same connections by input, for the gradient of the inputs. */
    INDEX("transposed index"),
    /** One number a connection. */
    WEIGHTS("weights"),
    /** What the optimizer remembers about each weight and bias, and a gradient that is kept. */
    OPTIMIZER("optimizer state"),
    /** One number a neuron. */
    BIASES("biases"),
    /** Numbers of each neuron and sample of a batch. */
    ACTIVATIONS("activations and gradients"),
    /** What one evolution needs for a moment. */
    EVOLUTION("evolution workspace"),
    /** The samples. */
    DATA("data set"),
    /** The virtual machine that all this runs in. */
    JVM("Java virtual machine");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    /**
     * Names this part for people.
     *
     * @return for example {@code transposed index}
     */
    public String title() {
      return title;
    }
  }

  /**
   * One layer.
   *
   * @param shape neurons on both sides
   * @param connections expected number
   * @param indexed whether it has a transposed index
   * @param slots numbers that are kept for each parameter: those of the optimizer, and the gradient
   *     while its norm is limited
   */
  public record Layer(LayerShape shape, long connections, boolean indexed, int slots) {
    /**
     * Returns the fraction of possible connections that exist.
     *
     * @return 0 to 1
     */
    public double density() {
      return (double) connections / shape.cells();
    }

    /**
     * Returns what a part of this layer takes.
     *
     * @param part which
     * @return bytes; 0 for parts that belong to no layer
     */
    public long bytes(Part part) {
      return switch (part) {
        case TOPOLOGY -> Integer.BYTES * (connections + shape.outputs() + 1);
        case INDEX ->
            indexed ? 2L * Integer.BYTES * connections + Integer.BYTES * (shape.inputs() + 1L) : 0;
        case WEIGHTS -> Float.BYTES * connections;
        case OPTIMIZER -> (long) Float.BYTES * slots * (connections + shape.outputs());
        case BIASES -> (long) Float.BYTES * shape.outputs();
        case ACTIVATIONS, EVOLUTION, DATA, JVM -> 0;
      };
    }

    /**
     * Adds up all parts of this layer.
     *
     * @return bytes, without activations
     */
    public long bytes() {
      long sum = 0;
      for (Part part : Part.values()) {
        sum += bytes(part);
      }
      return sum;
    }
  }

  /** Copies the list. */
  public MemoryEstimate {
    layers = List.copyOf(layers);
  }

  /**
   * Adds up what a run will need.
   *
   * @param builder describes the network
   * @param plan how it will be trained; its batch no larger than the data set
   * @param data bytes of the samples, 0 or more
   * @return the estimate
   */
  public static MemoryEstimate of(NetworkBuilder builder, TrainingPlan plan, long data) {
    List<LayerShape> shapes = builder.shapes();
    double[] probabilities = builder.probabilities();
    int slots = plan.optimizer().slots().size() + (plan.limits().keepsGradient() ? 1 : 0);
    List<@Nullable Evolution> evolutions = plan.evolutions(shapes.size());
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < probabilities.length; l++) {
      LayerShape shape = shapes.get(l);
      long connections = Math.round(Math.min(1, probabilities[l]) * shape.cells());
      double density = (double) connections / Math.max(1, shape.cells());
      boolean indexed = plan.memory().indexed(l, plan.batch(), density);
      layers.add(new Layer(shape, connections, indexed, slots));
    }
    return new MemoryEstimate(
        layers,
        activations(shapes, plan.batch(), builder),
        workspace(layers, evolutions)
            + hindsight(layers, evolutions, plan.batch())
            + removal(layers, plan),
        data);
  }

  /** While neurons are taken out, the network is there three times. */
  private static long removal(List<Layer> layers, TrainingPlan plan) {
    return plan.neuronRemoval().percentile() > 0
        ? 2 * layers.stream().mapToLong(layer -> layer.bytes() - layer.bytes(Part.INDEX)).sum()
        : 0;
  }

  /**
   * Inputs, an output and a gradient a neuron, twice as much with dropout, and what activations and
   * neuron layers keep; targets and a spare.
   */
  private static long activations(List<LayerShape> shapes, int batch, NetworkBuilder builder) {
    long hiddenRows = builder.dropout().rate() > 0 ? 4 : 2;
    hiddenRows += builder.activation().keepsSums() ? 1 : 0;
    for (NeuronLayer layer : builder.neuronLayers()) {
      hiddenRows += layer.kept();
    }
    long outputs = shapes.getLast().outputs();
    long rows = shapes.getFirst().inputs() + 2 * outputs + 2 * outputs;
    for (LayerShape hidden : shapes.subList(0, shapes.size() - 1)) {
      rows += hiddenRows * hidden.outputs();
    }
    return rows * Activations.padded(batch) * Float.BYTES;
  }

  /**
   * What rules that ask for gradients keep: older batches, as if nothing in them were 0, or a
   * number a connection, and the best cells so far.
   */
  private static long hindsight(
      List<Layer> layers, List<@Nullable Evolution> evolutions, int samples) {
    int batches = 0;
    boolean gradients = false;
    boolean outputs = false;
    boolean sums = true;
    for (Evolution evolution : evolutions) {
      if (evolution != null && evolution.batches() > 0) {
        batches = Math.max(batches, evolution.batches());
        gradients |= evolution.drop().batches() > 0 || evolution.grow().gradients();
        outputs |= evolution.grow().outputs();
        sums &= evolution.grow().batches() == 0 && evolution.drop().sums();
      }
    }
    if (batches == 0) {
      return 0;
    }
    int blocks = (gradients ? 1 : 0) + (outputs ? 1 : 0);
    long neurons = 0;
    long largest = 0;
    long connections = 0;
    for (Layer layer : layers) {
      neurons += layer.shape().inputs() + (long) blocks * layer.shape().outputs();
      largest = Math.max(largest, layer.connections());
      connections += layer.connections();
    }
    long batch = (long) Activations.padded(samples) * Float.BYTES;
    long kept = sums ? connections * Float.BYTES : (batches - 1) * neurons * batch;
    return kept + Math.round(BEST_CELLS * largest);
  }

  private static long workspace(List<Layer> layers, List<@Nullable Evolution> evolutions) {
    long largest = 0;
    for (int l = 0; l < layers.size(); l++) {
      boolean output = l == layers.size() - 1;
      Layer layer = layers.get(l);
      Evolution evolution = evolutions.get(l);
      if (evolution != null
          && (evolution.evolveOutput() || !output)
          && layer.density() <= evolution.maxDensity()) {
        largest = Math.max(largest, layer.connections());
      }
    }
    return Math.round(WORKSPACE * largest);
  }

  /**
   * Returns what a part takes over all layers.
   *
   * @param part which
   * @return bytes
   */
  public long bytes(Part part) {
    return switch (part) {
      case ACTIVATIONS -> activations;
      case EVOLUTION -> evolution;
      case DATA -> data;
      case JVM -> JVM_BYTES;
      default -> layers.stream().mapToLong(layer -> layer.bytes(part)).sum();
    };
  }

  /**
   * Adds up all parts.
   *
   * @return bytes
   */
  public long bytes() {
    long sum = 0;
    for (Part part : Part.values()) {
      sum += bytes(part);
    }
    return sum;
  }

  /**
   * Counts the connections.
   *
   * @return the expected sum over all layers
   */
  public long connections() {
    return layers.stream().mapToLong(Layer::connections).sum();
  }

  /**
   * Counts the neurons, inputs included.
   *
   * @return the sum over all layers
   */
  public long neurons() {
    long neurons = layers.getFirst().shape().inputs();
    for (Layer layer : layers) {
      neurons += layer.shape().outputs();
    }
    return neurons;
  }

  /**
   * Returns what a connection costs: its column, its entry in the transposed index, its weight and
   * the optimizer's state, row starts and biases included.
   *
   * @return bytes, without activations, evolution, data and the JVM
   */
  public double bytesPerConnection() {
    return (double) layers.stream().mapToLong(Layer::bytes).sum() / connections();
  }

  /**
   * Finds the first layer that is larger than any layer can be.
   *
   * @return its number, or -1 if there is none
   */
  public int tooLarge() {
    for (int l = 0; l < layers.size(); l++) {
      if (layers.get(l).connections() > MOST_CONNECTIONS) {
        return l;
      }
    }
    return -1;
  }
}
