package dev.rewire.neuron;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;

/**
 * A {@link NeuronLayer} at work on batches, forward beside backward. Threads call it at the same
 * time, each for a range of its own: neurons of a {@link NeuronLayer.PerNeuron} layer, samples of a
 * {@link NeuronLayer.PerSample} one, which then lie in one tile. The result must not depend on
 * where ranges begin. Nothing is allocated here.
 *
 * <p>Behind the last sample of a batch there is padding. What {@link #forward} makes of it does not
 * matter; in gradients it is zero, and {@link #backward} must leave it so.
 */
public interface NeuronWork {
  /**
   * Computes outputs.
   *
   * @param x inputs, become outputs
   * @param samples of the batch
   * @param training whether this is a training step; if not, a sample's outputs depend on nothing
   *     else in the batch
   * @param from first neuron or sample
   * @param to one past the last
   */
  void forward(Activations x, int samples, boolean training, int from, int to);

  /**
   * Computes the gradient of the inputs of the last {@link #forward}, and that of the parameters.
   *
   * @param d gradient of the outputs, becomes that of the inputs
   * @param samples of the batch
   * @param from first neuron or sample
   * @param to one past the last
   */
  void backward(Activations d, int samples, int from, int to);

  /**
   * Returns the gradient of a parameter.
   *
   * @param parameter its place in {@link NeuronLayer#parameters}
   * @return one number a neuron, summed over the samples; valid after {@link #backward}
   */
  default Floats gradient(int parameter) {
    throw new IllegalArgumentException("no parameter " + parameter);
  }

  /**
   * Changes what is remembered, after a training step's {@link #forward}.
   *
   * @param samples of the batch
   * @param from first neuron, for layers of both kinds
   * @param to one past the last
   */
  default void learn(int samples, int from, int to) {
    // nothing is remembered
  }
}
