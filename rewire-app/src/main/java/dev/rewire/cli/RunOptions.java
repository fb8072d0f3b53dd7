package dev.rewire.cli;

import dev.rewire.layer.MemoryMode;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingPlan;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Everything around a training run that is neither network nor method. */
final class RunOptions {
  enum Memory {
    standard,
    lean
  }

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Names all random numbers: the same seed gives the same network, bit by bit (default:"
              + " ${bundle:d.seed}).")
  @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; no result depends on it (default: all processors).")
  @Nullable Integer threads;

  @Option(
      names = "--memory",
      paramLabel = "MODE",
      description =
          "standard: 8 more bytes a connection where they make the way back faster (default). lean:"
              + " for networks that would not fit otherwise. 'rewire plan' tells what each needs.")
  @Nullable Memory memory;

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

  Recipe apply(Recipe recipe) {
    Limit.AT_LEAST_1.check("--threads", threads);
    TrainingPlan plan = recipe.plan();
    plan = seed == null ? plan : plan.withSeed(seed);
    plan = threads == null ? plan : plan.withThreads(threads);
    return recipe.withPlan(memory == null ? plan : plan.withMemory(mode(memory)));
  }

  private static MemoryMode mode(Memory memory) {
    return switch (memory) {
      case standard -> MemoryMode.STANDARD;
      case lean -> MemoryMode.LEAN;
    };
  }
}
