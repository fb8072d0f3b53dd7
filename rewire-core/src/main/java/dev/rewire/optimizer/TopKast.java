package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Schedule;
import java.util.List;

/**
 * The step of Top-KAST (Jayakumar et al. 2020): the network computes with some of its connections,
 * the active ones, and learns all of them.
 *
 * <pre>
 * g = gradient + l2 * theta                     active
 * g = gradient + exploration * l2 * theta       not active
 * v = momentum * v + g
 * theta = theta - rate * v
 * w = theta where active, else 0
 * </pre>
 *
 * <p>A connection is active if its weight is not 0; which ones are is decided by a rule, see {@link
 * dev.rewire.evolution.TopKastDrop}. One that has made no step yet takes its weight as theta.
 * Biases and other numbers of neurons are all active.
 */
public final class TopKast extends ScheduledOptimizer<TopKast> {
  /** The slot of what a weight is or would be; 0 if it is not known yet. */
  public static final String THETA = "theta";

  private final Settings settings;

  /** One for each role. */
  private final SgdStep[] steps;

  /**
   * All numbers of Top-KAST.
   *
   * @param common learning rate and penalties
   * @param momentum 0 to below 1
   * @param exploration how many times as strong a coupled decay is where a connection is not
   *     active, 1 or more; the paper's is 1 over the density of the active connections
   */
  public record Settings(Common common, double momentum, double exploration)
      implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      requireShare("momentum", momentum);
      if (!(exploration >= 1 && Double.isFinite(exploration))) {
        throw new IllegalArgumentException("exploration must be 1 or more: " + exploration);
      }
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, momentum, exploration);
    }

    @Override
    public TopKast optimizer() {
      return new TopKast(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public TopKast(Settings settings) {
    this(settings, Place.START);
  }

  private TopKast(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new SgdStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] = new SgdStep((float) rate(), (float) settings.momentum(), 1, false, pulls[r]);
    }
  }

  /**
   * Top-KAST with momentum 0.9 and an exploration of 10.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static TopKast rate(double rate) {
    return new TopKast(new Settings(Common.rate(Schedule.constant(rate)), 0.9, 10));
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public TopKast momentum(double momentum) {
    return new TopKast(new Settings(settings.common(), momentum, settings.exploration()));
  }

  /**
   * Sets how much stronger the decay of connections is that are not active.
   *
   * @param exploration 1 or more
   * @return a copy
   */
  public TopKast exploration(double exploration) {
    return new TopKast(new Settings(settings.common(), settings.momentum(), exploration));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  TopKast at(Place place) {
    return new TopKast(settings, place);
  }

  @Override
  TopKast with(Common common) {
    return new TopKast(settings.with(common));
  }

  @Override
  public List<String> slots() {
    return List.of(THETA, "velocity");
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
    SgdStep numbers = steps[role.ordinal()];
    if (role != Role.WEIGHT) {
      descent.sgd(gradient, value, state[1], from, to, numbers);
      return;
    }
    Floats theta = state[0];
    explore(gradient, value, theta, from, to, numbers.pull().l2());
    descent.sgd(gradient, theta, state[1], from, to, numbers);
    for (long i = from; i < to; i++) {
      value.set(i, value.get(i) == 0 ? 0 : theta.get(i));
    }
  }

  /** Learns what is not known, and adds what the step does not: the rest of the decay. */
  private void explore(
      Floats gradient, Floats value, Floats theta, long from, long to, float decay) {
    float more = (float) (decay * (settings.exploration() - 1));
    for (long i = from; i < to; i++) {
      if (theta.get(i) == 0) {
        theta.set(i, value.get(i));
      }
      if (value.get(i) == 0) {
        gradient.set(i - from, Math.fma(more, theta.get(i), gradient.get(i - from)));
      }
    }
  }
}
