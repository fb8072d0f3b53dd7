package dev.rewire.benchmarks.peers;

import dev.rewire.benchmarks.Child;
import dev.rewire.benchmarks.Options;
import dev.rewire.benchmarks.Report;
import dev.rewire.benchmarks.RewireSteps;
import dev.rewire.benchmarks.StepProblem;
import java.util.List;
import java.util.Map;

/** Prints the time of whole training steps, the library's beside PyTorch's. */
public final class StepTable {
  private static final List<Integer> SPARSITIES = List.of(0, 60, 80, 90, 95, 98, 99);
  private static final List<Integer> DENSITIES = List.of(1, 2, 5, 10, 20, 30, 40, 50, 60, 80, 100);
  private static final double TOLERANCE = 1e-4;

  /** How many times faster than PyTorch dense the library has to be, by sparsity. */
  private static final Map<Integer, String> ASKED =
      Map.of(0, "0.67", 90, "8", 95, "14", 98, "25", 99, "30");

  private StepTable() {}

  /**
   * Runs everything.
   *
   * @param args {@code --threads N}, or nothing
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    int threads = Options.of(args, 1).threads();
    Report.title("Whole training steps, 784-1000-1000-10, batch 128", threads);
    Report.print(
        "Momentum SGD, cross-entropy, hidden layers sparse, output layer dense; fastest step. Every"
            + " row is the same problem for all three: the first %d losses of Rewire agree with"
            + " PyTorch's to a relative 1e-4 (with the mask; without it at 0 %%).",
        StepProblem.CHECKED_STEPS);
    Report.print("");
    Report.head(
        "sparsity",
        "Rewire, ms",
        "PyTorch dense, ms",
        "ratio",
        "asked",
        "PyTorch masked, ms",
        "ratio");
    for (int sparsity : SPARSITIES) {
      Map<String, Double> rewire = Child.run(RewireSteps.class, "network", sparsity, threads);
      Map<String, Double> masked = Child.run(TorchSteps.class, "masked", sparsity, threads);
      compare(sparsity, rewire, masked);
      Map<String, Double> torch = Child.run(TorchSteps.class, "dense", sparsity, threads);
      if (sparsity == 0) {
        compare(sparsity, rewire, torch);
      }
      double dense = step(torch);
      Report.row(
          List.of(
              sparsity + " %",
              milliseconds(step(rewire)),
              milliseconds(dense),
              Report.digits(dense / step(rewire)) + "×",
              ASKED.containsKey(sparsity) ? ASKED.get(sparsity) + "×" : "",
              milliseconds(step(masked)),
              Report.digits(step(masked) / step(rewire)) + "×"));
    }
    layer(threads);
  }

  private static void layer(int threads) throws Child.FailedException {
    Report.print("");
    Report.print("### A layer 1000x1000: forward, both gradients, step of momentum");
    Report.print("");
    Report.head("density", "Rewire, ms", "PyTorch dense, ms", "ratio");
    for (int density : DENSITIES) {
      double dense = step(Child.run(TorchSteps.class, "layer", 100 - density, threads));
      double rewire = step(Child.run(RewireSteps.class, "layer", density, threads));
      Report.row(
          List.of(
              density + " %",
              milliseconds(rewire),
              milliseconds(dense),
              Report.digits(dense / rewire) + "×"));
    }
  }

  private static void compare(int sparsity, Map<String, Double> ours, Map<String, Double> theirs) {
    for (int s = 0; s < StepProblem.CHECKED_STEPS; s++) {
      double expected = theirs.getOrDefault("loss " + s, Double.NaN);
      double actual = ours.getOrDefault("loss " + s, Double.NaN);
      if (!(Math.abs(expected - actual) <= TOLERANCE * Math.abs(expected))) {
        throw new IllegalStateException(
            "%d %% sparse, loss of step %d: Rewire %s, PyTorch %s"
                .formatted(sparsity, s, actual, expected));
      }
    }
  }

  private static double step(Map<String, Double> results) {
    return results.getOrDefault("step", Double.NaN);
  }

  private static String milliseconds(double seconds) {
    return Report.digits(seconds * 1e3);
  }
}
