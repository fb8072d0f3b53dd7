package dev.rewire.config;

import dev.rewire.layer.Compute;
import dev.rewire.layer.MemoryMode;
import dev.rewire.optimizer.L1;
import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.train.EarlyStopping.Monitor;
import dev.rewire.train.Preset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How weights learn. */
final class TrainingKeys {
  static final String PRESET = "training.preset";
  static final String SEED = "training.seed";

  static final List<Key<?>> ALL =
      List.of(
          // applied before all others, see Configuration
          new Key<>(
                  PRESET,
                  Types.choice(presets()),
                  RunSettings::preset,
                  (settings, preset, all) -> settings)
              .option("--preset", "NAME")
              .means("Settings to start from; every other key changes them."),
          Key.at("training.epochs", Types.whole(Range.NOT_NEGATIVE), "recipe.plan.epochs")
              .option("--epochs", "N")
              .means("Passes over the training samples."),
          Key.at("training.patience", Types.whole(Range.NOT_NEGATIVE), "stopping.patience")
              .option("--patience", "N")
              .means(
                  "Epochs without a better test after which training ends, and the best model is"
                      + " kept as best.safetensors; 0 for never."),
          Key.at("training.monitor", Types.constants(Monitor.class), "stopping.monitor")
              .option("--monitor", "WHAT")
              .means("What a better test is: higher accuracy, or lower loss."),
          Key.at("training.batch", Types.whole(Range.AT_LEAST_1), "recipe.plan.batch")
              .option("--batch", "N")
              .means("Samples of one training step."),
          new Key<>(
                  "training.optimizer",
                  Types.choice(Map.of("sgd", "sgd")),
                  settings -> "sgd",
                  (settings, optimizer, all) -> settings)
              .option("--optimizer", "NAME")
              .means("How gradients change weights."),
          sgd("lr", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "rate")
              .option("--lr", "R")
              .means("Learning rate, the length of a step."),
          sgd("momentum", Types.number(Range.BELOW_1), "momentum")
              .option("--momentum", "M")
              .means("How much of its direction a weight keeps from step to step."),
          sgd("dampening", Types.number(Range.FRACTION), "dampening")
              .means("How much less of a gradient enters the momentum."),
          sgd("nesterov", Types.FLAG, "nesterov")
              .option("--nesterov", "")
              .means("Look ahead along the momentum."),
          decay("weight_decay", ScheduleTypes.schedule(Range.NOT_NEGATIVE), "strength")
              .option("--weight-decay", "W")
              .means(
                  "How strongly weights are pulled towards 0; a schedule as in '1e-3..1e-2 linear'"
                      + " changes it from epoch to epoch."),
          decay("weight_decay_kind", Types.constants(WeightDecay.Kind.class), "kind")
              .means(
                  "coupled: a penalty, part of the gradient. decoupled: times the learning rate,"
                      + " past the momentum. scipy: without the learning rate."),
          decay("weight_decay_biases", Types.FLAG, "biases").means("Whether biases decay too."),
          decay("weight_decay_of", ScheduleTypes.exceptions(), "exceptions")
              .option("--weight-decay-of", "WHERE=W,..")
              .means(
                  "Where it is another one: the number of a layer from 0, hidden, output, weights"
                      + " or biases, or both as in 0.weights. 0=1e-2,output=0 is strong in the first"
                      + " layer and absent from the last."),
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
              .means("Where the penalty is another one, as in weight_decay_of."),
          Key.at(SEED, Types.seed(), "recipe.plan.seed")
              .option("--seed", "N")
              .means("Names all random numbers: the same seed gives the same network, bit by bit."),
          Key.at(
                  "training.threads",
                  Types.wholeOr("all", Compute.defaultThreads(), Range.AT_LEAST_1),
                  "recipe.plan.threads")
              .option("--threads", "N")
              .otherwise("all processors")
              .means("Threads to compute with; no result depends on it."),
          Key.at("training.memory", Types.constants(MemoryMode.class), "recipe.plan.memory")
              .option("--memory", "MODE")
              .means(
                  "standard: 8 more bytes a connection where they make the way back faster. lean:"
                      + " for networks that would not fit otherwise."));

  private TrainingKeys() {}

  private static Map<String, Preset> presets() {
    Map<String, Preset> presets = new LinkedHashMap<>();
    for (Preset preset : Preset.values()) {
      presets.put(preset.id(), preset);
    }
    return presets;
  }

  private static Sgd.Settings settings(RunSettings settings) {
    return ((Sgd) settings.recipe().plan().optimizer()).settings();
  }

  private static RunSettings with(RunSettings settings, Object changed) {
    return settings.withRecipe(
        settings
            .recipe()
            .withPlan(settings.recipe().plan().withOptimizer(new Sgd((Sgd.Settings) changed))));
  }

  private static <T> Key<T> sgd(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings), component),
        (settings, value, all) ->
            with(settings, Component.with(settings(settings), component, value)));
  }

  private static <T> Key<T> decay(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings).decay(), component),
        (settings, value, all) -> {
          Sgd.Settings sgd = settings(settings);
          requireLayers(settings, value);
          return with(
              settings,
              Component.with(sgd, "decay", Component.with(sgd.decay(), component, value)));
        });
  }

  private static <T> Key<T> l1(String name, KeyType<T> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> Component.<T>read(settings(settings).l1(), component),
        (settings, value, all) -> {
          Sgd.Settings sgd = settings(settings);
          requireLayers(settings, value);
          return with(
              settings, Component.with(sgd, "l1", Component.with(sgd.l1(), component, value)));
        });
  }

  /** Layers are counted before training, where a wrong one is cheap. */
  private static void requireLayers(RunSettings settings, @Nullable Object value) {
    if (value instanceof LayerStrengths exceptions) {
      exceptions.requireLayers(settings.recipe().hidden().size() + 1);
    }
  }
}
