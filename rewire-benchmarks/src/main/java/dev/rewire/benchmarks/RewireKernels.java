package dev.rewire.benchmarks;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;

/** Measures the three products of the library on one layer, in a JVM of its own. */
public final class RewireKernels {
  private RewireKernels() {}

  /**
   * Reports seconds of {@code forward}, {@code input gradient} and {@code weight gradient}.
   *
   * @param args layer, threads, {@code vector} or {@code scalar}
   */
  public static void main(String[] args) {
    LayerProblem problem = LayerProblem.random(args[0]);
    Kernels kernels = args[2].equals("scalar") ? KernelProvider.scalar() : KernelProvider.get();
    if (!kernels.name().startsWith(args[2])) {
      throw new IllegalStateException(args[2] + " kernels are not to be had here: " + kernels);
    }
    try (RewireLayer layer = new RewireLayer(problem, Integer.parseInt(args[1]), kernels)) {
      layer.check();
      Child.report("forward", Stopwatch.fastest(layer::forward));
      Child.report("input gradient", Stopwatch.fastest(layer::inputGradient));
      Child.report("weight gradient", Stopwatch.fastest(layer::update));
    }
  }
}
