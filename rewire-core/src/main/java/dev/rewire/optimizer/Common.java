package dev.rewire.optimizer;

import dev.rewire.kernel.Pull;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;

/**
 * What all optimizers have in common: how long a step is, and what pulls parameters towards 0.
 *
 * @param rate learning rate, 0 or more; may change from step to step
 * @param decay weight decay; may change from epoch to epoch
 * @param l1 penalty on absolute values; may change from epoch to epoch
 */
public record Common(Schedule rate, WeightDecay decay, L1 l1) {
  /** Checks the rate. */
  public Common {
    rate.requireWithin("learning rate", 0, Double.MAX_VALUE);
  }

  /**
   * A learning rate alone.
   *
   * @param rate 0 or more
   * @return without decay and penalty
   */
  public static Common rate(Schedule rate) {
    return new Common(rate, WeightDecay.NONE, L1.NONE);
  }

  /**
   * Sets the learning rate.
   *
   * @param changed 0 or more
   * @return a copy
   */
  public Common withRate(Schedule changed) {
    return new Common(changed, decay, l1);
  }

  /**
   * Sets the weight decay.
   *
   * @param changed kind and strength
   * @return a copy
   */
  public Common withDecay(WeightDecay changed) {
    return new Common(rate, changed, l1);
  }

  /**
   * Sets the penalty on absolute values.
   *
   * @param changed kind and strength
   * @return a copy
   */
  public Common withL1(L1 changed) {
    return new Common(rate, decay, changed);
  }

  boolean followsTraining() {
    return !(rate.isConstant()
        && decay.strength().isConstant()
        && decay.exceptions().isConstant()
        && l1.strength().isConstant()
        && l1.exceptions().isConstant());
  }

  boolean differsByLayer() {
    return !(decay.exceptions().isEmpty() && l1.exceptions().isEmpty());
  }

  boolean followsRunLength() {
    return rate.followsRunLength()
        || decay.strength().followsRunLength()
        || decay.exceptions().followsRunLength()
        || l1.strength().followsRunLength()
        || l1.exceptions().followsRunLength();
  }

  void requireLayers(int layers) {
    decay.exceptions().requireLayers(layers);
    l1.exceptions().requireLayers(layers);
  }

  /**
   * Returns what pulls some parameters towards 0.
   *
   * @param moment where training is
   * @param layer number of their layer
   * @param layers of the network
   * @param role what they are
   * @param now the learning rate at that moment
   */
  Pull pull(Moment moment, int layer, int layers, Role role, double now) {
    Moment begin = beginOfEpoch(moment);
    boolean decays = role == Role.WEIGHT || (role == Role.BIAS && decay.biases());
    double strength =
        decay.exceptions().of(layer, layers, role, decay.strength(), decays).at(begin);
    double absolute =
        l1.exceptions().of(layer, layers, role, l1.strength(), role == Role.WEIGHT).at(begin);
    double shrink =
        switch (decay.kind()) {
          case COUPLED, PROXIMAL -> 0;
          case DECOUPLED -> now * strength;
          case SCIPY -> strength;
        };
    boolean proximal = l1.kind() == L1.Kind.PROXIMAL;
    return new Pull(
        decay.kind() == WeightDecay.Kind.COUPLED ? (float) strength : 0,
        proximal ? 0 : (float) absolute,
        (float) shrink,
        proximal ? (float) (now * absolute) : 0,
        decay.kind() == WeightDecay.Kind.PROXIMAL ? (float) (1 / (1 + now * strength)) : 1);
  }

  /** Penalties are those of the beginning of the epoch, wherever in it training goes on. */
  static Moment beginOfEpoch(Moment moment) {
    return new Moment(moment.step(), moment.epoch(), moment.epoch(), moment.epochs(), false);
  }
}
