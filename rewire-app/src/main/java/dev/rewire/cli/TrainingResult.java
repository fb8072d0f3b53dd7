package dev.rewire.cli;

import dev.rewire.dataset.Head;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.SparseLayer;
import dev.rewire.metric.Scores;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Cost;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.sweep.Outcome;
import dev.rewire.topology.Connectivity;
import dev.rewire.train.EarlyStopping;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param dataset its name
 * @param preset name of the settings it began with
 * @param recipe the settings
 * @param network as it was saved
 * @param epochs one report an epoch
 * @param test of the saved network
 * @param scores of the saved network on the test samples
 * @param metrics say which samples were looked at after each epoch
 * @param watched which epoch was the best
 * @param keptBest whether its model was kept
 * @param interrupted whether it was stopped before its end
 * @param folder where everything is
 * @param recording seconds for writing evolutions down, which are a part of those of evolution
 * @param drawing seconds for the report and its pictures, which come after training
 */
record TrainingResult(
    String dataset,
    String preset,
    Recipe recipe,
    Network network,
    List<EpochReport> epochs,
    Evaluation test,
    Scores scores,
    Metrics metrics,
    EarlyStopping watched,
    boolean keptBest,
    boolean interrupted,
    RunFolder folder,
    double recording,
    double drawing) {
  /** Outputs that are named in a sentence, at most. */
  private static final int NAMES = 8;

  /** The same, with the time that its report has taken. */
  TrainingResult drawn(double seconds) {
    return new TrainingResult(
        dataset,
        preset,
        recipe,
        network,
        epochs,
        test,
        scores,
        metrics,
        watched,
        keptBest,
        interrupted,
        folder,
        recording,
        seconds);
  }

  double seconds(ToLongFunction<EpochReport> part) {
    return epochs.stream().mapToLong(part).sum() / 1e9;
  }

  double trainLoss() {
    return epochs.isEmpty() ? Double.NaN : epochs.getLast().trainLoss();
  }

  double trainAccuracy() {
    return epochs.isEmpty() ? Double.NaN : epochs.getLast().trainAccuracy();
  }

  /** Names of the outputs that no way leads to. */
  private List<String> unreached() {
    return Arrays.stream(new Connectivity(network.topologies()).unreached())
        .mapToObj(network.classNames()::get)
        .toList();
  }

  /** Whether connections were to move and none has: often the rule was never due. */
  private boolean neverRewired() {
    return recipe.plan().evolves()
        && !interrupted
        && !epochs.isEmpty()
        && epochs.stream()
            .allMatch(
                epoch -> epoch.rewired() == 0 && epoch.connections() == network.connections());
  }

  /** Whether any layer is sparse enough to be rewired. */
  private boolean takesPart() {
    List<SparseLayer> layers = network.layers();
    List<@Nullable Evolution> evolutions = recipe.plan().evolutions(layers.size());
    return layers.stream()
        .anyMatch(layer -> {
          Evolution evolution = evolutions.get(layer.index());
          return evolution != null && evolution.includes(layer, layer == layers.getLast());
        });
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("dataset", dataset);
    json.put("test_accuracy", Json.number(test.accuracy()));
    json.put("test_loss", Json.number(test.loss()));
    json.put("head", network.head().id());
    json.put("test_metrics", ScoreWords.json(scores));
    if (metrics.equals(Metrics.VALIDATION) && !epochs.isEmpty()) {
      Evaluation last = epochs.getLast().test();
      json.put("validation_accuracy", Json.number(last.accuracy()));
      json.put("validation_loss", Json.number(last.loss()));
    }
    json.put("train_accuracy", Json.number(trainAccuracy()));
    json.put("train_loss", Json.number(trainLoss()));
    json.put("connections", network.connections());
    json.put("neurons", network.neurons());
    json.put("sparsity", network.sparsity());
    json.put("rewired", epochs.stream().mapToLong(EpochReport::rewired).sum());
    json.put(Outcome.NEVER_REWIRED, neverRewired());
    json.put("unreached_outputs", unreached().size());
    json.put("epochs", epochs.isEmpty() ? 0 : epochs.getLast().epoch());
    json.put("steps", network.steps());
    json.put("interrupted", interrupted);
    json.put("stopped_early", watched.stop());
    json.put("best_epoch", watched.bestEpoch());
    json.put("preset", preset);
    json.put("rule", Descriptions.rule(recipe.plan().evolution()));
    json.put("seconds_training", seconds(EpochReport::trainingNanos));
    json.put("seconds_evolution", seconds(EpochReport::evolutionNanos));
    json.put("seconds_test", seconds(EpochReport::testNanos));
    json.put("flops_training", epochs.stream().mapToLong(EpochReport::flops).sum());
    json.put("bytes_training", epochs.stream().mapToLong(EpochReport::bytes).sum());
    json.put(
        "flops_prediction",
        Cost.prediction(
            network.layers().stream()
                .mapToLong(layer -> layer.topology().connections())
                .toArray()));
    json.put("seconds_recording", recording);
    json.put("seconds_report", drawing);
    json.put("seed", recipe.plan().seed());
    json.put("threads", recipe.plan().threads());
    json.put("weights_sha256", Fingerprint.of(network));
    json.put("run", folder.path().toString());
    json.put("model", folder.model().toString());
    json.put("best_model", keptBest ? folder.best().toString() : null);
    json.put("report", folder.report().toString());
    json.put("rewire", Version.ofRewire());
    json.put("kernels", Version.ofKernels());
    json.put("java", Runtime.version().toString());
    return json;
  }

  void print(Console console, boolean json) {
    if (json) {
      console.out().println(Json.line(json()));
      return;
    }
    console
        .out()
        .printf(
            "test %sloss %s, after %s in %s (%s of it evolution)%n",
            network.head() == Head.REGRESSION
                ? ""
                : "accuracy %s, ".formatted(Say.percent(test.accuracy())),
            Say.loss(test.loss()),
            Say.plural(epochs.size(), "epoch"),
            Say.duration(
                seconds(EpochReport::trainingNanos)
                    + seconds(EpochReport::evolutionNanos)
                    + seconds(EpochReport::testNanos)),
            Say.duration(seconds(EpochReport::evolutionNanos)));
    console.out().println(ScoreWords.line(scores));
    console
        .out()
        .printf(
            "%s connections between %s neurons, %s of the possible ones are missing%n",
            Say.count(network.connections()),
            Say.count(network.neurons()),
            Say.percent(network.sparsity()));
    if (neverRewired()) {
      console
          .out()
          .printf(
              "no connection has moved in %s steps, so that this is a static network: %s%n",
              Say.count(network.steps()),
              takesPart()
                  ? "see --when"
                  : "its layers are too dense for it, see rewiring.max_density");
    }
    List<String> unreached = unreached();
    if (!unreached.isEmpty()) {
      console
          .out()
          .printf(
              "no way leads from the inputs to %d of %d outputs, which say the same of every sample:"
                  + " %s; a denser output layer would reach them%n",
              unreached.size(),
              network.outputs(),
              String.join(", ", unreached.subList(0, Math.min(NAMES, unreached.size())))
                  + (unreached.size() > NAMES ? ", ..." : ""));
    }
    console.out().printf("model   %s%n", folder.model());
    if (keptBest && watched.bestEpoch() > 0) {
      console.out().printf("best    %s, after epoch %d%n", folder.best(), watched.bestEpoch());
    }
    console.out().printf("report  %s%n", folder.report());
    console
        .out()
        .printf("next    ./rewire inspect %s%n", RunReport.shell(folder.path().toString()));
  }
}
