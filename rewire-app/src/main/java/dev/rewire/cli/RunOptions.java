package dev.rewire.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where results go. */
final class RunOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder for the model, the metrics and the report; new or empty (default:"
              + " runs/DATASET-TIME).")
  @Nullable Path out;

  @Option(
      names = "--json",
      description = "Print the result as one JSON object, the last line of the output.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;
}
