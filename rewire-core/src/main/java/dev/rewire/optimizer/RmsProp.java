package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.kernel.RmsPropStep;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSprop (Tieleman and Hinton 2012), in the form of PyTorch; centered as by Graves (2013):
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * s = alpha * s + (1 - alpha) * g * g
 * a = alpha * a + (1 - alpha) * g                       centered
 * u = g / (sqrt(centered ? s - a * a : s) + epsilon)
 * v = momentum * v + u                                  v = u without momentum
 * w = w - rate * v
 * </pre>
 */
public final class RmsProp extends ScheduledOptimizer<RmsProp> {
  private final Settings settings;

  /** One for each role. */
  private final RmsPropStep[] steps;

  private final List<String> slots;

  /**
   * All numbers of RMSprop.
   *
   * @param common learning rate and penalties
   * @param alpha share of the averages that is kept, 0 to below 1
   * @param epsilon what is added to the root, above 0
   * @param centered whether the square of the mean gradient is taken off
   * @param momentum 0 to below 1
   */
  public record Settings(
      Common common, double alpha, double epsilon, boolean centered, double momentum)
      implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      requireShare("alpha", alpha);
      requireEpsilon(epsilon);
      requireShare("momentum", momentum);
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, alpha, epsilon, centered, momentum);
    }

    @Override
    public RmsProp optimizer() {
      return new RmsProp(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public RmsProp(Settings settings) {
    this(settings, Place.START);
  }

  private RmsProp(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new RmsPropStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] =
          new RmsPropStep(
              (float) rate(),
              (float) settings.alpha(),
              (float) (1 - settings.alpha()),
              (float) settings.epsilon(),
              settings.centered(),
              (float) settings.momentum(),
              pulls[r]);
    }
    List<String> names = new ArrayList<>(List.of("square_average"));
    if (settings.centered()) {
      names.add("gradient_average");
    }
    if (settings.momentum() != 0) {
      names.add("velocity");
    }
    slots = List.copyOf(names);
  }

  /**
   * RMSprop with the usual numbers: alpha 0.99, epsilon 1e-8.
   *
   * @param rate learning rate, 0 or more
   * @return without momentum, decay and penalty
   */
  public static RmsProp rate(double rate) {
    return rate(Schedule.constant(rate));
  }

  /**
   * RMSprop with the usual numbers: alpha 0.99, epsilon 1e-8.
   *
   * @param rate learning rate, 0 or more
   * @return without momentum, decay and penalty
   */
  public static RmsProp rate(Schedule rate) {
    return new RmsProp(new Settings(Common.rate(rate), 0.99, 1e-8, false, 0));
  }

  /**
   * Sets how much of the averages is kept.
   *
   * @param alpha 0 to below 1
   * @return a copy
   */
  public RmsProp alpha(double alpha) {
    return new RmsProp(
        new Settings(
            settings.common(),
            alpha,
            settings.epsilon(),
            settings.centered(),
            settings.momentum()));
  }

  /**
   * Sets what is added to the root.
   *
   * @param epsilon above 0
   * @return a copy
   */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(
        new Settings(
            settings.common(),
            settings.alpha(),
            epsilon,
            settings.centered(),
            settings.momentum()));
  }

  /**
   * Takes the square of the mean gradient off.
   *
   * @return a copy
   */
  public RmsProp centered() {
    return new RmsProp(
        new Settings(
            settings.common(), settings.alpha(), settings.epsilon(), true, settings.momentum()));
  }

  /**
   * Sets the momentum.
   *
   * @param momentum 0 to below 1
   * @return a copy
   */
  public RmsProp momentum(double momentum) {
    return new RmsProp(
        new Settings(
            settings.common(),
            settings.alpha(),
            settings.epsilon(),
            settings.centered(),
            momentum));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  RmsProp at(Place place) {
    return new RmsProp(settings, place);
  }

  @Override
  RmsProp with(Common common) {
    return new RmsProp(settings.with(common));
  }

  @Override
  public List<String> slots() {
    return slots;
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
    descent.rmsProp(gradient, value, state, from, to, steps[role.ordinal()]);
  }
}
