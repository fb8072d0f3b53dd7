package dev.rewire.cli;

import dev.rewire.layer.SparseLayer;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.metric.NumberScores;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.network.Network;
import dev.rewire.report.ConnectivityPicture;
import dev.rewire.report.HtmlReport;
import dev.rewire.report.Quality;
import dev.rewire.report.RunPage;
import dev.rewire.report.RunPage.Fact;
import dev.rewire.report.RunPage.NextStep;
import dev.rewire.train.EpochReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a result into the words of a report. */
final class RunReport {
  private RunReport() {}

  static void write(
      TrainingResult result, RunConfig config, InputConnectivity start, Metrics metrics)
      throws IOException {
    RunPage page =
        new RunPage(
            result.dataset(),
            subtitle(result),
            facts(result),
            result.epochs(),
            metrics.watched(),
            start,
            InputConnectivity.of(result.network()),
            history(result, start),
            quality(result),
            settings(config),
            next(result));
    HtmlReport.write(page, result.folder().report());
    ConnectivityPicture.write(page, result.folder().picture());
  }

  private static LayerHistory history(TrainingResult result, InputConnectivity start)
      throws IOException {
    Path file = result.folder().history();
    return Files.isRegularFile(file)
        ? LayerHistory.read(
            file,
            0,
            start.image(),
            LayerHistory.moments(start.outgoing().length),
            LayerHistory.LAST,
            true)
        : LayerHistory.of(start, result.network(), result.epochs().size());
  }

  static String shape(Network network) {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    for (SparseLayer layer : network.layers()) {
      shape.append('-').append(layer.outputs());
    }
    return shape.toString();
  }

  private static String subtitle(TrainingResult result) {
    return "A sparse network %s, %s%s"
        .formatted(
            shape(result.network()),
            !result.recipe().plan().evolves()
                ? "with fixed random connections"
                : "that rewired itself while it learned",
            result.interrupted() ? "; training was interrupted" : "");
  }

  private static Quality quality(TrainingResult result) {
    return new Quality(
        ScoreWords.rows(result.scores()),
        result.network().classNames(),
        ScoreWords.confusion(result.scores()));
  }

  private static List<Fact> facts(TrainingResult result) throws IOException {
    Network network = result.network();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        result.scores() instanceof NumberScores numbers
            ? new Fact(Say.loss(numbers.r2()), "test R2, share of variance explained")
            : new Fact(Say.percent(result.test().accuracy()), "test accuracy"));
    facts.add(new Fact(Say.loss(result.test().loss()), "test loss"));
    facts.add(new Fact(Say.count(network.connections()), "connections"));
    facts.add(new Fact(Say.percent(network.sparsity()), "of the possible ones missing"));
    facts.add(new Fact(Say.count(network.neurons()), "neurons"));
    int gone = RemovedNeurons.count(result.folder().path().resolve(RunFolder.NEURONS), network);
    if (gone > 0) {
      facts.add(new Fact(Say.count(gone), "neurons taken out"));
    }
    facts.add(new Fact(Say.count(result.epochs().size()), "epochs"));
    facts.add(new Fact(Say.duration(result.seconds(EpochReport::trainingNanos)), "training steps"));
    facts.add(new Fact(Say.duration(result.seconds(EpochReport::evolutionNanos)), "evolution"));
    return facts;
  }

  static Map<String, Map<String, String>> settings(RunConfig config) {
    Map<String, Map<String, String>> settings = new LinkedHashMap<>();
    config
        .sections()
        .forEach((section, values) -> {
          Map<String, String> words = new LinkedHashMap<>();
          values.forEach((key, value) -> {
            if (value != null) {
              words.put(key.replace('_', ' '), word(value));
            }
          });
          settings.put(section, words);
        });
    return settings;
  }

  private static String word(@Nullable Object value) {
    return switch (value) {
      case double[] numbers ->
          String.join(", ", Arrays.stream(numbers).mapToObj(n -> "%.4g".formatted(n)).toList());
      case List<?> list -> String.join(", ", list.stream().map(String::valueOf).toList());
      case null, default -> String.valueOf(value);
    };
  }

  private static List<NextStep> next(TrainingResult result) {
    String run = shell(result.folder().path().toString());
    List<NextStep> next = new ArrayList<>();
    if (result.interrupted()) {
      next.add(new NextStep("the rest of the training", "./rewire resume " + run));
    }
    next.add(new NextStep("all metrics, class by class", "./rewire evaluate " + run));
    next.add(new NextStep("layers, degrees and a picture", "./rewire inspect " + run));
    next.add(
        new NextStep(
            "where the connections went, with a film", "./rewire topology " + run + " --gif"));
    next.add(
        new NextStep("predictions for new samples", "./rewire predict " + run + " samples.csv"));
    if (result.recipe().plan().evolves()) {
      next.add(
          new NextStep(
              "the same without rewiring, to compare",
              "./rewire train %s --rule static"
                  .formatted(shell(result.folder().path().resolve(RunFolder.CONFIG).toString()))));
    }
    return next;
  }

  static String shell(String word) {
    return word.matches("[A-Za-z0-9._/+:=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
