package dev.rewire.cli;

import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.layer.Compute;
import dev.rewire.metric.BinaryScores;
import dev.rewire.metric.ClassScores;
import dev.rewire.metric.ConfusionMatrix;
import dev.rewire.metric.LabelScores;
import dev.rewire.metric.NumberScores;
import dev.rewire.metric.Scores;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a saved network. */
@Command(
    name = "evaluate",
    header = "Measures how good a saved network is, metric by metric and class by class.",
    description = {
      "",
      "Of classes: accuracy, top-3 and top-5, macro-F1, area under the ROC curve, calibration error,"
          + " confusions. Of several labels: exact matches, F1, area. Of numbers: RMSE, MAE, R2 in"
          + " their own units. With --json the whole confusion matrix, too.",
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
    LoadedDataset data =
        new TestSamples(console, dataDir, reading, sparse, streaming).of(saved, dataset);
    Evaluation evaluation = network.evaluate(data);
    Scores scores = Predictor.scores(network, data, Compute.defaultThreads());
    if (json) {
      console.out().println(Json.line(json(data, network, evaluation, scores)));
    } else {
      print(data, network, evaluation, scores);
    }
    return ExitCode.OK;
  }

  private Map<String, @Nullable Object> json(
      LoadedDataset data, Network network, Evaluation evaluation, Scores scores) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("model", model.toString());
    json.put("dataset", data.name());
    json.put("head", network.head().id());
    json.put("samples", evaluation.samples());
    boolean numbers = evaluation.correct() == Evaluation.NUMBERS;
    json.put("correct", numbers ? null : (Integer) evaluation.correct());
    json.put("test_accuracy", Json.number(evaluation.accuracy()));
    json.put("test_loss", Json.number(evaluation.loss()));
    json.put("metrics", ScoreWords.json(scores));
    List<String> names = network.classNames();
    Map<String, @Nullable Object> each = new LinkedHashMap<>();
    switch (scores) {
      case LabelScores labels -> {
        for (int k = 0; k < names.size(); k++) {
          each.put(names.get(k), Json.number(labels.f1(k)));
        }
        json.put("label_f1", each);
      }
      case NumberScores all -> {
        for (int k = 0; k < names.size(); k++) {
          Map<String, @Nullable Double> errors = new LinkedHashMap<>();
          errors.put("rmse", Json.number(all.rmse(k)));
          errors.put("mae", Json.number(all.mae(k)));
          errors.put("r2", Json.number(all.r2(k)));
          each.put(names.get(k), errors);
        }
        json.put("numbers", each);
      }
      case ClassScores _, BinaryScores _ -> {
        ConfusionMatrix confusion = ScoreWords.confusion(scores);
        for (int k = 0; confusion != null && k < names.size(); k++) {
          each.put(names.get(k), Json.number(confusion.recall(k)));
        }
        json.put("class_accuracy", confusion == null ? null : each);
        json.put("classes", names);
        json.put("confusion", confusion == null ? null : confusion.counts());
      }
    }
    json.put("weights_sha256", Fingerprint.of(network));
    return json;
  }

  private void print(LoadedDataset data, Network network, Evaluation evaluation, Scores scores) {
    if (network.head() == Head.REGRESSION) {
      console
          .out()
          .printf(
              "%s: %s, loss %s%n",
              data.name(), Say.plural(evaluation.samples(), "sample"), Say.loss(evaluation.loss()));
    } else {
      console
          .out()
          .printf(
              "%s: %s of %s samples right%s, accuracy %s, loss %s%n",
              data.name(),
              Say.count(evaluation.correct()),
              Say.count(evaluation.samples()),
              network.head() == Head.MULTI_LABEL ? " in all labels" : "",
              Say.percent(evaluation.accuracy()),
              Say.loss(evaluation.loss()));
    }
    console.out().println();
    Table.of(ScoreWords.rows(scores)).print(console.out());
    List<List<String>> each = ScoreWords.each(scores, network);
    if (!each.isEmpty()) {
      console.out().println();
      Table table = new Table(headings(each.getFirst()));
      each.subList(1, each.size()).forEach(row -> table.row(row.toArray(String[]::new)));
      table.print(console.out());
    } else if (network.head() == Head.CLASSES) {
      console
          .out()
          .printf(
              "%nclasses one by one are left out: there are more than %,d%n",
              ConfusionMatrix.MOST_CLASSES);
    }
  }

  /** The first column and a column of words are set to the left. */
  private static String[] headings(List<String> words) {
    return IntStream.range(0, words.size())
        .mapToObj(c -> c == 0 || words.get(c).startsWith(" ") ? "<" + words.get(c) : words.get(c))
        .toArray(String[]::new);
  }
}
