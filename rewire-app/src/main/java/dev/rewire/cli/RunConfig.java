package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.csv.CsvOptions;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.data.libsvm.LibsvmOptions;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.optimizer.Sgd;
import dev.rewire.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Every setting of a run, as {@code config.yaml} holds it: enough to repeat it.
 *
 * @param sections settings by section
 */
record RunConfig(Map<String, Map<String, @Nullable Object>> sections) {
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  /**
   * Collects the settings.
   *
   * @param preset name of the preset
   * @param recipe with all options applied
   * @param request which data
   * @param dataDir folder of named data sets, or null
   * @param pair the data
   * @param builder of the network
   */
  static RunConfig of(
      String preset,
      Recipe recipe,
      DatasetRequest request,
      @Nullable Path dataDir,
      DatasetPair pair,
      NetworkBuilder builder) {
    Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
    sections.put("rewire", program());
    sections.put("data", data(request, dataDir, pair));
    sections.put("network", network(recipe, builder));
    sections.put("training", training(preset, recipe));
    sections.put("rewiring", Descriptions.evolution(recipe.plan().evolution()));
    return new RunConfig(sections);
  }

  private static Map<String, @Nullable Object> program() {
    Map<String, @Nullable Object> program = new LinkedHashMap<>();
    program.put("version", Version.ofRewire());
    program.put("java", Version.ofJava());
    program.put("kernels", Version.ofKernels());
    program.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    program.put("started", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return program;
  }

  private static Map<String, @Nullable Object> data(
      DatasetRequest request, @Nullable Path dataDir, DatasetPair pair) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    boolean file = Files.exists(Path.of(request.data())) && !Named.is(request.data());
    data.put("dataset", file ? absolute(Path.of(request.data())) : request.data());
    data.put("data_dir", absolute(dataDir));
    data.put("test", absolute(request.test()));
    data.put("label", label(request.csv()));
    data.put("x", request.read().arrays().x());
    data.put("y", request.read().arrays().y());
    data.put("label_column", request.read().arrays().column() != null);
    data.put("labels", absolute(request.labels()));
    data.put("test_labels", absolute(request.testLabels()));
    data.put("missing", ReadingOptions.word(request.read().missing()));
    data.put("first_index", firstIndex(request.libsvm()));
    data.put(
        "asked_features", request.libsvm().features() == 0 ? null : request.libsvm().features());
    data.put("test_fraction", request.testFraction());
    data.put("split_seed", request.seed());
    data.put("train_samples", pair.train().size());
    data.put("test_samples", pair.test().size());
    data.put("features", pair.train().features());
    data.put("classes", pair.train().classNames());
    return data;
  }

  private static @Nullable String absolute(@Nullable Path path) {
    return path == null ? null : path.toAbsolutePath().normalize().toString();
  }

  private static String label(CsvOptions csv) {
    return switch (csv.label()) {
      case LabelColumn.Last() -> "last";
      case LabelColumn.None() -> "none";
      case LabelColumn.Named(String name) -> name;
      case LabelColumn.Numbered(int number) -> String.valueOf(number);
    };
  }

  private static @Nullable Integer firstIndex(LibsvmOptions libsvm) {
    return switch (libsvm.first()) {
      case DETECTED -> null;
      case ZERO -> 0;
      case ONE -> 1;
    };
  }

  private static Map<String, @Nullable Object> network(Recipe recipe, NetworkBuilder builder) {
    Map<String, @Nullable Object> network = new LinkedHashMap<>();
    network.put("hidden", recipe.hidden());
    Descriptions.density(recipe.density(), network);
    network.put("sampler", Descriptions.word(recipe.sampler()));
    network.put("dense_output", recipe.denseOutput());
    network.put(
        "densities", Arrays.stream(builder.probabilities()).map(p -> Math.min(1, p)).toArray());
    network.put("activation", recipe.activation().id());
    network.put("output_activation", recipe.outputActivation().id());
    network.put("dropout", recipe.dropout().rate());
    network.put("dropout_style", Descriptions.word(recipe.dropout().style()));
    network.put(
        "initializer", recipe.initializer() == null ? "sparse-he" : recipe.initializer().id());
    network.put(
        "output_initializer",
        recipe.outputInitializer() == null ? null : recipe.outputInitializer().id());
    network.put("loss", recipe.loss().id());
    network.put("scaling", Descriptions.word(recipe.scaling()));
    return network;
  }

  private static Map<String, @Nullable Object> training(String preset, Recipe recipe) {
    Map<String, @Nullable Object> training = new LinkedHashMap<>();
    Sgd.Settings sgd = ((Sgd) recipe.plan().optimizer()).settings();
    training.put("preset", preset);
    training.put("optimizer", "sgd");
    training.put("lr", sgd.rate());
    training.put("momentum", sgd.momentum());
    training.put("dampening", sgd.dampening());
    training.put("nesterov", sgd.nesterov());
    training.put("weight_decay", sgd.decay().strength());
    training.put("weight_decay_kind", Descriptions.word(sgd.decay().kind()));
    training.put("l1", sgd.l1());
    training.put("batch", recipe.plan().batch());
    training.put("epochs", recipe.plan().epochs());
    training.put("seed", recipe.plan().seed());
    training.put("threads", recipe.plan().threads());
    training.put("memory", Descriptions.word(recipe.plan().memory()));
    return training;
  }

  String yaml() {
    return YAML.writeValueAsString(sections);
  }

  /**
   * Reads back which data a run was about.
   *
   * @param file config.yaml of a run
   */
  static RecordedData recordedData(Path file) throws IOException {
    try {
      JsonNode data = YAML.readTree(Files.readString(file)).path("data");
      String label = data.path("label").asString("last");
      JsonNode first = data.path("first_index");
      JsonNode features = data.path("asked_features");
      DatasetRequest request =
          DatasetRequest.of(data.path("dataset").asString(""))
              .withTest(path(data.path("test")))
              .withRead(
                  ReadOptions.DEFAULT
                      .withCsv(CsvOptions.DEFAULT.withLabel(LabelColumn.of(label)))
                      .withLibsvm(
                          new LibsvmOptions(
                              features.isNumber() ? features.asInt() : 0,
                              SparseDataOptions.first(
                                  first.isNumber() ? (Integer) first.asInt() : null)))
                      .withArrays(
                          new ArrayNames(
                              text(data.path("x")),
                              text(data.path("y")),
                              data.path("label_column").asBoolean(false)
                                  ? LabelColumn.of(label)
                                  : null))
                      .withMissing(ReadingOptions.missing(data.path("missing").asString("refuse"))))
              .withLabels(path(data.path("labels")), path(data.path("test_labels")))
              .withSplit(
                  data.path("test_fraction").asDouble(0.2), data.path("split_seed").asLong(1));
      return new RecordedData(request, path(data.path("data_dir")));
    } catch (JacksonException | IllegalArgumentException damaged) {
      throw new IOException(file + " is damaged: name the data set", damaged);
    }
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static @Nullable Path path(JsonNode node) {
    return node.isString() ? Path.of(node.asString()) : null;
  }

  /**
   * The data of an earlier run.
   *
   * @param request which
   * @param dataDir folder of named data sets, or null
   */
  record RecordedData(DatasetRequest request, @Nullable Path dataDir) {}
}
