package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.MemoryMode;
import dev.rewire.model.AtomicFile;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.ScalingKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What an earlier run was asked to do, read back from its {@code config.yaml}.
 *
 * @param preset name of the settings it began with
 * @param recipe all settings
 * @param request which data
 * @param dataDir folder of named data sets, or null
 */
record RecordedRun(String preset, Recipe recipe, DatasetRequest request, @Nullable Path dataDir) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /**
   * Reads the settings.
   *
   * @param config config.yaml of a run
   */
  static RecordedRun read(Path config) throws IOException {
    RunConfig.RecordedData data = RunConfig.recordedData(config);
    try {
      JsonNode yaml = YAML.readTree(Files.readString(config));
      JsonNode training = yaml.path("training");
      Preset preset =
          new LearningOptions.PresetOfName().convert(training.path("preset").asString("default"));
      TrainOptions options = new TrainOptions();
      options.learning.preset = preset;
      network(options.network, yaml.path("network"), preset.recipe());
      learning(options, training);
      rewiring(options.rewiring, yaml.path("rewiring"), preset.recipe());
      Recipe recipe = options.recipe();
      return new RecordedRun(preset.id(), recipe, data.request(), data.dataDir());
    } catch (JacksonException | IllegalArgumentException damaged) {
      throw new IOException(config + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static void network(NetworkOptions options, JsonNode network, Recipe preset) {
    List<Integer> hidden = network.path("hidden").valueStream().map(JsonNode::asInt).toList();
    options.hidden =
        hidden.isEmpty() ? "none" : String.join(",", hidden.stream().map(String::valueOf).toList());
    options.epsilon = real(network, "epsilon");
    options.density = real(network, "density");
    if (options.density != null) {
      options.allocation =
          NetworkOptions.Allocation.valueOf(network.path("allocation").asString("erk"));
    }
    options.activation = network.path("activation").asString(preset.activation().id());
    double dropout = network.path("dropout").asDouble(0);
    options.dropout = dropout == preset.dropout().rate() ? null : dropout;
    String scaling = network.path("scaling").asString("");
    options.scaling =
        Arrays.stream(ScalingKind.values())
            .filter(kind -> Descriptions.word(kind).equals(scaling))
            .findFirst()
            .orElse(preset.scaling());
  }

  private static void learning(TrainOptions options, JsonNode training) {
    options.learning.epochs = training.path("epochs").asInt();
    options.learning.batch = training.path("batch").asInt();
    options.learning.rate = real(training, "lr");
    options.learning.momentum = real(training, "momentum");
    options.learning.nesterov = training.path("nesterov").asBoolean(false);
    options.learning.weightDecay = real(training, "weight_decay");
    options.learning.l1 = real(training, "l1");
    options.run.seed = training.path("seed").asLong();
    options.run.threads = training.path("threads").asInt();
    options.run.memory =
        training.path("memory").asString("").equals(Descriptions.word(MemoryMode.LEAN))
            ? RunOptions.Memory.lean
            : RunOptions.Memory.standard;
  }

  private static void rewiring(RewiringOptions options, JsonNode rewiring, Recipe preset) {
    options.rule = rewiring.path("rule").asString("set");
    Double zeta = real(rewiring, "zeta");
    boolean asInPreset =
        preset.plan().evolution() != null
            && preset.plan().evolution().when() instanceof UpdateSchedule.EveryEpoch(double usual)
            && Double.valueOf(usual).equals(zeta);
    options.zeta = asInPreset ? null : zeta;
  }

  private static @Nullable Double real(JsonNode section, String key) {
    JsonNode value = section.path(key);
    return value.isNumber() ? value.asDouble() : null;
  }

  /** Opens the data of the run. */
  DatasetPair data(Console console, boolean quiet, @Nullable Path otherDir) throws IOException {
    return DataSource.open(otherDir == null ? dataDir : otherDir, console, quiet).open(request);
  }

  /** Returns all sections as they are in the file. */
  @SuppressWarnings("unchecked") // sections are maps; what is in them is only printed
  static RunConfig config(Path config) throws IOException {
    try {
      Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
      Map<String, Object> yaml = YAML.readValue(Files.readString(config), Map.class);
      yaml.forEach((name, values) -> {
        if (values instanceof Map<?, ?> section) {
          sections.put(name, (Map<String, @Nullable Object>) section);
        }
      });
      return new RunConfig(sections);
    } catch (JacksonException damaged) {
      throw new IOException(config + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  /** Changes the number of epochs in the file. */
  static void setEpochs(Path config, int epochs) throws IOException {
    RunConfig changed = config(config);
    changed
        .sections()
        .computeIfAbsent("training", name -> new LinkedHashMap<>())
        .put("epochs", epochs);
    AtomicFile.write(config, changed.yaml());
  }
}
