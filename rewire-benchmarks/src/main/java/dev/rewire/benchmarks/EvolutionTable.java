package dev.rewire.benchmarks;

import java.util.List;
import java.util.Map;

/** Prints how long one evolution of a layer takes, beside its training step. */
public final class EvolutionTable {
  private EvolutionTable() {}

  /**
   * Runs all layers, or those named.
   *
   * @param args layers, for example {@code 3000x3000}, and {@code --threads N}
   * @throws Child.FailedException when a measurement fails
   */
  public static void main(String[] args) throws Child.FailedException {
    Options options = Options.of(args, 1);
    Report.title("One evolution of a layer by SET, batch 128", options.threads());
    Report.print(
        "Removal of three in ten, growth, weights and velocities moved, transposed index built anew."
            + " A step is forward, both gradients and update. The fastest of each.");
    Report.print("");
    Report.head("layer", "a step, ms", "an evolution, ms", "steps", "asked");
    for (String layer : options.namesOr(LayerProblem.LAYERS)) {
      Map<String, Double> seconds = Child.run(EvolutionRun.class, layer, options.threads());
      double step = seconds.getOrDefault("step", Double.NaN);
      double evolution = seconds.getOrDefault("evolution", Double.NaN);
      Report.row(
          List.of(
              layer,
              Report.digits(1e3 * step),
              Report.digits(1e3 * evolution),
              Report.digits(evolution / step),
              "2"));
    }
  }
}
