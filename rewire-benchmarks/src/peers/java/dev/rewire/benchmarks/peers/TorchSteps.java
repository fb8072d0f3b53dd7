package dev.rewire.benchmarks.peers;

import ai.djl.ndarray.NDManager;
import dev.rewire.benchmarks.Child;
import dev.rewire.benchmarks.LayerProblem;
import dev.rewire.benchmarks.Reference;
import dev.rewire.benchmarks.StepProblem;
import dev.rewire.benchmarks.Stopwatch;

/** Measures whole training steps of PyTorch, in a JVM of its own. */
final class TorchSteps {
  private TorchSteps() {}

  /**
   * Reports losses and the seconds of a {@code step}.
   *
   * @param args {@code dense}, {@code masked} or {@code layer}; sparsity in per cent; threads
   */
  public static void main(String[] args) {
    int sparsity = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    if (args[0].equals("layer")) {
      LayerProblem problem = LayerProblem.random(1000, 1000, 10_000 * (100 - sparsity));
      try (TorchDense layer =
          new TorchDense(problem, new Reference("PyTorch dense", problem), threads)) {
        layer.products().forEach(product -> product.work().run());
        layer.products().forEach(product -> product.check().run());
        Child.report("step", Stopwatch.fastest(layer::step));
      }
      return;
    }
    try (NDManager manager = Torch.start(threads);
        TorchNetwork network =
            new TorchNetwork(StepProblem.random(sparsity), args[0].equals("masked"), manager)) {
      for (int s = 0; s < StepProblem.CHECKED_STEPS; s++) {
        Child.report("loss " + s, network.step(s, StepProblem.CHECKED_RATE, true));
      }
      network.rest();
      int[] step = {0};
      Child.report(
          "step", Stopwatch.fastest(() -> network.step(step[0]++, StepProblem.RATE, false)));
    }
  }
}
