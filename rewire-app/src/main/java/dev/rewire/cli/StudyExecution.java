package dev.rewire.cli;

import dev.rewire.dataset.ImageShape;
import dev.rewire.model.AtomicFile;
import dev.rewire.report.StudyPage;
import dev.rewire.study.Arm;
import dev.rewire.study.Evidence;
import dev.rewire.study.RunStatus;
import dev.rewire.study.Section;
import dev.rewire.study.StudyResult;
import dev.rewire.study.StudyTables;
import dev.rewire.study.StudyText;
import dev.rewire.study.Verdict.Answer;
import dev.rewire.sweep.Outcome;
import dev.rewire.train.EpochReport;
import dev.rewire.trajectory.Trajectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does the runs of a study that are not finished, and tells after each of them what is known. */
final class StudyExecution {
  private static final String MARKER = "study.json";

  private final Console console;
  private final StudyPlan plan;
  private final CheckpointOptions checkpoints;
  private final int parallel;
  private final boolean quiet;
  private final boolean json;

  /** What has been read of runs that are finished, by folder: it will not change any more. */
  private final Map<String, Trajectory> known = new HashMap<>();

  StudyExecution(
      Console console,
      StudyPlan plan,
      CheckpointOptions checkpoints,
      int parallel,
      boolean quiet,
      boolean json) {
    this.console = console;
    this.plan = plan;
    this.checkpoints = checkpoints;
    this.parallel = parallel;
    this.quiet = quiet;
    this.json = json;
  }

  int execute(@Nullable Path out, boolean pageOnly) throws IOException {
    SharedData data = new SharedData(console, quiet);
    TrialFolder folder =
        TrialFolder.open(out, "study-" + plan.study().id(), MARKER, "{\"study\":\"\"}\n");
    List<Trial> trials = plan.trials(folder.path());
    ImageShape image =
        plan.study().looksAtInputs() ? data.of(trials.getFirst().settings()).train().image() : null;
    if (pageOnly) {
      return told(write(folder, image), folder);
    }
    try (Interruption interruption =
        new Interruption(console, "finishing this step; everything that is done is kept")) {
      try {
        return execute(trials, folder, data, image, interruption);
      } catch (IOException | RuntimeException failure) {
        if (interruption.stop()) {
          // closing ends the process, so nobody else will tell
          console.say("rewire: %s", String.valueOf(failure));
        }
        throw failure;
      }
    }
  }

  private int execute(
      List<Trial> trials,
      TrialFolder folder,
      SharedData data,
      @Nullable ImageShape image,
      Interruption interruption)
      throws IOException {
    List<Trial> missing = new ArrayList<>();
    for (Trial trial : trials) {
      if (folder.finished(trial).isEmpty()) {
        missing.add(trial);
      }
    }
    say("%d runs in %s", trials.size(), folder.path());
    if (missing.size() < trials.size()) {
      say("%d of them are finished already", trials.size() - missing.size());
    }
    TrialQueue queue =
        new TrialQueue(
            console, quiet, checkpoints, new TensorBoardOptions(), folder, data, parallel);
    queue.refuseIfTooLarge(missing);
    SweepProgress progress =
        new SweepProgress(
            console,
            quiet,
            trials.size(),
            trials.size() - missing.size(),
            queue.epochs(missing),
            "test_accuracy");
    write(folder, image);
    List<Trial> later = missing.stream().filter(StudyExecution::needsAnother).toList();
    missing.removeAll(later);
    queue.run(missing, interruption, progress, (_, _) -> write(folder, image));
    if (!interruption.stop()) {
      requireSources(folder);
      queue.run(later, interruption, progress, (_, _) -> write(folder, image));
    }
    return told(write(folder, image), folder);
  }

  /** Whether a run begins with the last topology of another one, which has to be done before. */
  private static boolean needsAnother(Trial trial) {
    return trial.setting().values().containsKey(Arm.WIRING);
  }

  private void requireSources(TrialFolder folder) throws IOException {
    for (Arm arm : plan.arms()) {
      for (long seed : arm.wiring().isPresent() ? plan.seeds() : List.<Long>of()) {
        Arm source = plan.source(arm);
        if (folder.finished(plan.trial(source, seed, folder.path())).isEmpty()) {
          throw new UsageException(
              "%s begins with the topology of %s, whose run with seed %d is not finished: add it by"
                      .formatted(arm.id(), source.id(), seed)
                  + " --only %s,%s".formatted(source.id(), arm.id()));
        }
      }
    }
  }

  /** Reads what there is and writes all files. */
  private StudyResult write(TrialFolder folder, @Nullable ImageShape image) throws IOException {
    Evidence evidence = new Evidence();
    List<RunStatus> runs = new ArrayList<>();
    for (Arm arm : plan.study().arms()) {
      for (long seed : plan.seeds()) {
        Trial trial = plan.trial(arm, seed, folder.path());
        Outcome outcome = folder.finished(trial).orElse(null);
        Trajectory trajectory = trajectory(folder.run(trial), arm, image);
        if (trajectory != null) {
          evidence.add(arm.id(), seed, trajectory);
        }
        if (plan.asksFor(arm.id()) || trajectory != null) {
          runs.add(status(trial, arm, trajectory, outcome));
        }
      }
    }
    StudyResult result = new StudyResult(plan.study(), plan.seeds(), evidence, runs, facts(folder));
    StudyText text = new StudyText(result);
    AtomicFile.write(folder.path().resolve("study.md"), text.markdown());
    AtomicFile.write(folder.path().resolve("study.csv"), text.csv());
    AtomicFile.write(folder.path().resolve(MARKER), Json.line(text.json()) + "\n");
    AtomicFile.write(folder.path().resolve("study.html"), StudyPage.html(result, image));
    return result;
  }

  private RunStatus status(
      Trial trial, Arm arm, @Nullable Trajectory trajectory, @Nullable Outcome outcome) {
    double seconds = 0;
    int epochs = trajectory == null ? 0 : trajectory.epochs();
    for (int epoch = 1; epoch <= epochs && trajectory != null; epoch++) {
      EpochReport report = trajectory.report(epoch);
      seconds += (report.trainingNanos() + report.evolutionNanos() + report.testNanos()) / 1e9;
    }
    String diverged =
        outcome != null && outcome.diverged()
            ? String.valueOf(outcome.result().get(Outcome.DIVERGED))
            : "";
    return new RunStatus(
        arm.id(), trial.seed(), trial.folder(), epochs, trial.epochs(), diverged, seconds);
  }

  /** Returns nothing if the run has not come to the end of an epoch. */
  private @Nullable Trajectory trajectory(RunFolder run, Arm arm, @Nullable ImageShape image)
      throws IOException {
    String key = run.path() + " " + arm.id();
    Trajectory before = known.get(key);
    RecordedRun recorded = RecordedRun.of(run);
    int last = recorded.lines().size();
    if (recorded.complete() && before != null && before.epochs() == last) {
      return before;
    }
    if (last == 0) {
      return null;
    }
    Trajectory trajectory =
        recorded.trajectory(image, epoch -> epoch == last || arm.moments().contains(epoch));
    if (recorded.complete()) {
      known.put(key, trajectory);
    }
    return trajectory;
  }

  private Map<String, String> facts(TrialFolder folder) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("command", "rewire study %s --out %s".formatted(plan.study().id(), folder.path()));
    facts.put("data", plan.datasets());
    facts.put("seeds", String.join(", ", plan.seeds().stream().map(String::valueOf).toList()));
    facts.putAll(Machine.facts());
    facts.put("time", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return facts;
  }

  private int told(StudyResult result, TrialFolder folder) {
    StudyTables tables = new StudyTables(result);
    Path page = folder.path().resolve("study.html");
    if (json) {
      Map<String, @Nullable Object> line = new LinkedHashMap<>(new StudyText(result).json());
      line.put("out", folder.path().toString());
      line.put("page", page.toString());
      console.out().println(Json.line(line));
    } else {
      for (Section section : result.study().sections()) {
        if (tables.arms(section).size() > 1) {
          console.out().printf("%s%n%n", section.title());
          if (!section.published().isEmpty()) {
            print(tables.published(section));
          }
          print(tables.arms(section));
        }
      }
      console
          .out()
          .printf(
              "%d published numbers reached, %d missed%n",
              tables.count(Answer.HOLDS), tables.count(Answer.FAILS));
      result
          .verdicts()
          .forEach((claim, verdict) ->
              console.out().printf("%-22s %s%n", verdict.answer().word(), claim.words()));
      console.out().printf("%npage    %s%n", page);
      console.out().flush();
    }
    List<RunStatus> asked = result.runs().stream().filter(run -> plan.asksFor(run.arm())).toList();
    long finished = asked.stream().filter(RunStatus::finished).count();
    if (finished < asked.size()) {
      console.say(
          "%d of %d runs are finished; the same command goes on with --out %s",
          finished, asked.size(), RunReport.shell(folder.path().toString()));
      return ExitCode.INTERRUPTED;
    }
    return ExitCode.OK;
  }

  private void print(List<List<String>> rows) {
    Table.of(rows).print(console.out());
    console.out().println();
  }

  private void say(String format, Object... values) {
    if (!quiet) {
      console.say(format, values);
    }
  }
}
