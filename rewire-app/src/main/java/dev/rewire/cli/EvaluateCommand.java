package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.data.DataException;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.data.catalogue.Datasets;
import dev.rewire.data.format.Labelling;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a saved network. */
@Command(
    name = "evaluate",
    header = "Measures how good a saved network is, class by class.",
    description = {
      "",
      "Examples:",
      "  rewire evaluate runs/DIR              on the test samples of its own run",
      "  rewire evaluate runs/DIR mnist        on the test samples of another data set",
      "  rewire evaluate model.safetensors my.csv --label class",
      "",
    },
    optionListHeading = "%n",
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of a run, or a model file.")
  Path model = Path.of("");

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description =
          "A name or a folder, of which the test samples are used, or a file, of which all are"
              + " (default: the test samples of the run).")
  @Nullable String dataset;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set.")
  @Nullable Path dataDir;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin ReadingOptions reading = new ReadingOptions();

  @Mixin SparseDataOptions sparse = new SparseDataOptions();

  @Mixin StreamingOptions streaming = new StreamingOptions();

  @Mixin HelpOption help = new HelpOption();

  EvaluateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    SavedModel saved = SavedModel.open(model);
    Network network = saved.network();
    LoadedDataset data = data(saved);
    FeatureCheck.refuseOthers(saved, data, data.name());
    if (data.classNames().size() != network.outputs()) {
      throw new DataException(
          "%s has %,d classes, but the network in %s knows %,d: give data of the same kind."
              .formatted(data.name(), data.classNames().size(), saved.file(), network.outputs()));
    }
    Evaluation evaluation = network.evaluate(data);
    int[][] confusion = new int[network.outputs()][network.outputs()];
    Predictor.predict(
        network, data, (sample, outputs, best) -> confusion[data.label(sample)][best]++);
    if (json) {
      console.out().println(Json.line(json(data, network, evaluation, confusion)));
    } else {
      print(data, network, evaluation, confusion);
    }
    return ExitCode.OK;
  }

  private LoadedDataset data(SavedModel saved) throws IOException {
    DataOptions options = new DataOptions();
    options.reading = reading;
    options.sparse = sparse;
    String name = dataset;
    if (name != null) {
      boolean file = !Named.is(name) && Files.isRegularFile(Path.of(name));
      Datasets source = DataSource.open(dataDir, console, false);
      return file
          ? source.forNetwork(
              DatasetRequest.of(name)
                  .withRead(reading.options(saved, saved.libsvm(sparse)))
                  .withLabels(reading.labels, null)
                  .withStream(streaming.options()),
              new Labelling.Known(saved.network().classNames()))
          : source.open(options.request(name)).test();
    }
    Path config = saved.config();
    if (config == null) {
      throw new UsageException(
          "there is no %s beside %s that names its data: give a DATASET"
              .formatted(RunFolder.CONFIG, saved.file()));
    }
    RunSettings recorded = RunConfig.settings(config);
    DatasetRequest request = recorded.request();
    return DataSource.open(dataDir == null ? recorded.dataDir() : dataDir, console, false)
        .open(
            reading.label == null
                ? request
                : request.withCsv(reading.options(request.libsvm()).csv()))
        .test();
  }

  private Map<String, @Nullable Object> json(
      LoadedDataset data, Network network, Evaluation evaluation, int[][] confusion) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model.toString());
    json.put("dataset", data.name());
    json.put("samples", evaluation.samples());
    json.put("correct", evaluation.correct());
    json.put("test_accuracy", Json.number(evaluation.accuracy()));
    json.put("test_loss", Json.number(evaluation.loss()));
    Map<String, @Nullable Object> classes = new LinkedHashMap<>();
    for (int k = 0; k < confusion.length; k++) {
      classes.put(
          network.classNames().get(k),
          Json.number((double) confusion[k][k] / Arrays.stream(confusion[k]).sum()));
    }
    json.put("class_accuracy", classes);
    json.put("classes", network.classNames());
    json.put("confusion", confusion);
    json.put("weights_sha256", Fingerprint.of(network));
    return json;
  }

  private void print(
      LoadedDataset data, Network network, Evaluation evaluation, int[][] confusion) {
    console
        .out()
        .printf(
            "%s: %s of %s samples right, accuracy %s, loss %s%n%n",
            data.name(),
            Say.count(evaluation.correct()),
            Say.count(evaluation.samples()),
            Say.percent(evaluation.accuracy()),
            Say.loss(evaluation.loss()));
    Table table = new Table("<class", "samples", "accuracy", "<  most often taken for");
    List<String> names = network.classNames();
    for (int k = 0; k < confusion.length; k++) {
      int samples = Arrays.stream(confusion[k]).sum();
      table.row(
          names.get(k),
          Say.count(samples),
          samples == 0 ? "-" : Say.percent((double) confusion[k][k] / samples),
          mistakes(confusion[k], k, names));
    }
    table.print(console.out());
  }

  /** The wrong class that most samples of a class were given. */
  private static String mistakes(int[] row, int right, List<String> names) {
    int worst = -1;
    for (int k = 0; k < row.length; k++) {
      if (k != right && row[k] > 0 && (worst < 0 || row[k] > row[worst])) {
        worst = k;
      }
    }
    return worst < 0 ? "" : "  %s (%s)".formatted(names.get(worst), Say.count(row[worst]));
  }
}
