package dev.rewire.cli;

import dev.rewire.checkpoint.CheckpointSchedule;
import dev.rewire.config.Stopping;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a run keeps of itself while it trains, without changing its result. */
final class CheckpointOptions {
  static final class ScheduleConverter implements ITypeConverter<CheckpointSchedule> {
    @Override
    public CheckpointSchedule convert(String text) {
      try {
        return CheckpointSchedule.of(text);
      } catch (IllegalArgumentException bad) {
        throw new TypeConversionException(String.valueOf(bad.getMessage()));
      }
    }
  }

  @Option(
      names = "--checkpoint-every",
      paramLabel = "WHEN",
      converter = ScheduleConverter.class,
      description =
          "When to write a checkpoint that 'rewire resume' can go on from: 10m, 500steps, 2epochs,"
              + " never (only at the end and when interrupted), or auto (default): after each"
              + " epoch, unless that would take more than a twentieth of the time.")
  @Nullable CheckpointSchedule every;

  @Option(
      names = "--keep-checkpoints",
      paramLabel = "N",
      description = "How many of the last checkpoints to keep (default: 2).")
  @Nullable Integer keep;

  @Option(
      names = "--keep-best",
      negatable = true,
      description = "Keep the best model as best.safetensors (default: with --patience).")
  @Nullable Boolean best;

  @Option(
      names = "--history",
      negatable = true,
      description =
          "Write down which connections died and were born (default: yes); a few bytes for each.")
  @Nullable Boolean history;

  void check() {
    Limit.AT_LEAST_1.check("--keep-checkpoints", keep);
  }

  /**
   * Changes what was asked for.
   *
   * @param stopping who waits for a better model wants to keep the best one
   */
  CheckpointPolicy apply(CheckpointPolicy policy, Stopping stopping) {
    check();
    return new CheckpointPolicy(
        every == null ? policy.every() : every,
        keep == null ? policy.keep() : keep,
        best == null ? policy.best() || stopping.patience() > 0 : best,
        history == null ? policy.history() : history);
  }
}
