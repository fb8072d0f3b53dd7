package dev.rewire.bench;

import java.util.List;

/**
 * How much is measured.
 *
 * @param widths neurons of the square layers of the race
 * @param batches samples of its batches
 * @param densities of its sparse layers, ascending
 * @param epsilon ε of the layers whose distance from the ceiling is measured
 * @param batch samples there, a multiple of 128: their row of a neuron is read as a whole
 * @param beyond how many times the largest cache the activations are that lie in memory
 * @param timing how long each thing is measured
 */
public record Scope(
    List<Integer> widths,
    List<Integer> batches,
    List<Double> densities,
    double epsilon,
    int batch,
    double beyond,
    Timing timing) {

  /**
   * A few minutes.
   *
   * @return everything
   */
  public static Scope full() {
    return new Scope(
        List.of(256, 1000, 3000),
        List.of(1, 8, 32, 128, 512),
        List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0),
        20,
        128,
        4,
        new Timing(0.25, 0.8, 3));
  }

  /**
   * Half a minute.
   *
   * @return the same with fewer points, each measured for a shorter time
   */
  public static Scope quick() {
    return new Scope(
        List.of(256, 1000),
        List.of(1, 32, 128),
        List.of(0.01, 0.05, 0.1, 0.2, 0.4, 0.8),
        20,
        128,
        2,
        new Timing(0.06, 0.4, 2));
  }
}
