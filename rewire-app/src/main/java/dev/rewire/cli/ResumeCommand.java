package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.config.Stopping;
import dev.rewire.data.DatasetPair;
import dev.rewire.history.HistoryReader;
import dev.rewire.history.TopologyChange;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
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
    RunRecord record = RunRecord.read(folder.record());
    RunSettings recorded = RunConfig.settings(folder.config());
    Stopping when = stopping.apply(recorded.stopping());
    CheckpointPolicy policy = checkpoints.apply(record.policy(), when);
    refuseIfComplete(folder, recorded.recipe().plan().epochs());
    try (RunLock _ = RunLock.take(folder)) {
      Checkpoint checkpoint = newest(folder);
      List<EpochReport> before = folder.metricsUntil(checkpoint);
      RunSettings changed = longer(recorded.withStopping(when), checkpoint);
      if (!quiet) {
        console.say("reading %s", Named.of(recorded.request().data()));
      }
      DatasetPair pair =
          DataSource.open(dataDir == null ? recorded.dataDir() : dataDir, console, quiet)
              .open(recorded.request());
      record.checkData(pair, run);
      InputConnectivity start = start(folder, checkpoint.network());
      RunConfig config = RunConfig.read(folder.config()).with(changed);
      // Nothing of the run is changed until everything fits.
      if (!changed.equals(recorded)) {
        AtomicFile.write(folder.config(), config.yaml());
      }
      Files.deleteIfExists(folder.result());
      record.resumedAt(checkpoint.network().steps(), policy).write(folder.record());
      folder.cutMetrics(checkpoint);
      Path events = folder.path().resolve(TensorBoardOptions.IN_RUN);
      RunExecution execution =
          new RunExecution(
              console,
              quiet,
              changed.onThreads(threads),
              pair,
              folder,
              config,
              policy,
              Files.isDirectory(events) ? events : null,
              List.of());
      return RunExecution.untilTheEndOrASignal(
          console, json, interruption -> execution.resume(checkpoint, before, start, interruption));
    }
  }

  private void refuseIfComplete(RunFolder folder, int planned) {
    if (Files.exists(folder.result()) && (epochs == null || epochs <= planned)) {
      throw new UsageException(
          "the run %s is complete after %s: to train on, give more epochs, as in"
                  .formatted(run, Say.plural(planned, "epoch"))
              + " 'rewire resume %s --epochs %d'".formatted(folder.shell(), 2 * planned));
    }
  }

  private Checkpoint newest(RunFolder folder) throws IOException {
    Checkpoint checkpoint =
        folder
            .checkpoints()
            .newest(damaged ->
                console.say(
                    "%s; the checkpoint before it is used", String.valueOf(damaged.getMessage())));
    if (checkpoint == null) {
      throw new UsageException(
          "there is no whole checkpoint in %s to go on from: begin again by 'rewire reproduce'"
              .formatted(folder.checkpoints().folder()));
    }
    return checkpoint;
  }

  private RunSettings longer(RunSettings settings, Checkpoint checkpoint) {
    if (epochs == null) {
      return settings;
    }
    int done = checkpoint.state().epoch() + (checkpoint.state().samples() > 0 ? 1 : 0);
    if (epochs < done) {
      throw new UsageException(
          "--epochs %d is too few: the run is in epoch %d already".formatted(epochs, done));
    }
    Recipe recipe = settings.recipe();
    if (epochs != recipe.plan().epochs() && recipe.plan().followsRunLength()) {
      throw new UsageException(
          ("the run %s has a schedule that ends with the run, so with %s it would have been another"
                  + " training from its first step on: train anew, or with an end in the schedule,"
                  + " as in '0.1..0 cosine until %d'")
              .formatted(run, Say.plural(epochs, "epoch"), recipe.plan().epochs()));
    }
    return settings.withRecipe(recipe.withPlan(recipe.plan().withEpochs(epochs)));
  }

  /** How the network was connected before training: the history begins with it. */
  private static InputConnectivity start(RunFolder folder, Network network) throws IOException {
    if (!Files.exists(folder.history())) {
      return InputConnectivity.of(network);
    }
    int inputs = network.inputs();
    int[] outgoing = new int[inputs];
    int[] incoming = new int[network.layers().getFirst().outputs()];
    try (HistoryReader reader = HistoryReader.open(folder.history())) {
      TopologyChange first = reader.next();
      if (first != null && first.layer() == 0 && first.epoch() == TopologyChange.START) {
        for (long i = 0; i < first.grown().size(); i++) {
          outgoing[(int) (first.grown().get(i) % inputs)]++;
          incoming[(int) (first.grown().get(i) / inputs)]++;
        }
      }
    }
    return new InputConnectivity(outgoing, incoming, network.image());
  }
}
