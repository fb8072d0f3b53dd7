package dev.rewire.cli;

import dev.rewire.checkpoint.CheckpointSchedule;
import dev.rewire.config.RunSettings;
import dev.rewire.config.Stopping;
import dev.rewire.data.DatasetPair;
import dev.rewire.model.Fingerprint;
import dev.rewire.network.Network;
import dev.rewire.train.EpochReport;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Does a run again. */
@Command(
    name = "reproduce",
    header = "Trains again from the record of a run and says whether the bits agree.",
    description = {
      "",
      "Settings and data are those of the run. Agreement means: every weight and the position of"
          + " every connection are the same, bit by bit.",
      "",
      "Examples:",
      "  rewire reproduce runs/DIR",
      "  rewire reproduce runs/DIR --threads 1 --out runs/again --json",
      "",
      "It ends with exit code 0 if the bits agree and with 6 if they do not.",
      "",
    },
    synopsisHeading = "Usage: ",
    optionListHeading = "%n",
    sortOptions = false)
final class ReproduceCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a complete run.")
  Path run = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder to keep the new run in; new or empty (default: it is not kept).")
  @Nullable Path out;

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

  @Option(names = "--json", description = "Print the result as one JSON object.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;

  ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Limit.AT_LEAST_1.check("--threads", threads);
    RunFolder folder = RunFolder.open(run);
    if (!Files.exists(folder.result())) {
      throw new UsageException(
          "the run %s is not complete: 'rewire resume %s' brings it to its end first"
              .formatted(run, folder.shell()));
    }
    JsonNode result = folder.readResult();
    RunFolder.check(out);
    RunRecord record = RunRecord.read(folder.record());
    RunSettings recorded = RunConfig.settings(folder.config());
    DatasetPair pair =
        DataSource.open(dataDir == null ? recorded.dataDir() : dataDir, console, quiet)
            .open(recorded.request());
    record.checkData(pair, run);
    Path target = out == null ? Files.createTempDirectory("rewire-reproduce") : out;
    try {
      return again(folder, record, recorded.onThreads(threads), pair, target, result);
    } finally {
      if (out == null) {
        RunFolder.delete(target);
      }
    }
  }

  private int again(
      RunFolder folder,
      RunRecord record,
      RunSettings settings,
      DatasetPair pair,
      Path target,
      JsonNode result)
      throws IOException {
    CheckpointPolicy policy = new CheckpointPolicy(new CheckpointSchedule.Never(), 1, false, false);
    RunConfig config = RunConfig.read(folder.config());
    RunFolder copy = RunFolder.create(target, Named.of(settings.request().data()), config);
    FirstMoment first =
        FirstMoment.of(settings, StartingNetwork.builder(settings, pair.train(), console, quiet));
    Network network = first.network();
    String start = Fingerprint.of(network);
    RunRecord.begin(policy, pair, network, null).write(copy.record());
    RunExecution execution =
        record.endedByOthers()
            ? new RunExecution(
                console,
                quiet,
                settings.withStopping(Stopping.NEVER),
                pair,
                copy,
                config,
                policy,
                null,
                List.of(new EndAfter(result.path("epochs").asInt(0))))
            : new RunExecution(
                console, quiet, settings, pair, copy, config, policy, null, List.of());
    TrainingResult again;
    try (Interruption interruption = new Interruption(console, "finishing this step")) {
      again = execution.begin(first, interruption);
      if (again.interrupted()) {
        return ExitCode.INTERRUPTED;
      }
    }
    String before = result.path("weights_sha256").asString("");
    String now = Fingerprint.of(network);
    String difference =
        before.equals(now)
            ? null
            : difference(
                record.network().equals(start), Metrics.read(folder.metrics()), again.epochs());
    tell(before, now, difference, again);
    return difference == null ? ExitCode.OK : ExitCode.DIFFERENT;
  }

  /**
   * Ends training where the run ended. It was to end early by one rule for a while and by another
   * later, so that neither of them tells where.
   */
  private static final class EndAfter implements TrainingListener {
    private final int epochs;
    private int done;

    EndAfter(int epochs) {
      this.epochs = epochs;
    }

    @Override
    public void onEpoch(Network network, EpochReport report) {
      done = report.epoch();
    }

    @Override
    public boolean stop() {
      return done >= epochs;
    }
  }

  /** Where the two went apart. */
  private static String difference(
      boolean sameStart, List<EpochReport> then, List<EpochReport> now) {
    if (!sameStart) {
      return "before training: the network was drawn differently";
    }
    for (int e = 0; e < Math.min(then.size(), now.size()); e++) {
      EpochReport a = then.get(e);
      EpochReport b = now.get(e);
      if (a.trainLoss() != b.trainLoss() || !a.test().equals(b.test())) {
        return "in epoch %d: train loss %s then, %s now"
            .formatted(a.epoch(), a.trainLoss(), b.trainLoss());
      }
    }
    return then.size() == now.size()
        ? "after the last test"
        : "in the number of epochs: %d then, %d now".formatted(then.size(), now.size());
  }

  private void tell(String before, String now, @Nullable String difference, TrainingResult again) {
    if (json) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>();
      line.put("reproduced", difference == null);
      line.put("difference", difference);
      line.put("recorded_sha256", before);
      line.put("weights_sha256", now);
      line.put("epochs", again.epochs().size());
      line.put("test_accuracy", Json.number(again.test().accuracy()));
      line.put("run", run.toString());
      line.put("out", out == null ? null : out.toString());
      console.out().println(Json.line(line));
    } else if (difference == null) {
      console
          .out()
          .printf(
              "the bits agree: %s, %s, test accuracy %s%n",
              now,
              Say.plural(again.epochs().size(), "epoch"),
              Say.percent(again.test().accuracy()));
    } else {
      console.out().printf("the bits differ, first %s%n%s then%n%s now%n", difference, before, now);
    }
  }
}
