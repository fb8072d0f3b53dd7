package dev.rewire.benchmarks;

import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Prints {@link KernelBenchmark} as a table. */
public final class KernelTable {
  private static final List<String> LAYERS =
      List.of("784x1000", "1000x1000", "3000x3000", "30000x30000");

  private KernelTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}
   * @throws RunnerException when a benchmark fails
   */
  public static void main(String[] args) throws RunnerException {
    Results.printHeading("GFLOP/s of a sparse layer (2 x connections x batch / fastest time)");
    Results.print("| layer | kernels | forward | input gradient | weight gradient + update |");
    Results.print("|---|---|---|---|---|");
    for (String layer : args.length > 0 ? List.of(args) : LAYERS) {
      Results results = Results.run(KernelBenchmark.class, layer);
      for (String kernels : List.of("vector", "scalar")) {
        String parameter = "kernels=" + kernels;
        Results.print(
            "| %s | %s | %.1f | %.1f | %.1f |",
            layer,
            kernels,
            results.gflops("forward", parameter),
            results.gflops("inputGradient", parameter),
            results.gflops("weightGradientAndUpdate", parameter));
      }
    }
  }
}
