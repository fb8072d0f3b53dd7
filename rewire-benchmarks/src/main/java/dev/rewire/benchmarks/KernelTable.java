package dev.rewire.benchmarks;

import java.util.List;
import java.util.Map;

/** Prints the speed of the three products, with vectors and without. */
public final class KernelTable {
  private KernelTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}, and {@code --threads N}
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 1);
    Report.title(
        "A sparse layer, GFLOP/s (2 x connections x batch / fastest time)", options.threads());
    Report.head("layer", "kernels", "forward", "input gradient", "weight gradient + update");
    for (String layer : options.namesOr(LayerProblem.LAYERS)) {
      for (String kernels : List.of("vector", "scalar")) {
        Map<String, Double> seconds =
            Child.run(RewireKernels.class, layer, options.threads(), kernels);
        double gigaflops = 2e-9 * LayerProblem.connections(layer) * LayerProblem.BATCH;
        Report.print(
            "| %s | %s | %.1f | %.1f | %.1f |",
            layer,
            kernels,
            gigaflops / seconds.getOrDefault("forward", Double.NaN),
            gigaflops / seconds.getOrDefault("input gradient", Double.NaN),
            gigaflops / seconds.getOrDefault("weight gradient", Double.NaN));
      }
    }
  }
}
