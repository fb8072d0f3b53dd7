package dev.rewire.cli;

import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DataException;
import dev.rewire.data.DatasetPair;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.DatasetFingerprint;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code record.json}: with what a run was done, beside the settings in {@code config.yaml}.
 *
 * @param policy what it keeps of itself
 * @param started with what it began: program, JVM, kernels, system, time
 * @param resumed the same for each time it was gone on with, from which step, and which settings of
 *     its end were changed then
 * @param data fingerprint of the samples of each part
 * @param network fingerprint of the network before training
 * @param events folder for event files of TensorBoard, or null
 */
record RunRecord(
    CheckpointPolicy policy,
    Map<String, @Nullable Object> started,
    List<Map<String, @Nullable Object>> resumed,
    Map<String, String> data,
    String network,
    @Nullable Path events) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FORMAT = "rewire-run";
  private static final int VERSION = 1;
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String VALIDATION = "validation";
  private static final String PATIENCE = "training.patience";
  private static final String MONITOR = "training.monitor";

  /** Describes a run that begins now. */
  static RunRecord begin(
      CheckpointPolicy policy, DatasetPair pair, Network network, @Nullable Path events) {
    Map<String, String> data = new LinkedHashMap<>();
    data.put(TRAIN, DatasetFingerprint.of(pair.train()));
    data.put(TEST, DatasetFingerprint.of(pair.test()));
    LoadedDataset validation = pair.validation();
    if (validation != null) {
      data.put(VALIDATION, DatasetFingerprint.of(validation));
    }
    return new RunRecord(
        policy,
        program(),
        List.of(),
        data,
        Fingerprint.of(network),
        events == null ? null : events.toAbsolutePath().normalize());
  }

  /**
   * The same run, gone on with from a step.
   *
   * @param before its settings until then
   * @param now its settings from then on
   */
  RunRecord resumedAt(long step, CheckpointPolicy policy, RunSettings before, RunSettings now) {
    Map<String, @Nullable Object> again = program();
    again.put("step", step);
    for (String path : List.of("training.epochs", PATIENCE, MONITOR)) {
      Key<?> key = Keys.require(path, path);
      Object value = key.print(now);
      if (!Objects.equals(key.print(before), value)) {
        again.put(path, value);
      }
    }
    List<Map<String, @Nullable Object>> all = new ArrayList<>(resumed);
    all.add(again);
    return new RunRecord(policy, started, all, data, network, events);
  }

  /** The folder for event files; runs that do not say may have the usual one. */
  @Nullable Path events(RunFolder folder) {
    Path usual = folder.path().resolve(TensorBoardOptions.IN_RUN);
    return events == null && Files.isDirectory(usual) ? usual : events;
  }

  /** Whether a part of the run was to end early by other settings than those of its end. */
  boolean endedByOthers() {
    return resumed.stream().anyMatch(now -> now.containsKey(PATIENCE) || now.containsKey(MONITOR));
  }

  private static Map<String, @Nullable Object> program() {
    Map<String, @Nullable Object> program = new LinkedHashMap<>();
    program.put("time", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    program.put("rewire", Version.ofRewire());
    program.put("commit", Version.ofCommit());
    program.put("java", Version.ofJava());
    program.put("kernels", Version.ofKernels());
    program.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return program;
  }

  /** Refuses samples that are not those of the run. */
  void checkData(DatasetPair pair, Path run) {
    check(TRAIN, pair.train(), run);
    check(TEST, pair.test(), run);
    LoadedDataset validation = pair.validation();
    if (validation != null) {
      check(VALIDATION, validation, run);
    }
  }

  private void check(String part, LoadedDataset samples, Path run) {
    String now = DatasetFingerprint.of(samples);
    String then = data.getOrDefault(part, "");
    if (!now.equals(then)) {
      throw new DataException(
          "the %s samples of %s are not those of the run %s (SHA-256 %.12s… now, %.12s… then):"
                  .formatted(part, samples.name(), run, now, then)
              + " put the file back as it was, or begin a new run by 'rewire train'");
    }
  }

  void write(Path file) throws IOException {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("started", started);
    json.put("resumed", resumed);
    json.put("data_sha256", data);
    json.put("network_sha256", network);
    json.put("checkpoints", policy.json());
    if (events != null) {
      json.put("tensorboard", events.toString());
    }
    AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }

  static RunRecord read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(file));
      if (!json.path("format").asString("").equals(FORMAT)
          || json.path("version").asInt(0) != VERSION) {
        throw new IOException("%s is no record of a run in version %d".formatted(file, VERSION));
      }
      List<Map<String, @Nullable Object>> resumed = new ArrayList<>();
      json.path("resumed").forEach(node -> resumed.add(map(node)));
      Map<String, String> data = new LinkedHashMap<>();
      json.path("data_sha256")
          .properties()
          .forEach(entry -> data.put(entry.getKey(), entry.getValue().asString("")));
      return new RunRecord(
          CheckpointPolicy.of(json.path("checkpoints")),
          map(json.path("started")),
          resumed,
          data,
          json.path("network_sha256").asString(""),
          json.has("tensorboard") ? Path.of(json.path("tensorboard").asString("")) : null);
    } catch (JacksonException | IllegalArgumentException damaged) {
      throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  private static Map<String, @Nullable Object> map(JsonNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          Object plain = value.isNumber() ? (Object) value.asLong() : value.asString("");
          map.put(entry.getKey(), value.isNull() ? null : plain);
        });
    return map;
  }
}
