package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.kernel.LionStep;
import dev.rewire.kernel.Pull;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Schedule;
import java.util.List;

/**
 * Lion (Chen et al. 2023, "Symbolic discovery of optimization algorithms"): every parameter moves
 * by the learning rate, up or down.
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * w = w - rate * sign(beta1 * m + (1 - beta1) * g)
 * m = beta2 * m + (1 - beta2) * g
 * </pre>
 *
 * <p>The paper decays weights decoupled; its rates are 3 to 10 times smaller than those of Adam.
 */
public final class Lion extends ScheduledOptimizer<Lion> {
  private final Settings settings;

  /** One for each role. */
  private final LionStep[] steps;

  /**
   * All numbers of Lion.
   *
   * @param common learning rate and penalties
   * @param beta1 share of the average in the direction, 0 to below 1
   * @param beta2 share of the average that is kept, 0 to below 1
   */
  public record Settings(Common common, double beta1, double beta2) implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      requireShare("beta1", beta1);
      requireShare("beta2", beta2);
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, beta1, beta2);
    }

    @Override
    public Lion optimizer() {
      return new Lion(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Lion(Settings settings) {
    this(settings, Place.START);
  }

  private Lion(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new LionStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] =
          new LionStep(
              (float) rate(),
              (float) settings.beta1(),
              (float) (1 - settings.beta1()),
              (float) settings.beta2(),
              (float) (1 - settings.beta2()),
              pulls[r]);
    }
  }

  /**
   * Lion with the usual betas of 0.9 and 0.99.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Lion rate(double rate) {
    return rate(Schedule.constant(rate));
  }

  /**
   * Lion with the usual betas of 0.9 and 0.99.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Lion rate(Schedule rate) {
    return new Lion(new Settings(Common.rate(rate), 0.9, 0.99));
  }

  /**
   * Sets how much of the average counts and is kept.
   *
   * @param beta1 in the direction, 0 to below 1
   * @param beta2 in the average, 0 to below 1
   * @return a copy
   */
  public Lion betas(double beta1, double beta2) {
    return new Lion(new Settings(settings.common(), beta1, beta2));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  Lion at(Place place) {
    return new Lion(settings, place);
  }

  @Override
  Lion with(Common common) {
    return new Lion(settings.with(common));
  }

  @Override
  public List<String> slots() {
    return List.of("gradient_average");
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
    descent.lion(gradient, value, state[0], from, to, steps[role.ordinal()]);
  }
}
