package dev.rewire.optimizer;

import dev.rewire.kernel.AdagradStep;
import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Schedule;
import java.util.List;

/**
 * Adagrad (Duchi, Hazan and Singer 2011), in the form of PyTorch:
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * s = s + g * g
 * w = w - rate * g / (sqrt(s) + epsilon)
 * </pre>
 *
 * <p>The sum of a connection begins at its birth, so newborns take longer steps than survivors.
 */
public final class Adagrad extends ScheduledOptimizer<Adagrad> {
  private final Settings settings;

  /** One for each role. */
  private final AdagradStep[] steps;

  /**
   * All numbers of Adagrad.
   *
   * @param common learning rate and penalties
   * @param epsilon what is added to the root, above 0
   */
  public record Settings(Common common, double epsilon) implements OptimizerSettings {
    /** Checks the range. */
    public Settings {
      requireEpsilon(epsilon);
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, epsilon);
    }

    @Override
    public Adagrad optimizer() {
      return new Adagrad(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Adagrad(Settings settings) {
    this(settings, Place.START);
  }

  private Adagrad(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new AdagradStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] = new AdagradStep((float) rate(), (float) settings.epsilon(), pulls[r]);
    }
  }

  /**
   * Adagrad with the usual epsilon of 1e-10.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Adagrad rate(double rate) {
    return rate(Schedule.constant(rate));
  }

  /**
   * Adagrad with the usual epsilon of 1e-10.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Adagrad rate(Schedule rate) {
    return new Adagrad(new Settings(Common.rate(rate), 1e-10));
  }

  /**
   * Sets what is added to the root.
   *
   * @param epsilon above 0
   * @return a copy
   */
  public Adagrad epsilon(double epsilon) {
    return new Adagrad(new Settings(settings.common(), epsilon));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  Adagrad at(Place place) {
    return new Adagrad(settings, place);
  }

  @Override
  Adagrad with(Common common) {
    return new Adagrad(settings.with(common));
  }

  @Override
  public List<String> slots() {
    return List.of("square_sum");
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
    descent.adagrad(gradient, value, state[0], from, to, steps[role.ordinal()]);
  }
}
