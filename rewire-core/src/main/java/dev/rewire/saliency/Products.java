package dev.rewire.saliency;

import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;

/** Multiplies batches with the first weights of a network. Each sum has the order of its terms. */
interface Products {
  /**
   * {@code y = W x}.
   *
   * @param layer its number
   * @param x one row an input
   * @param tiles that hold samples
   * @param biases whether they are added
   * @param y overwritten, one row an output
   */
  void forward(int layer, Activations x, int tiles, boolean biases, Activations y);

  /**
   * {@code y = W x} with biases for the first layer, where samples are sparse.
   *
   * @param x entries by input
   * @param tiles that hold samples
   * @param y overwritten, one row an output
   */
  void forward(SparseBatch x, int tiles, Activations y);

  /**
   * {@code e = W' d}, the gradient of the inputs.
   *
   * @param layer its number
   * @param d one row an output
   * @param tiles that hold samples
   * @param e overwritten, one row an input
   */
  void backward(int layer, Activations d, int tiles, Activations e);
}
