package dev.rewire.cli;

import dev.rewire.data.DataException;
import dev.rewire.data.catalogue.Catalogue;
import dev.rewire.data.catalogue.CatalogueEntry;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.catalogue.FileState;
import dev.rewire.data.catalogue.Formats;
import dev.rewire.data.catalogue.Places;
import dev.rewire.data.catalogue.RemoteFile;
import dev.rewire.dataset.Head;
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
    header = "Lists, checks and gets the data sets that have a name, and tells about any data.",
    description = {
      "",
      "Examples:",
      "  rewire data                        the list, and where each is or would be put",
      "  rewire data info mnist             shape, classes, values",
      "  rewire data info my.csv --label class",
      "  rewire data info scan.mat --x fea --y gnd --json",
      "  rewire data get cifar10            download what is not here yet",
      "  rewire data verify                 compare all files that are here with their checksums",
      "",
      "A file is recognised by its content: CSV and TSV, LIBSVM, IDX, CIFAR-10 binary, MATLAB (Level"
          + " 5 and 7.3), NumPy NPY and NPZ, SciPy sparse NPZ, MatrixMarket, ARFF, HDF5,"
          + " safetensors; each also packed with gzip.",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class DataCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|info|get|verify",
      description = "What to do (default: list).")
  String action = "list";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description = "A name, or for info also a path.")
  @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set.")
  @Nullable Path dataDir;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--head",
      paramLabel = "KIND",
      description =
          "What labels are, for info: classes, binary, multi-label or regression (default: found"
              + " out).")
  @Nullable String head;

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Mixin SparseDataOptions sparse = new SparseDataOptions();

  @Mixin HelpOption help = new HelpOption();

  DataCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return switch (action) {
      case "list" -> list();
      case "info" -> info();
      case "get" -> get();
      case "verify" -> verify();
      default -> throw new UsageException("data can list, info, get or verify, not " + action);
    };
  }

  private int list() {
    Places places = Places.ofSystem(dataDir);
    Table table =
        new Table(
            "<name", "training", "test", "inputs", "classes", "download", "<licence", "<place");
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.standard().entries()) {
      Path folder = places.find(entry);
      String place =
          entry.files().isEmpty()
              ? "drawn when needed"
              : folder != null
                  ? folder.toString()
                  : "not here yet, would go to " + places.cache().resolve(entry.folder());
      table.row(
          entry.name(),
          Say.count(entry.trainSamples()),
          entry.testSamples() == 0 ? "split" : Say.count(entry.testSamples()),
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
    return ExitCode.OK;
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
    List<Map<String, Object>> files = new ArrayList<>();
    for (RemoteFile file : entry.files()) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("name", file.name());
      facts.put("source", file.source().toString());
      facts.put("bytes", file.bytes());
      facts.put("sha256", file.sha256());
      files.add(facts);
    }
    words.put("files", files);
    words.put("folder", folder == null ? null : folder.toString());
    return words;
  }

  private int info() {
    if (dataset == null) {
      throw new UsageException("data info needs the name or path of a data set");
    }
    DataOptions options = new DataOptions();
    options.reading = reading;
    options.sparse = sparse;
    DatasetRequest request = options.request(dataset);
    request = request.withRead(request.read().withHead(head()));
    Datasets datasets = DataSource.open(dataDir, console, json);
    boolean file = !Named.is(dataset) && Files.isRegularFile(Path.of(dataset));
    DataInfo info =
        file
            ? DataInfo.ofFile(dataset, Formats.of(Path.of(dataset)).name(), datasets.look(request))
            : DataInfo.ofPair(dataset, datasets.open(request));
    if (json) {
      console.out().println(Json.line(info.json()));
    } else {
      info.print(console);
    }
    return ExitCode.OK;
  }

  private @Nullable Head head() {
    try {
      return head == null ? null : Head.of(head);
    } catch (IllegalArgumentException unknown) {
      throw new UsageException("--head: " + unknown.getMessage());
    }
  }

  private int get() {
    CatalogueEntry entry = named();
    Path folder = DataSource.open(dataDir, console, json).fetch(entry);
    if (json) {
      console.out().println(Json.line(describe(entry, folder)));
    } else if (entry.files().isEmpty()) {
      console.out().printf("%s is drawn when needed: there is nothing to get%n", entry.name());
    } else {
      console.out().printf("%s is in %s%n", entry.name(), folder);
    }
    return ExitCode.OK;
  }

  private CatalogueEntry named() {
    String name = dataset;
    if (name == null) {
      throw new UsageException("data " + action + " needs the name of a data set");
    }
    Catalogue catalogue = Catalogue.standard();
    return catalogue
        .find(name)
        .orElseThrow(() ->
            new DataException(
                "There is no data set \"%s\"%s: data sets are %s."
                    .formatted(
                        name,
                        catalogue
                            .nearest(name)
                            .map(near -> ", did you mean " + near + "?")
                            .orElse(""),
                        catalogue.names())));
  }

  /** Without a name, only what is here is compared. */
  private int verify() {
    Places places = Places.ofSystem(dataDir);
    List<CatalogueEntry> entries =
        dataset != null
            ? List.of(named())
            : Catalogue.standard().entries().stream()
                .filter(entry -> places.find(entry) != null)
                .toList();
    Datasets datasets = DataSource.open(dataDir, console, json);
    List<Map<String, Object>> all = new ArrayList<>();
    Table table = new Table("<data set", "<file", "<state");
    boolean right = true;
    for (CatalogueEntry entry : entries) {
      for (FileState state : datasets.verify(entry)) {
        boolean good =
            state.state() == FileState.State.RIGHT || state.state() == FileState.State.UNPACKED;
        right &= good;
        table.row(entry.name(), state.path().toString(), words(state.state()));
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("dataset", entry.name());
        facts.put("file", state.path().toString());
        facts.put("state", Descriptions.word(state.state()));
        all.add(facts);
      }
    }
    if (json) {
      console.out().println(Json.line(Map.of("files", all)));
    } else if (all.isEmpty()) {
      console.out().println("no files of named data sets are here: get some by 'rewire data get'");
    } else {
      table.print(console.out());
    }
    return right ? ExitCode.OK : ExitCode.DATA;
  }

  private static String words(FileState.State state) {
    return switch (state) {
      case RIGHT -> "right";
      case WRONG -> "WRONG: another SHA-256; delete it and get it again";
      case UNPACKED -> "unpacked, so that it cannot be compared";
      case MISSING -> "missing: get it by 'rewire data get'";
    };
  }
}
