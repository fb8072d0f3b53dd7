package dev.rewire.cli;

import dev.rewire.config.Stopping;
import dev.rewire.train.EarlyStopping.Monitor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Changes when a run that is gone on with ends early; 'rewire train' has keys for it. */
final class StoppingOptions {
  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "End training after N epochs without a better test, and keep the best model as"
              + " best.safetensors; 0 for never.")
  @Nullable Integer patience;

  @Option(
      names = "--monitor",
      paramLabel = "WHAT",
      description = "What a better test is: higher accuracy or lower loss.")
  @Nullable Monitor monitor;

  /** Changes what was asked for. */
  Stopping apply(Stopping stopping) {
    Limit.NOT_NEGATIVE.check("--patience", patience);
    return new Stopping(
        patience == null ? stopping.patience() : patience,
        monitor == null ? stopping.monitor() : monitor);
  }
}
