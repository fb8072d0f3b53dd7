package dev.rewire.benchmarks.mkl;

import dev.rewire.benchmarks.Results;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Prints {@link MklForwardBenchmark} as a table. */
public final class MklTable {
  private static final List<String> LAYERS = List.of("784x1000", "1000x1000", "3000x3000");

  private MklTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}
   * @throws RunnerException when a benchmark fails
   */
  public static void main(String[] args) throws RunnerException {
    Results.printHeading("GFLOP/s (2 x connections x batch / fastest time), Rewire and MKL");
    Results.print(
        "MKL optimized: after mkl_sparse_optimize, which copies the weights; refreshed: with that"
            + " copy made anew for each product, as training would have to.");
    Results.print("");
    Results.print(
        "| layer | forward | MKL | ratio | MKL optimized | input gradient | MKL transposed | ratio"
            + " | optimized | refreshed | ratio |");
    Results.print("|---|---|---|---|---|---|---|---|---|---|---|");
    for (String layer : args.length > 0 ? List.of(args) : LAYERS) {
      Results results = Results.run(MklForwardBenchmark.class, layer);
      double forward = results.gflops("forward");
      double mkl = results.gflops("mklForward");
      double gradient = results.gflops("inputGradient");
      double transposed = results.gflops("mklInputGradient");
      double refreshed = results.gflops("mklInputGradientRefreshed");
      Results.print(
          "| %s | %.1f | %.1f | %.2f | %.1f | %.1f | %.2f | %.1f | %.1f | %.1f | %.2f |",
          layer,
          forward,
          mkl,
          forward / mkl,
          results.gflops("mklForwardOptimized"),
          gradient,
          transposed,
          gradient / transposed,
          results.gflops("mklInputGradientOptimized"),
          refreshed,
          gradient / refreshed);
    }
  }
}
