package dev.rewire.config;

import dev.rewire.layer.Compute;
import dev.rewire.layer.MemoryMode;
import dev.rewire.train.EarlyStopping.Monitor;
import dev.rewire.train.Preset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How weights learn. */
final class TrainingKeys {
  static final String PRESET = "training.preset";
  static final String SEED = "training.seed";

  private static final List<Key<?>> PACE =
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
              .means("Samples of one training step."));

  private static final List<Key<?>> MACHINE =
      List.of(
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

  static final List<Key<?>> ALL =
      Stream.of(PACE, OptimizerKeys.ALL, LimitKeys.ALL, MACHINE)
          .<Key<?>>flatMap(List::stream)
          .toList();

  private TrainingKeys() {}

  private static Map<String, Preset> presets() {
    Map<String, Preset> presets = new LinkedHashMap<>();
    for (Preset preset : Preset.values()) {
      presets.put(preset.id(), preset);
    }
    return presets;
  }
}
