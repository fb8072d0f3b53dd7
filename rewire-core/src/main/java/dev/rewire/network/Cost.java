package dev.rewire.network;

import dev.rewire.layer.SparseLayer;
import java.util.List;

/**
 * What a network costs in theory, whatever machine it runs on: the additions and multiplications of
 * its connections. A multiply-add counts as two, as in most papers; activations, losses, optimizer
 * and evolution are left out, and so are zeros of sparse samples that are skipped.
 */
public final class Cost {
  /** Additions and multiplications of one connection in one way. */
  private static final long MULTIPLY_ADD = 2;

  private Cost() {}

  /**
   * Counts a prediction.
   *
   * @param connections of each layer
   * @return floating point operations a sample
   */
  public static long prediction(long... connections) {
    long sum = 0;
    for (long each : connections) {
      sum += each;
    }
    return MULTIPLY_ADD * sum;
  }

  /**
   * Counts a training step: forward, gradient of the weights, and gradient of the inputs, which the
   * first layer does not need.
   *
   * @param connections of each layer
   * @return floating point operations a sample
   */
  public static long training(long... connections) {
    return 3 * prediction(connections) - MULTIPLY_ADD * connections[0];
  }

  /**
   * Counts a training step of a network as it is.
   *
   * @param network any
   * @return floating point operations a sample
   */
  public static long training(Network network) {
    List<SparseLayer> layers = network.layers();
    long sum = 0;
    // By number: an iterator would be allocated in each step.
    for (int l = 0; l < layers.size(); l++) {
      sum += (l == 0 ? 2L : 3L) * layers.get(l).topology().connections();
    }
    return MULTIPLY_ADD * sum;
  }

  /**
   * Counts the bytes that the loops of a training step ask the memory system for, whichever level
   * of it answers. For each connection: weight and column on the way forward; weight and two
   * numbers of the transposed index on the way back, but in the first layer; column, weight and
   * what the optimizer remembers, read and written, in the update. And in each of these ways a row
   * of the batch.
   *
   * @param network any
   * @param samples of the batch
   * @param slots numbers that the optimizer keeps for each parameter
   * @return bytes a step
   */
  public static long bytes(Network network, int samples, int slots) {
    List<SparseLayer> layers = network.layers();
    long bytes = 0;
    for (int l = 0; l < layers.size(); l++) {
      long ways = l == 0 ? 2 : 3;
      long own = 8 + (l == 0 ? 0 : 12) + 4 + 8 + 8L * slots;
      bytes += layers.get(l).topology().connections() * (own + ways * samples * Float.BYTES);
    }
    return bytes;
  }
}
