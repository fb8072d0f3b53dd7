package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import java.util.List;

/**
 * Turns gradients into new parameters. Immutable: what it remembers about a parameter lies beside
 * the parameter, in as many slots as it asks for, and moves with its connection when the network
 * rewires itself.
 */
public interface Optimizer {
  /**
   * Names the numbers kept for each parameter.
   *
   * @return one name a slot, for example {@code velocity}; empty if there are none
   */
  List<String> slots();

  /**
   * Decides what follows the course of training, and what differs between layers. Training asks at
   * the beginning of each epoch, when it goes on within one, and before each step if {@link
   * #changesEveryStep}.
   *
   * @param moment where training is; {@link Moment#step} and {@link Moment#time} are those of the
   *     step to come
   * @param layers of the network
   * @return the optimizer of the steps to come, with the same slots; this one if nothing follows
   *     the course of training
   */
  default Optimizer at(Moment moment, int layers) {
    return this;
  }

  /**
   * Returns the optimizer of one layer.
   *
   * @param layer its number, from 0
   * @return with the same slots; this one if all layers are treated alike
   */
  default Optimizer forLayer(int layer) {
    return this;
  }

  /**
   * Gives random numbers to an optimizer that throws dice. Training asks before anything else.
   *
   * @param streams random numbers of the run; streams named by layer and step are the same when
   *     training goes on from a checkpoint
   * @return with the same slots; this one if nothing is left to chance
   */
  default Optimizer drawing(RandomStreams streams) {
    return this;
  }

  /**
   * Makes all learning rates longer or shorter than their schedule says.
   *
   * @param factor above 0; replaces an earlier one
   * @return with the same slots; this one if nothing changes
   * @throws IllegalArgumentException if this optimizer has no learning rate that could be changed
   */
  default Optimizer scaled(double factor) {
    if (factor == 1) {
      return this;
    }
    throw new IllegalArgumentException(
        getClass().getSimpleName() + " has no learning rate that could be lowered on a plateau");
  }

  /**
   * Says whether {@link #at} must be asked before each step, not only in each epoch.
   *
   * @return true if something changes from step to step
   */
  default boolean changesEveryStep() {
    return false;
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @return true if the number of epochs is needed to know what a step does
   */
  default boolean followsRunLength() {
    return false;
  }

  /**
   * Updates a run of parameters in place. Called by several threads at once, each with its own run;
   * parameter {@code i} depends on nothing but itself, its gradient and its slots.
   *
   * @param descent the loops
   * @param step number of the training step, from 0
   * @param role what the parameters are
   * @param gradient gradients of the run, the first at index 0
   * @param value all parameters of the layer
   * @param state the slots, each as long as {@code value}
   * @param from first parameter of the run
   * @param to one past the last parameter of the run
   */
  void update(
      Descent descent,
      long step,
      Role role,
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to);

  /** What a parameter is; penalties may treat them differently. */
  enum Role {
    /** A connection's weight. */
    WEIGHT,
    /** A neuron's bias. */
    BIAS,
    /**
     * Another number that a neuron learns, for example a scale. Penalties leave it alone: nothing
     * speaks for 0 there.
     */
    NEURON
  }
}
