package dev.rewire.optimizer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
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
   * Updates a run of parameters in place. Called by several threads at once, each with its own run;
   * parameter {@code i} depends on nothing but itself, its gradient and its slots.
   *
   * @param kernels the loops
   * @param step number of the training step, from 0
   * @param role what the parameters are
   * @param gradient gradients of the run, the first at index 0
   * @param value all parameters of the layer
   * @param state the slots, each as long as {@code value}
   * @param from first parameter of the run
   * @param to one past the last parameter of the run
   */
  void update(
      Kernels kernels,
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
    BIAS
  }
}
