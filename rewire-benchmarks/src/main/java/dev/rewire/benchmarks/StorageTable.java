package dev.rewire.benchmarks;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.runner.RunnerException;

/** Prints {@link StorageBenchmark} as a table. */
public final class StorageTable {
  private static final List<String> LAYERS =
      List.of("784x1000", "1000x1000", "3000x3000", "30000x30000");

  private StorageTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}
   * @throws RunnerException when a benchmark fails
   */
  public static void main(String[] args) throws RunnerException {
    Results.printHeading(
        "GFLOP/s (2 x connections x batch / fastest time): slowest, median, fastest JVM");
    Results.print(
        "| layer | forward native | arrays | ratio | weight gradient native | arrays | ratio |");
    Results.print("|---|---|---|---|---|---|---|");
    for (String layer : args.length > 0 ? List.of(args) : LAYERS) {
      Results results = Results.run(StorageBenchmark.class, layer);
      double[] forward = results.gflopsOfForks("forward");
      double[] forwardOnHeap = results.gflopsOfForks("forwardOnHeap");
      double[] gradient = results.gflopsOfForks("weightGradient");
      double[] gradientOnHeap = results.gflopsOfForks("weightGradientOnHeap");
      Results.print(
          "| %s | %s | %s | %.2f | %s | %s | %.2f |",
          layer,
          spread(forward),
          spread(forwardOnHeap),
          median(forward) / median(forwardOnHeap),
          spread(gradient),
          spread(gradientOnHeap),
          median(gradient) / median(gradientOnHeap));
    }
  }

  private static double median(double[] sorted) {
    return sorted[sorted.length / 2];
  }

  private static String spread(double[] sorted) {
    return String.format(
        Locale.ROOT, "%.1f %.1f %.1f", sorted[0], median(sorted), sorted[sorted.length - 1]);
  }
}
