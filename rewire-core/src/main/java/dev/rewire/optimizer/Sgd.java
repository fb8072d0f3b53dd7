package dev.rewire.optimizer;

import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
import java.util.List;

/**
 * Stochastic gradient descent with momentum (Polyak 1964; Sutskever et al. 2013), in the form of
 * PyTorch:
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * v = momentum * v + (1 - dampening) * g        v = g in the first step
 * w = w - rate * (nesterov ? g + momentum * v : v)
 * </pre>
 *
 * <p>Decoupled decay shrinks {@code w} in the same step, see {@link WeightDecay}. The SciPy
 * implementation of SET keeps {@code -rate * v} instead of {@code v}, which is the same while the
 * rate is constant.
 */
public final class Sgd implements Optimizer {
  private final double rate;
  private final double momentum;
  private final double dampening;
  private final boolean nesterov;
  private final WeightDecay decay;
  private final double l1;
  private final SgdStep weightStep;
  private final SgdStep biasStep;

  /** In the very first step the velocity is the gradient itself, undamped. */
  private final SgdStep firstWeightStep;

  private final SgdStep firstBiasStep;

  private Sgd(
      double rate,
      double momentum,
      double dampening,
      boolean nesterov,
      WeightDecay decay,
      double l1) {
    this.rate = within("learning rate", rate, 0, Double.MAX_VALUE);
    this.momentum = within("momentum", momentum, 0, Math.nextDown(1.0));
    this.dampening = within("dampening", dampening, 0, 1);
    this.l1 = within("l1", l1, 0, Double.MAX_VALUE);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException("Nesterov's step needs a momentum above 0");
    }
    this.nesterov = nesterov;
    this.decay = decay;
    weightStep = numbers(Role.WEIGHT, 1 - dampening);
    biasStep = numbers(Role.BIAS, 1 - dampening);
    firstWeightStep = numbers(Role.WEIGHT, 1);
    firstBiasStep = numbers(Role.BIAS, 1);
  }

  /**
   * Plain gradient descent.
   *
   * @param rate learning rate, 0 or more
   * @return without momentum, decay and penalty
   */
  public static Sgd rate(double rate) {
    return new Sgd(rate, 0, 0, false, WeightDecay.NONE, 0);
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public Sgd momentum(double momentum) {
    return new Sgd(rate, momentum, dampening, nesterov, decay, l1);
  }

  /**
   * Sets the dampening of the gradient in the velocity.
   *
   * @param dampening 0 to 1
   * @return a copy
   */
  public Sgd dampening(double dampening) {
    return new Sgd(rate, momentum, dampening, nesterov, decay, l1);
  }

  /**
   * Looks ahead along the velocity.
   *
   * @return a copy
   */
  public Sgd nesterov() {
    return new Sgd(rate, momentum, dampening, true, decay, l1);
  }

  /**
   * Sets the weight decay.
   *
   * @param decay kind and strength
   * @return a copy
   */
  public Sgd weightDecay(WeightDecay decay) {
    return new Sgd(rate, momentum, dampening, nesterov, decay, l1);
  }

  /**
   * Sets the penalty on absolute values of weights (not of biases).
   *
   * @param l1 0 or more
   * @return a copy
   */
  public Sgd l1(double l1) {
    return new Sgd(rate, momentum, dampening, nesterov, decay, l1);
  }

  private SgdStep numbers(Role role, double keep) {
    double strength = role == Role.WEIGHT || decay.biases() ? decay.strength() : 0;
    double shrink =
        switch (decay.kind()) {
          case COUPLED -> 0;
          case DECOUPLED -> rate * strength;
          case SCIPY -> strength;
        };
    return new SgdStep(
        (float) rate,
        (float) momentum,
        (float) keep,
        nesterov,
        decay.kind() == WeightDecay.Kind.COUPLED ? (float) strength : 0,
        role == Role.WEIGHT ? (float) l1 : 0,
        (float) shrink);
  }

  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("velocity");
  }

  @Override
  public void update(
      Kernels kernels,
      long step,
      Role role,
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to) {
    SgdStep numbers =
        step == 0
            ? (role == Role.WEIGHT ? firstWeightStep : firstBiasStep)
            : (role == Role.WEIGHT ? weightStep : biasStep);
    kernels.sgd(gradient, value, momentum == 0 ? value : state[0], from, to, numbers);
  }

  @Override
  public String toString() {
    return "sgd rate=%s momentum=%s dampening=%s nesterov=%s %s=%s l1=%s"
        .formatted(
            rate,
            momentum,
            dampening,
            nesterov,
            "decay-" + decay.kind().name().toLowerCase(java.util.Locale.ROOT),
            decay.strength(),
            l1);
  }

  private static double within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      String limit = most == Double.MAX_VALUE ? least + " or more" : least + " to " + most;
      throw new IllegalArgumentException(name + " must be " + limit + ": " + value);
    }
    return value;
  }
}
