package dev.rewire.saliency;

import dev.rewire.memory.Activations;

/**
 * Products with the gradient of all weights, as a direction in which weights are moved. Both add to
 * what they are given.
 */
interface Direction {
  /**
   * {@code y += V x}, where x are the inputs of the batch that the gradient is of.
   *
   * @param layer its number
   * @param y one row an output
   */
  void forward(int layer, Activations y);

  /**
   * {@code e += V' d}, where d are the gradients of the batch that the gradient is of.
   *
   * @param layer its number, above 0
   * @param e one row an input
   */
  void backward(int layer, Activations e);
}
