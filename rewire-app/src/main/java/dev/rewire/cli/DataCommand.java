package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.Catalogue;
import dev.rewire.data.catalogue.CatalogueEntry;
import dev.rewire.data.catalogue.Places;
import dev.rewire.dataset.ImageShape;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells about data sets. */
@Command(
    name = "data",
    header = "Lists the data sets that have a name, or tells about one.",
    description = {
      "",
      "Examples:",
      "  rewire data                        the list, and where each is or would be put",
      "  rewire data info mnist             shape, classes, values",
      "  rewire data info my.csv --label class",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class DataCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|info",
      description = "What to do (default: list).")
  String action = "list";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description = "A name or a path, for info.")
  @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set.")
  @Nullable Path dataDir;

  @Option(
      names = "--label",
      paramLabel = "COL",
      description = "Column of a CSV file that holds the class: a name, a number from 1, or last.")
  @Nullable String label;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin SparseDataOptions sparse = new SparseDataOptions();

  @Mixin HelpOption help = new HelpOption();

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    switch (action) {
      case "list" -> list();
      case "info" -> info();
      default -> throw new UsageException("data can list or info, not " + action);
    }
    return ExitCode.OK;
  }

  private void list() {
    Places places = Places.ofSystem(dataDir);
    Table table =
        new Table(
            "<name", "training", "test", "inputs", "classes", "download", "<licence", "<place");
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.standard().entries()) {
      Path folder = folder(entry, places);
      String place =
          entry.files().isEmpty()
              ? "drawn when needed"
              : folder != null
                  ? folder.toString()
                  : "not here yet, would go to " + places.cache().resolve(entry.name());
      table.row(
          entry.name(),
          Say.count(entry.trainSamples()),
          Say.count(entry.testSamples()),
          Say.count(entry.features()),
          Say.count(entry.classNames().size()),
          entry.files().isEmpty() ? "-" : Say.bytes(entry.bytes()),
          entry.licence(),
          place);
      all.add(describe(entry, folder));
    }
    if (json) {
      console.out().println(Json.line(Map.of("datasets", all)));
    } else {
      table.print(console.out());
    }
  }

  private static Map<String, @Nullable Object> describe(
      CatalogueEntry entry, @Nullable Path folder) {
    Map<String, @Nullable Object> words = new LinkedHashMap<>();
    words.put("name", entry.name());
    words.put("title", entry.title());
    words.put("licence", entry.licence());
    words.put("train_samples", entry.trainSamples());
    words.put("test_samples", entry.testSamples());
    words.put("features", entry.features());
    words.put("classes", entry.classNames());
    words.put("download_bytes", entry.bytes());
    words.put("folder", folder == null ? null : folder.toString());
    return words;
  }

  /** The first folder that has all files, packed or not. */
  private static @Nullable Path folder(CatalogueEntry entry, Places places) {
    return places.all().stream()
        .map(place -> place.resolve(entry.name()))
        .filter(folder -> !entry.files().isEmpty())
        .filter(folder ->
            entry.files().stream()
                .map(file -> file.name())
                .allMatch(name ->
                    Files.isRegularFile(folder.resolve(name))
                        || Files.isRegularFile(folder.resolve(name.replaceFirst("\\.gz$", "")))))
        .findFirst()
        .orElse(null);
  }

  private void info() {
    if (dataset == null) {
      throw new UsageException("data info needs the name or path of a data set");
    }
    DataOptions options = new DataOptions();
    options.label = label;
    options.sparse = sparse;
    options.check();
    DatasetPair pair = DataSource.open(dataDir, console, json).open(options.request(dataset));
    FeatureFacts facts = FeatureFacts.of(pair.train());
    if (json) {
      Map<String, @Nullable Object> words = new LinkedHashMap<>();
      words.put("dataset", dataset);
      words.put("train_samples", pair.train().size());
      words.put("test_samples", pair.test().size());
      words.put("features", pair.train().features());
      words.put("classes", pair.train().classNames());
      words.put("train_counts", counts(pair.train()));
      words.put("test_counts", counts(pair.test()));
      words.putAll(facts.json());
      console.out().println(Json.line(words));
    } else {
      print(pair, facts);
    }
  }

  private void print(DatasetPair pair, FeatureFacts facts) {
    LoadedDataset train = pair.train();
    console
        .out()
        .printf(
            "%s: %s training and %s test samples, %s, %s%n",
            train.name(),
            Say.count(train.size()),
            Say.count(pair.test().size()),
            Say.plural(train.features(), "feature"),
            kind(train));
    console.out().println(facts.sentence());
    console.out().println();
    int[] trainCounts = counts(train);
    int[] testCounts = counts(pair.test());
    Table table = new Table("<class", "training", "test");
    for (int k = 0; k < trainCounts.length; k++) {
      table.row(train.classNames().get(k), Say.count(trainCounts[k]), Say.count(testCounts[k]));
    }
    table.print(console.out());
  }

  private static String kind(LoadedDataset data) {
    ImageShape image = data.image();
    if (data instanceof SparseInMemoryDataset sparse) {
      return "sparse: %.1f values a sample".formatted((double) sparse.entries() / data.size());
    }
    return image == null
        ? "a table"
        : "pictures of %d x %d pixels".formatted(image.height(), image.width());
  }

  private static int[] counts(LoadedDataset data) {
    int[] counts = new int[data.classNames().size()];
    for (int s = 0; s < data.size(); s++) {
      counts[data.label(s)]++;
    }
    return counts;
  }
}
