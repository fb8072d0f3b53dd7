package dev.rewire.optimizer;

import dev.rewire.kernel.AdamStep;
import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.memory.Floats;
import dev.rewire.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015), in the form of PyTorch; with decoupled decay it is AdamW (Loshchilov
 * and Hutter 2019), with the largest second moment AMSGrad (Reddi, Kale and Kumar 2018):
 *
 * <pre>
 * g = gradient + l2 * w + l1 * sign(w)
 * m = beta1 * m + (1 - beta1) * g
 * v = beta2 * v + (1 - beta2) * g * g
 * x = amsgrad ? max(x, v) : v
 * w = w - rate * (m / (1 - beta1^t)) / (sqrt(x / (1 - beta2^t)) + epsilon)
 * </pre>
 *
 * <p>What t counts is decided by {@link Correction}.
 */
public final class Adam extends ScheduledOptimizer<Adam> {
  private final Settings settings;

  /** One for each role. */
  private final AdamStep[] steps;

  private final List<String> slots;

  /** What the bias correction counts. */
  public enum Correction {
    /**
     * Steps of the training, as PyTorch does: a connection that is born late, with moments of 0, is
     * not corrected, and its first steps are about {@code (1 - beta1) / sqrt(1 - beta2)} = 3 times
     * too long.
     */
    STEP,
    /**
     * Steps since the connection was born: it begins as a parameter does at the start of training.
     * Two more numbers a parameter, averages of ones beside the averages of gradients.
     */
    BIRTH
  }

  /**
   * All numbers of Adam.
   *
   * @param common learning rate and penalties
   * @param beta1 share of the first moment that is kept, 0 to below 1
   * @param beta2 share of the second moment that is kept, 0 to below 1
   * @param epsilon what is added to the root of the second moment, above 0
   * @param amsgrad whether the largest second moment so far counts
   * @param correction what the bias correction counts
   */
  public record Settings(
      Common common,
      double beta1,
      double beta2,
      double epsilon,
      boolean amsgrad,
      Correction correction)
      implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      requireShare("beta1", beta1);
      requireShare("beta2", beta2);
      requireEpsilon(epsilon);
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, beta1, beta2, epsilon, amsgrad, correction);
    }

    @Override
    public Adam optimizer() {
      return new Adam(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public Adam(Settings settings) {
    this(settings, Place.START);
  }

  private Adam(Settings settings, Place place) {
    super(settings.common(), place);
    this.settings = settings;
    Pull[] pulls = pulls();
    steps = new AdamStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] =
          new AdamStep(
              (float) settings.beta1(),
              (float) (1 - settings.beta1()),
              (float) settings.beta2(),
              (float) (1 - settings.beta2()),
              (float) settings.epsilon(),
              settings.amsgrad(),
              settings.correction() == Correction.BIRTH,
              pulls[r]);
    }
    List<String> names = new ArrayList<>(List.of("first_moment", "second_moment"));
    if (settings.amsgrad()) {
      names.add("largest_second_moment");
    }
    if (settings.correction() == Correction.BIRTH) {
      names.addAll(List.of("first_correction", "second_correction"));
    }
    slots = List.copyOf(names);
  }

  /**
   * Adam with the usual numbers: betas 0.9 and 0.999, epsilon 1e-8.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Adam rate(double rate) {
    return rate(Schedule.constant(rate));
  }

  /**
   * Adam with the usual numbers: betas 0.9 and 0.999, epsilon 1e-8.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static Adam rate(Schedule rate) {
    return new Adam(new Settings(Common.rate(rate), 0.9, 0.999, 1e-8, false, Correction.STEP));
  }

  /**
   * Sets how much of the moments is kept.
   *
   * @param beta1 of the first moment, 0 to below 1
   * @param beta2 of the second moment, 0 to below 1
   * @return a copy
   */
  public Adam betas(double beta1, double beta2) {
    return new Adam(
        new Settings(
            settings.common(),
            beta1,
            beta2,
            settings.epsilon(),
            settings.amsgrad(),
            settings.correction()));
  }

  /**
   * Sets what is added to the root of the second moment.
   *
   * @param epsilon above 0
   * @return a copy
   */
  public Adam epsilon(double epsilon) {
    return new Adam(
        new Settings(
            settings.common(),
            settings.beta1(),
            settings.beta2(),
            epsilon,
            settings.amsgrad(),
            settings.correction()));
  }

  /**
   * Lets the largest second moment count.
   *
   * @return a copy
   */
  public Adam amsgrad() {
    return new Adam(
        new Settings(
            settings.common(),
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            true,
            settings.correction()));
  }

  /**
   * Sets what the bias correction counts.
   *
   * @param correction steps of the training, or of each connection
   * @return a copy
   */
  public Adam correction(Correction correction) {
    return new Adam(
        new Settings(
            settings.common(),
            settings.beta1(),
            settings.beta2(),
            settings.epsilon(),
            settings.amsgrad(),
            correction));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  Adam at(Place place) {
    return new Adam(settings, place);
  }

  @Override
  Adam with(Common common) {
    return new Adam(settings.with(common));
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
    AdamStep numbers = steps[role.ordinal()];
    double rate = rate();
    double root = 1;
    if (!numbers.fromBirth()) {
      rate /= 1 - StrictMath.pow(settings.beta1(), step + 1.0);
      root /= Math.sqrt(1 - StrictMath.pow(settings.beta2(), step + 1.0));
    }
    descent.adam(gradient, value, state, from, to, numbers, (float) rate, (float) root);
  }
}
