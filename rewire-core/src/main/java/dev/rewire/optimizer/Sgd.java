package dev.rewire.optimizer;

import dev.rewire.kernel.Kernels;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
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
 * <p>Decoupled decay shrinks {@code w} in the same step, see {@link WeightDecay}; a proximal
 * penalty is a soft threshold after it, see {@link L1}. The SciPy implementation of SET keeps
 * {@code -rate * v} instead of {@code v}, which is the same while the rate is constant.
 *
 * <p>The learning rate may follow a schedule from step to step, penalties from epoch to epoch. Used
 * without asking {@link #at}, all schedules are at their beginning.
 */
public final class Sgd implements Optimizer {
  private final Settings settings;
  private final SgdStep weightStep;
  private final SgdStep biasStep;
  private final SgdStep neuronStep;

  /** In the very first step the velocity is the gradient itself, undamped. */
  private final SgdStep firstWeightStep;

  private final SgdStep firstBiasStep;
  private final SgdStep firstNeuronStep;

  /** One for each layer, or none if all are treated alike. */
  private final Sgd[] layers;

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Sgd(Settings settings) {
    this(settings, Moment.START, 0, 1, new Sgd[0]);
  }

  private Sgd(Settings settings, Moment moment, int layer, int count, Sgd[] layers) {
    this.settings = settings;
    this.layers = layers;
    double keep = 1 - settings.dampening();
    weightStep = settings.step(moment, layer, count, Role.WEIGHT, keep);
    biasStep = settings.step(moment, layer, count, Role.BIAS, keep);
    neuronStep = settings.step(moment, layer, count, Role.NEURON, keep);
    firstWeightStep = settings.step(moment, layer, count, Role.WEIGHT, 1);
    firstBiasStep = settings.step(moment, layer, count, Role.BIAS, 1);
    firstNeuronStep = settings.step(moment, layer, count, Role.NEURON, 1);
  }

  /**
   * All numbers of SGD.
   *
   * @param rate learning rate, 0 or more
   * @param momentum 0 to below 1
   * @param dampening of the gradient in the velocity, 0 to 1
   * @param nesterov whether to look ahead along the velocity; needs a momentum
   * @param decay weight decay
   * @param l1 penalty on absolute values
   */
  public record Settings(
      Schedule rate,
      double momentum,
      double dampening,
      boolean nesterov,
      WeightDecay decay,
      L1 l1) {
    /** Checks the ranges. */
    public Settings {
      rate.requireWithin("learning rate", 0, Double.MAX_VALUE);
      within("momentum", momentum, 0, Math.nextDown(1.0));
      within("dampening", dampening, 0, 1);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("Nesterov's step needs a momentum above 0");
      }
    }

    private boolean followsTraining() {
      return !(rate.isConstant()
          && decay.strength().isConstant()
          && decay.exceptions().isConstant()
          && l1.strength().isConstant()
          && l1.exceptions().isConstant());
    }

    private boolean differsByLayer() {
      return !(decay.exceptions().isEmpty() && l1.exceptions().isEmpty());
    }

    private SgdStep step(Moment moment, int layer, int layers, Role role, double keep) {
      double now = rate.at(moment);
      // Penalties are those of the beginning of the epoch, wherever in it training goes on.
      Moment begin =
          new Moment(moment.step(), moment.epoch(), moment.epoch(), moment.epochs(), false);
      boolean decays = role == Role.WEIGHT || decay.biases();
      double strength =
          decay.exceptions().of(layer, layers, role, decay.strength(), decays).at(begin);
      double absolute =
          l1.exceptions().of(layer, layers, role, l1.strength(), role == Role.WEIGHT).at(begin);
      if (role == Role.NEURON) {
        strength = 0;
        absolute = 0;
      }
      double shrink =
          switch (decay.kind()) {
            case COUPLED -> 0;
            case DECOUPLED -> now * strength;
            case SCIPY -> strength;
          };
      boolean proximal = l1.kind() == L1.Kind.PROXIMAL;
      return new SgdStep(
          (float) now,
          (float) momentum,
          (float) keep,
          nesterov,
          decay.kind() == WeightDecay.Kind.COUPLED ? (float) strength : 0,
          proximal ? 0 : (float) absolute,
          (float) shrink,
          proximal ? (float) (now * absolute) : 0);
    }

    private Settings with(double momentum, double dampening, boolean nesterov) {
      return new Settings(rate, momentum, dampening, nesterov, decay, l1);
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
    return rate(Schedule.constant(rate));
  }

  /**
   * Plain gradient descent.
   *
   * @param rate learning rate, 0 or more
   * @return without momentum, decay and penalty
   */
  public static Sgd rate(Schedule rate) {
    return new Sgd(new Settings(rate, 0, 0, false, WeightDecay.NONE, L1.NONE));
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public Sgd momentum(double momentum) {
    return new Sgd(settings.with(momentum, settings.dampening(), settings.nesterov()));
  }

  /**
   * Sets the dampening of the gradient in the velocity.
   *
   * @param dampening 0 to 1
   * @return a copy
   */
  public Sgd dampening(double dampening) {
    return new Sgd(settings.with(settings.momentum(), dampening, settings.nesterov()));
  }

  /**
   * Looks ahead along the velocity.
   *
   * @return a copy
   */
  public Sgd nesterov() {
    return new Sgd(settings.with(settings.momentum(), settings.dampening(), true));
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
   * Sets a penalty on absolute values of weights (not of biases), as part of the gradient.
   *
   * @param l1 0 or more
   * @return a copy
   */
  public Sgd l1(double l1) {
    return l1(L1.coupled(l1));
  }

  /**
   * Sets the penalty on absolute values.
   *
   * @param l1 kind and strength
   * @return a copy
   */
  public Sgd l1(L1 l1) {
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
  public Optimizer at(Moment moment, int count) {
    if (!settings.differsByLayer()) {
      return settings.followsTraining() ? new Sgd(settings, moment, 0, 1, new Sgd[0]) : this;
    }
    settings.decay().exceptions().requireLayers(count);
    settings.l1().exceptions().requireLayers(count);
    Sgd[] each = new Sgd[count];
    for (int layer = 0; layer < count; layer++) {
      each[layer] = new Sgd(settings, moment, layer, count, new Sgd[0]);
    }
    return new Sgd(settings, moment, 0, count, each);
  }

  @Override
  public Optimizer forLayer(int layer) {
    return layers.length == 0 ? this : layers[layer];
  }

  @Override
  public boolean changesEveryStep() {
    return !settings.rate().isConstant();
  }

  @Override
  public boolean followsRunLength() {
    return settings.rate().followsRunLength()
        || settings.decay().strength().followsRunLength()
        || settings.decay().exceptions().followsRunLength()
        || settings.l1().strength().followsRunLength()
        || settings.l1().exceptions().followsRunLength();
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
        switch (role) {
          case WEIGHT -> step == 0 ? firstWeightStep : weightStep;
          case BIAS -> step == 0 ? firstBiasStep : biasStep;
          case NEURON -> step == 0 ? firstNeuronStep : neuronStep;
        };
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
