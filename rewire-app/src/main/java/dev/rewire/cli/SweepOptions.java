package dev.rewire.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How many runs, and what to compare them by. */
final class SweepOptions {
  static final String DEFAULT_METRIC = "test_accuracy";

  /** Numbers of a result that runs can be compared by. */
  static final class Metrics extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Metrics() {
      super(
          List.of(
              DEFAULT_METRIC,
              "test_loss",
              "test_macro_f1",
              "test_roc_auc",
              "test_calibration_error",
              "test_exact_match",
              "test_rmse",
              "test_mae",
              "test_r2",
              "validation_accuracy",
              "validation_loss",
              "train_accuracy",
              "train_loss",
              "connections",
              "sparsity",
              "epochs",
              "seconds_training",
              "seconds_evolution",
              "seconds_test"));
    }
  }

  @Option(
      names = "--seeds",
      paramLabel = "N..M|N,N,..",
      description =
          "One run for each seed, for example 1..5 or 1,2,7; each in a folder of its own. With --out"
              + " of an earlier sweep only the missing runs are done.")
  @Nullable String seeds;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Runs at a time; they share the threads, and no result depends on it (default: 1). Small"
              + " networks are faster with 2 or more.")
  @Nullable Integer parallel;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      completionCandidates = Metrics.class,
      description =
          "What to compare runs by: ${COMPLETION-CANDIDATES} (default: " + DEFAULT_METRIC + ").")
  @Nullable String metric;

  /** The number to compare runs by. */
  String metric() {
    String name = metric == null ? DEFAULT_METRIC : metric;
    List<String> known = new Metrics();
    if (!known.contains(name)) {
      throw new UsageException(
          "--metric must be one of %s, not %s".formatted(String.join(", ", known), name));
    }
    return name;
  }

  /** One run has nothing to be compared with. */
  void refuseWithoutSeeds() {
    if (parallel != null || metric != null) {
      throw new UsageException(
          "%s belongs to several runs: add --seeds 1..5, or leave it out"
              .formatted(parallel != null ? "--parallel" : "--metric"));
    }
  }
}
