package dev.rewire.optimizer;

import dev.rewire.kernel.Pull;
import dev.rewire.schedule.Moment;
import java.util.ArrayList;
import java.util.List;

/**
 * An optimizer whose learning rate and penalties may follow schedules and differ between layers.
 * The rate may change from step to step, penalties from epoch to epoch. Used without asking {@link
 * #at}, all schedules are at their beginning.
 *
 * @param <S> the optimizer itself
 */
public abstract sealed class ScheduledOptimizer<S extends ScheduledOptimizer<S>>
    implements Optimizer permits Adagrad, Adam, DeepR, Lion, RmsProp, Sgd, TopKast {
  private final Place place;
  private final double rate;

  /**
   * Where an optimizer is used.
   *
   * @param moment of the training
   * @param layer number of the layer
   * @param layers of the network
   * @param factor of the learning rate
   * @param each the optimizers of the layers, none if all are treated alike
   */
  record Place(Moment moment, int layer, int layers, double factor, List<Optimizer> each) {
    static final Place START = new Place(Moment.START, 0, 1, 1, List.of());
  }

  ScheduledOptimizer(Common common, Place place) {
    this.place = place;
    rate = common.rate().at(place.moment()) * place.factor();
  }

  /**
   * Returns all numbers.
   *
   * @return what this was made from
   */
  public abstract OptimizerSettings settings();

  /** The same settings elsewhere. */
  abstract S at(Place place);

  /** Other penalties or another rate, and otherwise the same settings. */
  abstract S with(Common common);

  /** Whether layers must be told apart. */
  boolean differsByLayer() {
    return settings().common().differsByLayer();
  }

  /** The learning rate of the next step. */
  final double rate() {
    return rate;
  }

  /** What pulls parameters in the next step, one entry for each {@link Optimizer.Role}. */
  final Pull[] pulls() {
    Role[] roles = Role.values();
    Pull[] pulls = new Pull[roles.length];
    for (int r = 0; r < roles.length; r++) {
      pulls[r] =
          settings().common().pull(place.moment(), place.layer(), place.layers(), roles[r], rate);
    }
    return pulls;
  }

  /**
   * Sets the weight decay.
   *
   * @param decay kind and strength
   * @return a copy
   */
  public final S weightDecay(WeightDecay decay) {
    return with(settings().common().withDecay(decay));
  }

  /**
   * Sets a penalty on absolute values of weights (not of biases), as part of the gradient.
   *
   * @param l1 0 or more
   * @return a copy
   */
  public final S l1(double l1) {
    return l1(L1.coupled(l1));
  }

  /**
   * Sets the penalty on absolute values.
   *
   * @param l1 kind and strength
   * @return a copy
   */
  public final S l1(L1 l1) {
    return with(settings().common().withL1(l1));
  }

  @Override
  public final Optimizer scaled(double factor) {
    return factor == place.factor()
        ? this
        : at(new Place(place.moment(), place.layer(), place.layers(), factor, List.of()));
  }

  @Override
  public final Optimizer at(Moment moment, int layers) {
    Common common = settings().common();
    if (!differsByLayer()) {
      return common.followsTraining()
          ? at(new Place(moment, 0, 1, place.factor(), List.of()))
          : this;
    }
    common.requireLayers(layers);
    List<Optimizer> each = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      each.add(at(new Place(moment, layer, layers, place.factor(), List.of())));
    }
    return at(new Place(moment, 0, layers, place.factor(), each));
  }

  @Override
  public final Optimizer forLayer(int layer) {
    return place.each().isEmpty() ? this : place.each().get(layer);
  }

  @Override
  public final boolean changesEveryStep() {
    return !settings().common().rate().isConstant();
  }

  @Override
  public final boolean followsRunLength() {
    return settings().followsRunLength();
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof ScheduledOptimizer<?> same && settings().equals(same.settings());
  }

  @Override
  public final int hashCode() {
    return settings().hashCode();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " " + settings();
  }

  /** A momentum, or the share of an average that is kept. */
  static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be 0 or more and below 1: " + value);
    }
  }

  /** A divisor that stays above 0 as a float. */
  static void requireEpsilon(double value) {
    if (!(value >= Float.MIN_NORMAL && value <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "epsilon must be above 0, at least %s: %s".formatted(Float.MIN_NORMAL, value));
    }
  }
}
