package dev.rewire.config;

import dev.rewire.optimizer.Adagrad;
import dev.rewire.optimizer.Adam;
import dev.rewire.optimizer.Common;
import dev.rewire.optimizer.DeepR;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Lion;
import dev.rewire.optimizer.OptimizerSettings;
import dev.rewire.optimizer.RmsProp;
import dev.rewire.optimizer.ScheduledOptimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.TopKast;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How gradients change weights: which optimizer, and its numbers. */
final class OptimizerKeys {
  static final String OPTIMIZER = "training.optimizer";

  static final String DEEPR = "deepr";
  static final String TOP_KAST = "top-kast";
  static final String L1_STRENGTH = "training.l1";
  static final String L1_KIND = "training.l1_kind";

  private static final String DECAY_KIND = "training.weight_decay_kind";
  private static final String SGD = "sgd";
  private static final String ADAM = "adam";
  private static final String ADAMW = "adamw";

  static final List<Key<?>> ALL =
      List.of(
          new Key<>(
                  OPTIMIZER,
                  type(),
                  OptimizerKeys::settings,
                  (settings, chosen, all) ->
                      name(chosen).equals(name(settings(settings)))
                          ? settings
                          : with(settings, chosen))
              .option("--optimizer", "NAME")
              .means(
                  "How gradients change weights. Another one than that of the preset begins with its"
                      + " own usual numbers: learning rate 1e-3 for adam and adamw, 1e-2 for rmsprop"
                      + " and adagrad, 0.5 for deepr, 1e-4 for lion, and no penalty but the decay of"
                      + " 0.01 in adamw and 1e-4 in top-kast."),
          common("lr", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "rate")
              .option("--lr", "R")
              .means(
                  "Learning rate, the length of a step; a schedule as in '0..0.1 linear until 5 then"
                      + " 0.1..0 cosine' warms up and cools down."),
          own("momentum", Types.number(Range.BELOW_1), "momentum")
              .option("--momentum", "M")
              .means(
                  "How much of its direction a weight keeps from step to step; sgd, rmsprop and"
                      + " top-kast."),
          own("dampening", Types.number(Range.FRACTION), "dampening")
              .means("How much less of a gradient enters the momentum; sgd."),
          own("nesterov", Types.FLAG, "nesterov")
              .option("--nesterov", "")
              .means("Look ahead along the momentum; sgd."),
          own("beta1", Types.number(Range.BELOW_1), "beta1")
              .option("--beta1", "B")
              .otherwise("0.9 of adam, adamw and lion")
              .means("How much of the mean gradient is kept from step to step; adam, adamw, lion."),
          own("beta2", Types.number(Range.BELOW_1), "beta2")
              .option("--beta2", "B")
              .otherwise("0.999 of adam and adamw, 0.99 of lion")
              .means(
                  "How much of the mean square of the gradient is kept in adam and adamw; of the mean"
                      + " gradient itself in lion, where beta1 is its share in the direction."),
          own("eps", Types.number(Range.POSITIVE), "epsilon")
              .option("--eps", "E")
              .otherwise("1e-8 of adam, adamw and rmsprop, 1e-10 of adagrad")
              .means(
                  "What is added to the root of the squares, so that tiny gradients make no long"
                      + " steps; adam, adamw, rmsprop and adagrad."),
          own("amsgrad", Types.FLAG, "amsgrad")
              .option("--amsgrad", "")
              .otherwise("false of adam and adamw")
              .means("Divide by the largest mean square so far; adam and adamw."),
          own("bias_correction", Types.constants(Adam.Correction.class), "correction")
              .option("--bias-correction", "BY")
              .otherwise("step of adam and adamw")
              .means(
                  "What the bias correction of adam and adamw counts. step: steps of the training, as"
                      + " PyTorch does; the first steps of a connection that is born later are 3"
                      + " times too long. birth: steps since a connection was born, for 8 more bytes"
                      + " a connection."),
          own("alpha", Types.number(Range.BELOW_1), "alpha")
              .option("--alpha", "A")
              .otherwise("0.99 of rmsprop")
              .means("How much of the mean square of the gradient is kept; rmsprop."),
          own("centered", Types.FLAG, "centered")
              .option("--centered", "")
              .otherwise("false of rmsprop")
              .means("Divide by the variance of the gradient instead of its mean square; rmsprop."),
          own("temperature", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "temperature")
              .option("--temperature", "T")
              .otherwise("1e-5 of deepr")
              .means(
                  "How much noise is added to weights: a normal number times the root of 2 x learning"
                      + " rate x T; a schedule as in '1e-5..1e-9 exponential' changes it from epoch"
                      + " to epoch; deepr."),
          own("drift", Types.number(Range.NOT_NEGATIVE), "drift")
              .option("--drift", "A")
              .otherwise("1e-4 of deepr")
              .means("By how much weights move towards 0, times the learning rate; deepr."),
          own("exploration", Types.number(Range.AT_LEAST_1), "exploration")
              .option("--exploration", "X")
              .otherwise("10 of top-kast")
              .means(
                  "How many times as strong a coupled weight decay is for connections that learn but"
                      + " are not active; top-kast."),
          decay("weight_decay", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "strength")
              .option("--weight-decay", "W")
              .means(
                  "How strongly weights are pulled towards 0; a schedule as in '1e-3..1e-2 linear'"
                      + " changes it from epoch to epoch."),
          decay("weight_decay_kind", Types.constants(WeightDecay.Kind.class), "kind")
              .means(
                  "coupled: a penalty, part of the gradient. decoupled: times the learning rate,"
                      + " past the momentum. scipy: without the learning rate. proximal: after the"
                      + " step and after l1, weights are divided by 1 + learning rate x penalty. adamw"
                      + " is adam with decoupled decay."),
          decay("weight_decay_biases", Types.FLAG, "biases").means("Whether biases decay too."),
          decay("weight_decay_of", ScheduleTypes.exceptions(), "exceptions")
              .option("--weight-decay-of", "WHERE=W,..")
              .means(
                  "Where it is another one: the name of a layer, its number from 0, hidden for all but"
                      + " the last, weights or biases, or both as in hidden-1.weights."
                      + " hidden-1=1e-2,output=0 is strong in the first layer and absent from the"
                      + " last."),
          l1("l1", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "strength")
              .option("--l1", "L")
              .means(
                  "Penalty on absolute values of weights; together with weight_decay it is the"
                      + " elastic net."),
          l1("l1_kind", Types.constants(L1.Kind.class), "kind")
              .option("--l1-kind", "KIND")
              .means(
                  "coupled: part of the gradient. proximal: after the step weights move towards 0"
                      + " by learning rate times penalty, and stay at exactly 0 if they would pass"
                      + " it."),
          l1("l1_of", ScheduleTypes.exceptions(), "exceptions")
              .option("--l1-of", "WHERE=L,..")
              .means("Where the penalty is another one, as in weight_decay_of."));

  private OptimizerKeys() {}

  /** Each optimizer with the numbers that it has in PyTorch; Lion with those of its paper. */
  private static Map<String, OptimizerSettings> usual() {
    WeightDecay none = new WeightDecay(WeightDecay.Kind.DECOUPLED, 0, true);
    WeightDecay decoupled = new WeightDecay(WeightDecay.Kind.DECOUPLED, 0.01, true);
    Map<String, OptimizerSettings> usual = new LinkedHashMap<>();
    usual.put(SGD, new Sgd.Settings(Common.rate(Schedule.constant(0.1)), 0.9, 0, false));
    usual.put(ADAM, Adam.rate(1e-3).settings());
    usual.put(ADAMW, Adam.rate(1e-3).weightDecay(decoupled).settings());
    usual.put("rmsprop", RmsProp.rate(1e-2).settings());
    usual.put("adagrad", Adagrad.rate(1e-2).settings());
    usual.put(DEEPR, DeepR.rate(0.5).settings());
    usual.put("lion", Lion.rate(1e-4).weightDecay(none).settings());
    usual.put(TOP_KAST, TopKast.rate(0.1).weightDecay(WeightDecay.coupled(1e-4)).settings());
    return usual;
  }

  private static KeyType<OptimizerSettings> type() {
    KeyType<OptimizerSettings> choice = Types.choice(usual());
    return new KeyType<>(
        choice.words(), choice.schema(), choice.candidates(), choice.parser(), OptimizerKeys::name);
  }

  /** The word for an optimizer. */
  private static String name(OptimizerSettings settings) {
    return switch (settings) {
      case Sgd.Settings _ -> SGD;
      case Adam.Settings adam ->
          adam.common().decay().kind() == WeightDecay.Kind.DECOUPLED ? ADAMW : ADAM;
      case RmsProp.Settings _ -> "rmsprop";
      case Adagrad.Settings _ -> "adagrad";
      case DeepR.Settings _ -> DEEPR;
      case Lion.Settings _ -> "lion";
      case TopKast.Settings _ -> TOP_KAST;
    };
  }

  private static OptimizerSettings settings(RunSettings settings) {
    return ((ScheduledOptimizer<?>) settings.recipe().plan().optimizer()).settings();
  }

  private static RunSettings with(RunSettings settings, OptimizerSettings changed) {
    return settings.withRecipe(
        settings.recipe().withPlan(settings.recipe().plan().withOptimizer(changed.optimizer())));
  }

  private static RunSettings with(RunSettings settings, Common changed) {
    return with(settings, settings(settings).with(changed));
  }

  /** A number of some optimizers. */
  private static <T> Key<T> own(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> {
          OptimizerSettings own = settings(settings);
          return Component.has(own, component) ? Component.<T>read(own, component) : null;
        },
        (settings, value, all) -> {
          OptimizerSettings own = settings(settings);
          if (!Component.has(own, component)) {
            throw new IllegalArgumentException(
                "means nothing to the optimizer %s: leave it out, or choose one of %s"
                    .formatted(name(own), String.join(", ", having(component))));
          }
          return with(settings, (OptimizerSettings) Component.with(own, component, value));
        });
  }

  private static List<String> having(String component) {
    return usual().entrySet().stream()
        .filter(usual -> Component.has(usual.getValue(), component))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static <T> Key<T> common(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings).common(), component),
        (settings, value, all) ->
            with(settings, (Common) Component.with(settings(settings).common(), component, value)));
  }

  private static <T> Key<T> decay(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings).common().decay(), component),
        (settings, value, all) -> {
          requireLayers(settings, value);
          OptimizerSettings before = settings(settings);
          if (value instanceof WeightDecay.Kind kind && !fits(kind, name(before))) {
            throw new IllegalArgumentException(
                "the decay of adam is not decoupled, that of adamw is: choose the optimizer %s"
                    .formatted(kind == WeightDecay.Kind.DECOUPLED ? ADAMW : ADAM));
          }
          Common common = before.common();
          return with(
              settings,
              common.withDecay((WeightDecay) Component.with(common.decay(), component, value)));
        });
  }

  private static <T> Key<T> l1(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings).common().l1(), component),
        (settings, value, all) -> {
          requireLayers(settings, value);
          Common common = settings(settings).common();
          return with(settings, common.withL1((L1) Component.with(common.l1(), component, value)));
        });
  }

  private static boolean fits(WeightDecay.Kind kind, String optimizer) {
    boolean decoupled = kind == WeightDecay.Kind.DECOUPLED;
    return switch (optimizer) {
      case ADAM -> !decoupled;
      case ADAMW -> decoupled;
      default -> true;
    };
  }

  /**
   * Says whether a value can be given together with an optimizer, so that a stronger place which
   * chooses the optimizer overrides a weaker one which gives the value.
   */
  static boolean fits(Key<?> key, Object value, Object optimizer) {
    OptimizerSettings chosen = (OptimizerSettings) optimizer;
    return key.path().equals(DECAY_KIND)
        ? fits((WeightDecay.Kind) value, name(chosen))
        : !ALL.contains(key) || key.print(with(Keys.DEFAULTS, chosen)) != null;
  }

  /** Layers are counted before training, where a wrong one is cheap. */
  private static void requireLayers(RunSettings settings, @Nullable Object value) {
    if (value instanceof LayerStrengths exceptions) {
      exceptions.requireLayers(LayerKeys.layers(settings));
    }
  }
}
