package dev.rewire.benchmarks;

import dev.rewire.evolution.PublishedRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What rewiring by each published rule costs beside the training itself, and one growth by gradient
 * in a large layer.
 */
public final class RuleTable {
  private static final String LAYER = "layer";
  private static final int EPOCHS = 10;
  private static final int BATCH = 128;

  /** One between the first and the last. */
  private static final int LEAST_EPOCHS = 3;

  private RuleTable() {}

  /**
   * Prints the tables.
   *
   * @param args names of rules, or {@code layer} for the large layer, none for all; {@code
   *     --threads}; {@code --epochs}; {@code --batch}
   * @throws Child.FailedException if a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 1);
    List<String> all =
        new ArrayList<>(Arrays.stream(PublishedRule.values()).map(PublishedRule::id).toList());
    all.add(LAYER);
    List<String> names = options.namesOr(all);
    if (!names.equals(List.of(LAYER))) {
      rules(names, options);
    }
    if (names.contains(LAYER)) {
      layer(options);
    }
  }

  private static void rules(List<String> names, Options options) throws Child.FailedException {
    int epochs = options.epochs() > 0 ? Math.max(LEAST_EPOCHS, options.epochs()) : EPOCHS;
    int batch = options.batch() > 0 ? options.batch() : BATCH;
    Report.title("Rules on 784-1000-1000-1000-10", options.threads());
    Report.print(
        "Epsilon 20, batches of %d, epochs of %d steps, each rule at the times of its paper."
                .formatted(batch, Math.ceilDiv(RuleRun.SAMPLES, batch))
            + " Bookkeeping is all that is not a training step and no test: looking at batches"
            + " again, removal, growth. Means of epochs without first and last; peak is VmHWM of the"
            + " whole process.");
    Report.print("");
    Report.head(
        "rule", "steps of an epoch, s", "bookkeeping, s", "share", "peak, MB", "peak / set");
    double base = number(Child.run(RuleRun.class, "set", epochs, options.threads(), batch), "peak");
    for (String name : names) {
      if (!name.equals(LAYER)) {
        Map<String, Double> results =
            Child.run(RuleRun.class, name, epochs, options.threads(), batch);
        double training = number(results, "training");
        double evolution = number(results, "evolution");
        double peak = number(results, "peak");
        Report.row(
            List.of(
                name,
                Report.digits(training),
                Report.digits(evolution),
                Report.digits(100 * evolution / training) + " %",
                Report.digits(peak / 1e6),
                Report.digits(peak / base)));
      }
    }
    Report.print("");
  }

  private static void layer(Options options) throws Child.FailedException {
    Report.title("One evolution of a layer of 100,000 x 100,000", options.threads());
    Report.print(
        "4 million connections, three in ten replaced; random inputs and gradients, one batch. The"
            + " first evolution of a JVM; peak is VmHWM of the whole process, inputs and gradients"
            + " included.");
    Report.print("");
    Report.head("growth", "batch", "evolution, s", "again, s", "peak, MB");
    for (String growth : List.of("random", "sampled-gradient", "gradient")) {
      for (int batch : new int[] {32, 128}) {
        Map<String, Double> results = Child.run(LayerRun.class, growth, batch, options.threads());
        Report.row(
            List.of(
                growth,
                Integer.toString(batch),
                Report.digits(number(results, "first")),
                Report.digits(number(results, "second")),
                Report.digits(number(results, "peak") / 1e6)));
      }
    }
  }

  private static double number(Map<String, Double> results, String name) {
    return Objects.requireNonNull(results.get(name), name);
  }
}
