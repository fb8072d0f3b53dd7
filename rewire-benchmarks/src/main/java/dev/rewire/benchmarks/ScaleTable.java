package dev.rewire.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what the big networks need, each measured in a JVM of its own. */
public final class ScaleTable {
  private static final int FIRST_WIDTH = 25_000_000;
  private static final int BISECTIONS = 3;

  private ScaleTable() {}

  /**
   * Runs the networks named, or all of a fixed size.
   *
   * @param args names; {@code --threads N}, {@code --epochs N}
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 2);
    Report.title("Big networks, synthetic data", options.threads());
    Report.print(
        "Momentum SGD; lung with the settings of preset scipy-lung. Where epochs are measured, SET"
            + " rewires all layers (the preset: the output layer too) after each; medians without"
            + " the first epoch, or without the first step where no epoch is measured. Peak is"
            + " VmHWM of the whole process; bytes per connection leave out what the JVM held before"
            + " the network was drawn.");
    Report.print("");
    Report.head(
        "network",
        "neurons",
        "connections",
        "batch, steps",
        "drawn in, s",
        "steps of an epoch, s",
        "evolution, s",
        "epoch, s",
        "asked",
        "published",
        "a step, ms",
        "ns per connection and step",
        "peak, MB",
        "bytes per connection",
        "asked",
        "loss");
    for (String name : options.namesOr(ScaleNetwork.names())) {
      if (name.equals(ScaleNetwork.LARGEST)) {
        searchLargest(options);
      } else {
        row(name, options);
      }
    }
  }

  private static void row(String name, Options options) throws Child.FailedException {
    ScaleNetwork network = ScaleNetwork.of(name);
    Map<String, Double> results =
        Child.run(ScaleRun.class, name, options.epochs(), options.threads());
    double connections = value(results, "connections");
    double step = value(results, "step");
    double peak = value(results, "peak");
    double training = value(results, "training");
    double evolution = value(results, "evolution");
    Report.row(
        List.of(
            name,
            count(network.neurons()),
            count(connections),
            network.batch() + ", " + network.steps(),
            Report.digits(value(results, "draw")),
            orNothing(training),
            orNothing(evolution),
            orNothing(training + evolution),
            network.asked(),
            network.published(),
            Report.digits(1e3 * step),
            Report.digits(1e9 * step / connections),
            Report.digits(peak / 1e6),
            Report.digits((peak - value(results, "before")) / connections),
            network.askedBytes(),
            Report.digits(value(results, "loss"))));
  }

  /** Wider until it fails, then halfway back or forth. */
  private static void searchLargest(Options options) {
    double fits = 0;
    double fails = Double.POSITIVE_INFINITY;
    double width = FIRST_WIDTH;
    for (int bisections = 0; bisections <= BISECTIONS; ) {
      String name = ScaleNetwork.LARGEST + ":" + Math.round(width);
      try {
        row(name, options);
        fits = width;
      } catch (Child.FailedException e) {
        fails = width;
        Report.print("| %s | does not train: %s |", name, e);
      }
      boolean bracketed = fails < Double.POSITIVE_INFINITY;
      width = bracketed ? (fits + fails) / 2 : 1.5 * width;
      bisections += bracketed ? 1 : 0;
    }
    Report.print("");
    Report.print(
        "Largest: 65,536-%s-%s-10, %s neurons.",
        count(fits), count(fits), count(2 * fits + 65_546));
  }

  private static double value(Map<String, Double> results, String key) {
    return results.getOrDefault(key, Double.NaN);
  }

  private static String orNothing(double value) {
    return Double.isNaN(value) ? "–" : Report.digits(value);
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }
}
