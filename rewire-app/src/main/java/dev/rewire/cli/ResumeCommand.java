package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.config.Stopping;
import dev.rewire.data.DatasetPair;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run. */
@Command(
    name = "resume",
    header = "Goes on with a run that was interrupted, as if it had not been.",
    description = {
      "",
      "The newest checkpoint that is whole is read from the folder of the run, and training goes on"
          + " there to the same bits as without the interruption, on any number of threads. A run"
          + " that is complete can be made longer.",
      "",
      "Examples:",
      "  rewire resume runs/DIR                to the end that was planned",
      "  rewire resume runs/DIR --epochs 40    longer: the same bits as 40 epochs from the start",
      "  rewire resume runs/DIR --threads 8 --json",
      "",
    },
    synopsisHeading = "Usage: ",
    optionListHeading = "%n",
    sortOptions = false)
final class ResumeCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run.")
  Path run = Path.of("");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Epochs of the whole run, those that are done included (default: as planned).")
  @Nullable Integer epochs;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; no result depends on it (default: as before).")
  @Nullable Integer threads;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set (default: as before).")
  @Nullable Path dataDir;

  @Option(
      names = "--json",
      description = "Print the result as one JSON object, the last line of the output.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;

  @ArgGroup(validate = false, heading = "%nCheckpoints (default: as before):%n", order = 1)
  CheckpointOptions checkpoints = new CheckpointOptions();

  @ArgGroup(validate = false, heading = "%nEnding early (default: as before):%n", order = 2)
  StoppingOptions stopping = new StoppingOptions();

  ResumeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Limit.AT_LEAST_1.check("--epochs", epochs);
    Limit.AT_LEAST_1.check("--threads", threads);
    RunFolder folder = RunFolder.open(run);
    RunSettings recorded = RunConfig.settings(folder.config());
    Stopping when = stopping.apply(recorded.stopping());
    refuseIfComplete(folder, recorded, when);
    try (RunLock _ = RunLock.take(folder)) {
      Resumption resumption = Resumption.of(console, folder);
      CheckpointPolicy policy = checkpoints.apply(resumption.record().policy(), when);
      RunSettings changed = longer(recorded.withStopping(when), resumption.begun());
      if (!quiet) {
        console.say("reading %s", Named.of(recorded.request().data()));
      }
      DatasetPair pair =
          DataSource.open(dataDir == null ? recorded.dataDir() : dataDir, console, quiet)
              .open(recorded.request());
      return RunExecution.untilTheEndOrASignal(
          console,
          json,
          interruption ->
              resumption.run(
                  changed,
                  threads,
                  pair,
                  policy,
                  quiet,
                  resumption.record().events(folder),
                  List.of(),
                  interruption));
    }
  }

  private void refuseIfComplete(RunFolder folder, RunSettings recorded, Stopping when)
      throws IOException {
    if (!Files.exists(folder.result())) {
      return;
    }
    int planned = recorded.recipe().plan().epochs();
    boolean longer = epochs != null && epochs > planned;
    int done = folder.readResult().path("epochs").asInt(planned);
    if (done < planned && when.equals(recorded.stopping()) && !longer) {
      throw new UsageException(
          "the run %s ended early, after %s of %d: to train on, give it more patience, as in"
                  .formatted(run, Say.plural(done, "epoch"), planned)
              + " 'rewire resume %s --patience 0'".formatted(folder.shell()));
    }
    if (done >= planned && !longer) {
      throw new UsageException(
          "the run %s is complete after %s: to train on, give more epochs, as in"
                  .formatted(run, Say.plural(planned, "epoch"))
              + " 'rewire resume %s --epochs %d'".formatted(folder.shell(), 2 * planned));
    }
  }

  private RunSettings longer(RunSettings settings, int begun) {
    if (epochs == null) {
      return settings;
    }
    if (epochs < begun) {
      throw new UsageException(
          "--epochs %d is too few: the run is in epoch %d already".formatted(epochs, begun));
    }
    TrainingPlan plan = settings.recipe().plan();
    if (epochs != plan.epochs() && plan.followsRunLength()) {
      throw new UsageException(
          ("the run %s has a schedule that ends with the run, so with %s it would have been another"
                  + " training from its first step on: train anew, or with an end in the schedule,"
                  + " as in '0.1..0 cosine until %d'")
              .formatted(run, Say.plural(epochs, "epoch"), plan.epochs()));
    }
    return Resumption.longer(settings, epochs);
  }
}
