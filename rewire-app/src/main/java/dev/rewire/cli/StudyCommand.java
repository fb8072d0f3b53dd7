package dev.rewire.cli;

import dev.rewire.study.Studies;
import dev.rewire.study.Study;
import dev.rewire.sweep.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A published question, answered by many runs. */
@Command(
    name = "study",
    header = "Repeats a published study and says which of its claims hold.",
    description = {
      "",
      "Each arm of the study is trained with every seed, in a folder of its own inside the folder of"
          + " the study. Nothing is lost by Ctrl-C or a power cut: with the same --out, finished"
          + " runs are skipped and others go on from their checkpoint. Whenever a run ends,"
          + " study.html, study.md, study.csv and study.json say what is known so far and what is"
          + " missing.",
      "",
      "Examples:",
      "  rewire study regularization --out study                  all of it, with seeds 1 to 3",
      "  rewire study regularization --out study --only published --parallel 2",
      "  rewire study regularization --out study --only decay-0,decay-1e-3 --epochs 155",
      "  rewire study regularization --list                       its arms and their epochs",
      "  rewire study regularization --quick                      a look at everything, in minutes",
      "  rewire study rules --out rules --only lenet              SET, sparse momentum and dense",
      "",
    },
    synopsisHeading = "Usage: ",
    parameterListHeading = "Which:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class StudyCommand implements Callable<Integer> {
  /** Long enough for a sign, short enough to wait for. */
  private static final int QUICK_EPOCHS = 3;

  private static final String SEEDS = "1..3";

  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(
      index = "0",
      paramLabel = "STUDY",
      description = "Name of a study: regularization, rules.")
  String name = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DATASET",
      description =
          "Other data than those of the study; published numbers are then only for comparison.")
  @Nullable String dataset;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SECTION|ARM",
      description = "Only these parts; --list has their names. Can be repeated.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--seeds",
      paramLabel = "N..M|N,N,..",
      description = "One run of each arm for each seed (default: " + SEEDS + ").")
  @Nullable String seeds;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "End every run after so many epochs at the latest. The same command without it goes on.")
  @Nullable Integer epochs;

  @Option(names = "--quick", description = "Three epochs and one seed: everything but the numbers.")
  boolean quick;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Runs at a time; they share the threads, and no result depends on it.")
  int parallel = 1;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; no result depends on it (default: all processors).")
  @Nullable Integer threads;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder with a folder for each named data set.")
  @Nullable Path dataDir;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Folder of the study: new, empty, or that of an earlier time (default:"
              + " runs/study-NAME-TIME).")
  @Nullable Path out;

  @Option(names = "--list", description = "Do not train: list sections, arms and epochs.")
  boolean list;

  @Option(
      names = "--page",
      description = "Do not train: write the page anew from what is in --out.")
  boolean page;

  @Option(
      names = "--json",
      description = "Print the result as one JSON object, the last line of the output.")
  boolean json;

  @Option(names = "--quiet", description = "Do not show progress.")
  boolean quiet;

  @ArgGroup(validate = false, heading = "%nCheckpoints of the runs:%n", order = 6)
  CheckpointOptions checkpoints = new CheckpointOptions();

  StudyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Limit.AT_LEAST_1.check("--epochs", epochs);
    Limit.AT_LEAST_1.check("--parallel", parallel);
    Limit.AT_LEAST_1.check("--threads", threads);
    checkpoints.check();
    Study study =
        Studies.find(name)
            .orElseThrow(() ->
                new UsageException(
                    "there is no study '%s': there is %s"
                        .formatted(
                            name,
                            String.join(", ", Studies.ALL.stream().map(Study::id).toList()))));
    StudyPlan plan =
        StudyPlan.of(
            study,
            dataset,
            only,
            Seeds.of(seeds == null ? quick ? "1" : SEEDS : seeds),
            epochs == null && quick ? Integer.valueOf(QUICK_EPOCHS) : epochs,
            threads,
            parallel,
            dataDir);
    if (list) {
      plan.print(console.out());
      return ExitCode.OK;
    }
    return new StudyExecution(console, plan, checkpoints, parallel, quiet, json).execute(out, page);
  }
}
