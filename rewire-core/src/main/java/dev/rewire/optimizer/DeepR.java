package dev.rewire.optimizer;

import dev.rewire.kernel.Descent;
import dev.rewire.kernel.Pull;
import dev.rewire.kernel.SgdStep;
import dev.rewire.memory.Floats;
import dev.rewire.random.Normal;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.schedule.Schedule;
import java.util.List;

/**
 * The step of Deep Rewiring (Bellec et al. 2018): a random walk downhill in which no weight changes
 * its sign {@code s}.
 *
 * <pre>
 * theta = s * w
 * theta = theta - rate * s * g - rate * drift + sqrt(2 * rate * temperature) * noise
 * w = theta > 0 ? s * theta : 0                 and from then on the connection is dormant
 * </pre>
 *
 * <p>A connection takes the sign of its weight when it makes its first step. A dormant one stays at
 * exactly 0 until a rule replaces it, see {@link dev.rewire.evolution.DormantDrop}. Noise is
 * normal, and named by seed, layer, step and the number of the connection. Biases and other numbers
 * of neurons go plainly downhill.
 */
public final class DeepR extends ScheduledOptimizer<DeepR> {
  /** The slot of the sign: 0 if it is not known yet, -1 or 1, and -2 or 2 where it is dormant. */
  public static final String SIGN = "sign";

  private static final float DORMANT = 2;

  private final Settings settings;
  private final RandomStreams streams;
  private final int layer;

  /** One for each role. */
  private final SgdStep[] steps;

  private final float drift;
  private final float noise;

  /**
   * All numbers of DeepR.
   *
   * @param common learning rate and penalties
   * @param drift by which weights move towards 0, times the learning rate; 0 or more
   * @param temperature of the noise, 0 or more; may change from epoch to epoch
   */
  public record Settings(Common common, double drift, Schedule temperature)
      implements OptimizerSettings {
    /** Checks the ranges. */
    public Settings {
      if (!(drift >= 0 && Double.isFinite(drift))) {
        throw new IllegalArgumentException("drift must be 0 or more: " + drift);
      }
      temperature.requireWithin("temperature", 0, Double.MAX_VALUE);
    }

    @Override
    public Settings with(Common changed) {
      return new Settings(changed, drift, temperature);
    }

    @Override
    public boolean followsRunLength() {
      return common.followsRunLength() || temperature.followsRunLength();
    }

    @Override
    public DeepR optimizer() {
      return new DeepR(this);
    }
  }

  /**
   * Makes an optimizer.
   *
   * @param settings all numbers
   */
  public DeepR(Settings settings) {
    this(settings, Place.START, new RandomStreams(0));
  }

  private DeepR(Settings settings, Place place, RandomStreams streams) {
    super(settings.common(), place);
    this.settings = settings;
    this.streams = streams;
    layer = place.layer();
    Pull[] pulls = pulls();
    steps = new SgdStep[pulls.length];
    for (int r = 0; r < pulls.length; r++) {
      steps[r] = new SgdStep((float) rate(), 0, 1, false, pulls[r]);
    }
    Moment begin = Common.beginOfEpoch(place.moment());
    drift = (float) (rate() * settings.drift());
    noise = (float) Math.sqrt(2 * rate() * settings.temperature().at(begin));
  }

  /**
   * DeepR with a drift of 1e-4 and a temperature of 1e-5.
   *
   * @param rate learning rate, 0 or more
   * @return without decay and penalty
   */
  public static DeepR rate(double rate) {
    Common common = Common.rate(Schedule.constant(rate));
    return new DeepR(new Settings(common, 1e-4, Schedule.constant(1e-5)));
  }

  /**
   * Sets how weights move towards 0.
   *
   * @param drift times the learning rate, 0 or more
   * @return a copy
   */
  public DeepR drift(double drift) {
    return new DeepR(new Settings(settings.common(), drift, settings.temperature()));
  }

  /**
   * Sets how much noise there is.
   *
   * @param temperature 0 or more
   * @return a copy
   */
  public DeepR temperature(Schedule temperature) {
    return new DeepR(new Settings(settings.common(), settings.drift(), temperature));
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  DeepR at(Place place) {
    return new DeepR(settings, place, streams);
  }

  @Override
  DeepR with(Common common) {
    return new DeepR(settings.with(common));
  }

  @Override
  public Optimizer drawing(RandomStreams streams) {
    return new DeepR(settings, Place.START, streams);
  }

  /** Noise is named by the layer. */
  @Override
  boolean differsByLayer() {
    return true;
  }

  @Override
  public List<String> slots() {
    return List.of(SIGN);
  }

  /**
   * Says whether a connection waits to be replaced.
   *
   * @param sign its number in the slot {@link #SIGN}
   * @return true if its weight is held at 0
   */
  public static boolean isDormant(float sign) {
    return Math.abs(sign) == DORMANT;
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
    if (role == Role.WEIGHT) {
      learnSigns(value, state[0], from, to);
    }
    descent.sgd(gradient, value, value, from, to, steps[role.ordinal()]);
    if (role == Role.WEIGHT) {
      walk(value, state[0], from, to, streams.key(Purpose.NOISE, layer, step));
    }
  }

  private static void learnSigns(Floats value, Floats sign, long from, long to) {
    for (long i = from; i < to; i++) {
      if (sign.get(i) == 0) {
        sign.set(i, Math.signum(value.get(i)));
      }
    }
  }

  private void walk(Floats value, Floats sign, long from, long to, long key) {
    for (long i = from; i < to; i++) {
      float s = sign.get(i);
      float w = 0;
      if (!isDormant(s)) {
        w = Math.fma(-drift, s, value.get(i));
        if (noise > 0) {
          w = Math.fma(noise, (float) Normal.of(RandomStreams.mix(key + i)), w);
        }
        if (s != 0 && !(s * w > 0)) {
          w = 0;
          sign.set(i, DORMANT * s);
        }
      }
      value.set(i, w);
    }
  }
}
