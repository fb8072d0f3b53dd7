package dev.rewire.benchmarks;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A sparse layer with the activations and gradients of a batch, from which every side computes the
 * same three products.
 *
 * @param connections the matrix
 * @param batch samples
 * @param x inputs, neuron-major, between -1 and 1
 * @param d gradient of the outputs, neuron-major, between -1 and 1
 */
public record LayerProblem(Connections connections, int batch, float[] x, float[] d) {
  /** Connections for each neuron of both sides. */
  public static final int EPSILON = 20;

  /** Samples of a batch. */
  public static final int BATCH = 128;

  /** The layers of the tables. */
  public static final List<String> LAYERS =
      List.of("784x1000", "1000x1000", "3000x3000", "30000x30000", "300000x300000");

  /**
   * Draws a layer with {@link #EPSILON} and {@link #BATCH}.
   *
   * @param shape for example {@code 784x1000}
   * @return always the same problem for the same shape
   */
  public static LayerProblem random(String shape) {
    return random(side(shape, 0), side(shape, 1), connections(shape));
  }

  /**
   * Draws a layer.
   *
   * @param inputs neurons before the layer
   * @param outputs neurons of the layer
   * @param count how many connections
   * @return always the same problem for the same numbers
   */
  public static LayerProblem random(int inputs, int outputs, int count) {
    SplittableRandom random = new SplittableRandom(42);
    Connections connections = Connections.random(inputs, outputs, count, random);
    return new LayerProblem(
        connections, BATCH, uniform(inputs * BATCH, random), uniform(outputs * BATCH, random));
  }

  private static float[] uniform(int length, SplittableRandom random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2f * (random.nextInt() >>> 8) / (1 << 24) - 1f;
    }
    return values;
  }

  /**
   * Returns how many connections {@link #random(String)} draws.
   *
   * @param shape for example {@code 784x1000}
   * @return their number
   */
  public static int connections(String shape) {
    return Math.multiplyExact(EPSILON, side(shape, 0) + side(shape, 1));
  }

  /**
   * Returns the number of cells of the dense matrix.
   *
   * @param shape for example {@code 784x1000}
   * @return inputs times outputs
   */
  public static long cells(String shape) {
    return (long) side(shape, 0) * side(shape, 1);
  }

  /**
   * Reads a shape.
   *
   * @param shape for example {@code 784x1000}
   * @param index 0 for the inputs, 1 for the outputs
   * @return neurons
   */
  public static int side(String shape, int index) {
    return Integer.parseInt(shape.split("x", -1)[index]);
  }
}
