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
  private final Settings settings;
  private final SgdStep weightStep;
  private final SgdStep biasStep;

  /** In the very first step the velocity is the gradient itself, undamped. */
  private final SgdStep firstWeightStep;

  private final SgdStep firstBiasStep;

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Sgd(Settings settings) {
    this.settings = settings;
    double keep = 1 - settings.dampening();
    weightStep = settings.step(Role.WEIGHT, keep);
    biasStep = settings.step(Role.BIAS, keep);
    firstWeightStep = settings.step(Role.WEIGHT, 1);
    firstBiasStep = settings.step(Role.BIAS, 1);
  }

  /**
   * All numbers of SGD.
   *
   * @param rate learning rate, 0 or more
   * @param momentum 0 to below 1
   * @param dampening of the gradient in the velocity, 0 to 1
   * @param nesterov whether to look ahead along the velocity; needs a momentum
   * @param decay weight decay
   * @param l1 penalty on absolute values of weights (not of biases), 0 or more
   */
  public record Settings(
      double rate,
      double momentum,
      double dampening,
      boolean nesterov,
      WeightDecay decay,
      double l1) {
    /** Checks the ranges. */
    public Settings {
      within("learning rate", rate, 0, Double.MAX_VALUE);
      within("momentum", momentum, 0, Math.nextDown(1.0));
      within("dampening", dampening, 0, 1);
      within("l1", l1, 0, Double.MAX_VALUE);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("Nesterov's step needs a momentum above 0");
      }
    }

    private SgdStep step(Role role, double keep) {
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
  }

  /**
   * Returns all numbers.
   *
   * @return what this was made from
   */
  public Settings settings() {
    return settings;
  }

  /**
   * Plain gradient descent.
   *
   * @param rate learning rate, 0 or more
   * @return without momentum, decay and penalty
   */
  public static Sgd rate(double rate) {
    return new Sgd(new Settings(rate, 0, 0, false, WeightDecay.NONE, 0));
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public Sgd momentum(double momentum) {
    return new Sgd(
        new Settings(
            settings.rate(),
            momentum,
            settings.dampening(),
            settings.nesterov(),
            settings.decay(),
            settings.l1()));
  }

  /**
   * Sets the dampening of the gradient in the velocity.
   *
   * @param dampening 0 to 1
   * @return a copy
   */
  public Sgd dampening(double dampening) {
    return new Sgd(
        new Settings(
            settings.rate(),
            settings.momentum(),
            dampening,
            settings.nesterov(),
            settings.decay(),
            settings.l1()));
  }

  /**
   * Looks ahead along the velocity.
   *
   * @return a copy
   */
  public Sgd nesterov() {
    return new Sgd(
        new Settings(
            settings.rate(),
            settings.momentum(),
            settings.dampening(),
            true,
            settings.decay(),
            settings.l1()));
  }

  /**
   * Sets the weight decay.
   *
   * @param decay kind and strength
   * @return a copy
   */
  public Sgd weightDecay(WeightDecay decay) {
    return new Sgd(
        new Settings(
            settings.rate(),
            settings.momentum(),
            settings.dampening(),
            settings.nesterov(),
            decay,
            settings.l1()));
  }

  /**
   * Sets the penalty on absolute values of weights (not of biases).
   *
   * @param l1 0 or more
   * @return a copy
   */
  public Sgd l1(double l1) {
    return new Sgd(
        new Settings(
            settings.rate(),
            settings.momentum(),
            settings.dampening(),
            settings.nesterov(),
            settings.decay(),
            l1));
  }

  @Override
  public List<String> slots() {
    return settings.momentum() == 0 ? List.of() : List.of("velocity");
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
    kernels.sgd(gradient, value, settings.momentum() == 0 ? value : state[0], from, to, numbers);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sgd sgd && settings.equals(sgd.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  @Override
  public String toString() {
    return "sgd " + settings;
  }

  private static void within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      String limit = most == Double.MAX_VALUE ? least + " or more" : least + " to " + most;
      throw new IllegalArgumentException(name + " must be " + limit + ": " + value);
    }
  }
}
