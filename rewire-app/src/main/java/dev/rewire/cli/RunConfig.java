package dev.rewire.cli;

import dev.rewire.config.Beginning;
import dev.rewire.config.ConfigException;
import dev.rewire.config.ConfigFile;
import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.stream.StreamOptions;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.NetworkBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every setting of a run, as {@code config.yaml} holds it: enough to repeat it. The last section is
 * a record of facts, which nobody reads back.
 *
 * @param sections settings by section
 */
record RunConfig(Map<String, Map<String, @Nullable Object>> sections) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /**
   * Collects the settings.
   *
   * @param settings with all options applied
   * @param pair the data
   * @param builder of the network
   */
  static RunConfig of(RunSettings settings, DatasetPair pair, NetworkBuilder builder) {
    Map<String, Map<String, @Nullable Object>> sections =
        new LinkedHashMap<>(ConfigText.sections(absolute(settings)));
    sections.put(Keys.RECORD, record(settings, pair, builder));
    return new RunConfig(sections);
  }

  /** A file of settings means the same wherever it lies. */
  static RunSettings absolute(RunSettings settings) {
    DatasetRequest request = settings.request();
    boolean file = !Named.is(request.data()) && Files.exists(Path.of(request.data()));
    DatasetRequest found =
        file ? request.withData(absolute(Path.of(request.data())).toString()) : request;
    Path cache = request.stream().cacheFolder();
    if (cache != null) {
      found = found.withStream(new StreamOptions(request.stream().always(), absolute(cache)));
    }
    found =
        found.withLabels(absoluteOrNull(request.labels()), absoluteOrNull(request.testLabels()));
    Path test = request.test();
    Beginning beginning = settings.beginning();
    return new RunSettings(
        settings.preset(),
        settings.recipe(),
        settings.stopping(),
        test == null ? found : found.withTest(absolute(test)),
        absoluteOrNull(settings.dataDir()),
        new Beginning(
            absoluteOrNull(beginning.topology()),
            absoluteOrNull(beginning.model()),
            beginning.start(),
            beginning.startCells(),
            beginning.keepStep()),
        settings.compact());
  }

  private static @Nullable Path absoluteOrNull(@Nullable Path path) {
    return path == null ? null : absolute(path);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static Map<String, @Nullable Object> record(
      RunSettings settings, DatasetPair pair, NetworkBuilder builder) {
    Map<String, @Nullable Object> record = new LinkedHashMap<>();
    record.put("version", Version.ofRewire());
    record.put("java", Version.ofJava());
    record.put("kernels", Version.ofKernels());
    record.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    record.put("started", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    record.put("threads", settings.recipe().plan().threads());
    record.put("train_samples", pair.train().size());
    record.put("test_samples", pair.test().size());
    LoadedDataset validation = pair.validation();
    if (validation != null) {
      record.put("validation_samples", validation.size());
    }
    record.put("features", pair.train().features());
    record.put("classes", List.copyOf(pair.train().classNames()));
    record.put(
        "densities", Arrays.stream(builder.probabilities()).map(p -> Math.min(1, p)).toArray());
    return record;
  }

  String yaml() {
    return ConfigText.yaml(sections);
  }

  /** The same run with other settings; what is known of it stays. */
  RunConfig with(RunSettings settings) {
    Map<String, Map<String, @Nullable Object>> changed =
        new LinkedHashMap<>(ConfigText.sections(absolute(settings)));
    Map<String, @Nullable Object> record = sections.get(Keys.RECORD);
    if (record != null) {
      changed.put(Keys.RECORD, record);
    }
    return new RunConfig(changed);
  }

  /**
   * Reads back all sections as they are in the file.
   *
   * @param file config.yaml of a run
   * @throws IOException if it cannot be read
   */
  @SuppressWarnings("unchecked") // sections are maps; what is in them is only printed
  static RunConfig read(Path file) throws IOException {
    try {
      Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
      Map<String, Object> yaml = YAML.readValue(Files.readString(file), Map.class);
      yaml.forEach((name, values) -> {
        if (values instanceof Map<?, ?> section) {
          sections.put(name, (Map<String, @Nullable Object>) section);
        }
      });
      return new RunConfig(sections);
    } catch (JacksonException damaged) {
      throw new IOException(file + " is damaged: " + damaged.getMessage(), damaged);
    }
  }

  /**
   * Reads back the settings of a run.
   *
   * @param file config.yaml of a run
   * @return recipe, data and the folder of named data sets: all that the run can be done again with
   * @throws IOException if it cannot be read
   */
  static RunSettings settings(Path file) throws IOException {
    try {
      return ConfigFile.read(file, Configuration.EMPTY).settle();
    } catch (ConfigException damaged) {
      throw new IOException(damaged.getMessage(), damaged);
    }
  }
}
