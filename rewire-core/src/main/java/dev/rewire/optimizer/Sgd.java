package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
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
 */
public final class Sgd extends ScheduledOptimizer<Sgd> {
  private final Settings settings;

  /** One for each role. */
  private final SgdStep[] steps;

  /** In the very first step the velocity is the gradient itself, undamped. */
  private final SgdStep[] firstSteps;

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Sgd(Settings settings) {
    this(settings, Place.START);
  }

  private Sgd(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new SgdStep[pulls.length];
    firstSteps = new SgdStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] = step((float) (1 - settings.dampening()), pulls[r]);
      firstSteps[r] = step(1, pulls[r]);
    }
  }

  private SgdStep step(float keep, Pull pull) {
    return new SgdStep(
        (float) rate(), (float) settings.momentum(), keep, settings.nesterov(), pull);
  }

  /**
   * All numbers of SGD.
   *
   * @param common learning rate and penalties
   * @param momentum 0 to below 1
   * @param dampening of the gradient in the velocity, 0 to 1
   * @param nesterov whether to look ahead along the velocity; needs a momentum
   */
  public record Settings(Common common, double momentum, double dampening, boolean nesterov)
      implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      requireShare("momentum", momentum);
      if (!(dampening >= 0 && dampening <= 1)) {
        throw new IllegalArgumentException("dampening must be 0 to 1: " + dampening);
      }
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("Nesterov's step needs a momentum above 0");
      }
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, momentum, dampening, nesterov);
    }

    @Override
    public Sgd optimizer() {
      return new Sgd(this);
    }
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  Sgd at(Place place) {
    return new Sgd(settings, place);
  }

  @Override
  Sgd with(Common common) {
    return new Sgd(settings.with(common));
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
    return new Sgd(new Settings(Common.rate(rate), 0, 0, false));
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public Sgd momentum(double momentum) {
    return new Sgd(
        new Settings(settings.common(), momentum, settings.dampening(), settings.nesterov()));
  }

  /**
   * Sets the dampening of the gradient in the velocity.
   *
   * @param dampening 0 to 1
   * @return a copy
   */
  public Sgd dampening(double dampening) {
    return new Sgd(
        new Settings(settings.common(), settings.momentum(), dampening, settings.nesterov()));
  }

  /**
   * Looks ahead along the velocity.
   *
   * @return a copy
   */
  public Sgd nesterov() {
    return new Sgd(
        new Settings(settings.common(), settings.momentum(), settings.dampening(), true));
  }

  @Override
  public List<String> slots() {
    return settings.momentum() == 0 ? List.of() : List.of("velocity");
  }

  @Override
  public void update(
      Descent descent,
      long step,
      Role role,
      Floats gradient,
      Floats value,
      Floats[] state,
      long from,
      long to) {
    SgdStep numbers = (step == 0 ? firstSteps : steps)[role.ordinal()];
    descent.sgd(gradient, value, settings.momentum() == 0 ? value : state[0], from, to, numbers);
  }
}
