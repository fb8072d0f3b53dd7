package dev.rewire.network;

import dev.rewire.memory.Activations;
import dev.rewire.topology.LayerShape;
import java.util.List;

/**
 * How many bytes a network needs while it trains.
 *
 * @param connections expected number of connections
 * @param topologyBytes columns and transposed index
 * @param parameterBytes weights, biases and what the optimizer remembers
 * @param activationBytes outputs and gradients of all layers for one batch
 * @param rewiringBytes what drawing or evolving the largest layer needs for a moment
 */
public record MemoryEstimate(
    long connections,
    long topologyBytes,
    long parameterBytes,
    long activationBytes,
    long rewiringBytes) {

  /** The most connections that one layer can have: their numbers are ints. */
  public static final long MOST_CONNECTIONS = Integer.MAX_VALUE - 8;

  /**
   * New columns, index, weights and states beside the old ones, and 8 bytes for each cell's number.
   */
  private static final long REWIRING_BYTES = 12 + 4 + 4 + 8;

  /**
   * Adds up the parts.
   *
   * @param shapes the layers
   * @param probabilities of a cell in each layer
   * @param batch samples of a batch
   * @param slots numbers that the optimizer keeps for each parameter
   * @return the estimate
   */
  static MemoryEstimate of(List<LayerShape> shapes, double[] probabilities, int batch, int slots) {
    long connections = 0;
    long largest = 0;
    long units = shapes.getFirst().inputs();
    for (int l = 0; l < probabilities.length; l++) {
      LayerShape shape = shapes.get(l);
      long layer = Math.round(Math.min(1, probabilities[l]) * shape.cells());
      connections += layer;
      largest = Math.max(largest, layer);
      units += 2L * shape.outputs();
    }
    long rows = 2 * units;
    return new MemoryEstimate(
        connections,
        12 * connections + 4 * rows,
        (4L + 4L * slots) * (connections + units),
        units * Activations.padded(batch) * Float.BYTES,
        (REWIRING_BYTES + 4L * slots) * largest);
  }

  /**
   * Adds up all parts.
   *
   * @return bytes
   */
  public long bytes() {
    return topologyBytes + parameterBytes + activationBytes + rewiringBytes;
  }
}
