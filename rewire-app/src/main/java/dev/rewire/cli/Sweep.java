package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Seeds;
import dev.rewire.sweep.Setting;
import dev.rewire.sweep.SweepResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Does the runs of a sweep that are not finished yet, and puts all results together. */
final class Sweep {
  private static final String BASE = "sweep.yaml";

  private final Console console;
  private final TrainOptions options;
  private final Configuration base;
  private final List<Setting> settings;
  private final List<Long> seeds;
  private final int parallel;
  private final String metric;
  private final SharedData data;

  /** More files of the folder, by name. */
  private final Map<String, String> files = new LinkedHashMap<>();

  private Sweep(
      Console console,
      TrainOptions options,
      Configuration base,
      List<Setting> settings,
      List<Long> seeds,
      int parallel,
      String metric) {
    this.console = console;
    this.options = options;
    this.base = base;
    this.settings = settings;
    this.seeds = seeds;
    this.parallel = parallel;
    this.metric = metric;
    data = new SharedData(console, options.run.quiet);
  }

  static Sweep of(
      Console console,
      TrainOptions options,
      Configuration base,
      SweepOptions sweep,
      List<Setting> settings) {
    Limit.AT_LEAST_1.check("--parallel", sweep.parallel);
    options.checkpoints.check();
    if (sweep.seeds != null && base.isTyped("training.seed")) {
      throw new UsageException("--seed and --seeds both name seeds: leave one of them out");
    }
    return new Sweep(
        console,
        options,
        base,
        settings,
        sweep.seeds == null
            ? List.of(options.settings(base).recipe().plan().seed())
            : Seeds.of(sweep.seeds),
        sweep.parallel == null ? 1 : sweep.parallel,
        sweep.metric());
  }

  /** Puts a file beside the runs, for who goes on with them. */
  Sweep keeping(String name, String text) {
    files.put(name, text);
    return this;
  }

  int execute(boolean dryRun) throws IOException {
    List<Trial> trials = trials();
    if (dryRun) {
      trials.forEach(trial -> console.out().println(trial.folder()));
      return ExitCode.OK;
    }
    // data that cannot be read leave no folder behind
    trials.forEach(trial -> data.of(trial.settings()));
    RunSettings first = trials.getFirst().settings();
    TrialFolder folder =
        TrialFolder.open(
            options.run.out,
            "sweep-" + Named.of(first.request().data()),
            BASE,
            ConfigText.explained(base, options.settings(base)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      folder.write(file.getKey(), file.getValue());
    }
    try (Interruption interruption =
        new Interruption(console, "finishing this step; everything that is done is kept")) {
      try {
        return execute(trials, folder, interruption);
      } catch (IOException | RuntimeException failure) {
        if (interruption.stop()) {
          // closing ends the process, so nobody else will tell
          console.say("rewire: %s", String.valueOf(failure));
        }
        throw failure;
      }
    }
  }

  /** Every run, checked before the first of them begins. */
  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (Setting setting : settings) {
      for (long seed : seeds) {
        Configuration configuration = setting.on(base, seed);
        RunSettings all = options.settings(configuration);
        int threads = Math.max(1, all.recipe().plan().threads() / parallel);
        RunSettings own =
            all.withRecipe(all.recipe().withPlan(all.recipe().plan().withThreads(threads)));
        trials.add(new Trial(setting, seed, configuration, own, Trial.Length.EXACT));
      }
    }
    return trials;
  }

  private int execute(List<Trial> trials, TrialFolder folder, Interruption interruption)
      throws IOException {
    Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    List<Trial> missing = new ArrayList<>();
    for (Trial trial : trials) {
      folder
          .finished(trial)
          .ifPresentOrElse(
              outcome -> outcomes.put(trial.folder(), outcome), () -> missing.add(trial));
    }
    say("%d runs in %s", trials.size(), folder.path());
    if (!outcomes.isEmpty()) {
      say("%d of them are finished already", outcomes.size());
    }
    TrialQueue queue =
        new TrialQueue(
            console,
            options.run.quiet,
            options.checkpoints,
            options.tensorBoard,
            folder,
            data,
            parallel);
    queue.refuseIfTooLarge(missing);
    SweepProgress progress =
        new SweepProgress(
            console,
            options.run.quiet,
            trials.size(),
            outcomes.size(),
            queue.epochs(missing),
            metric);
    queue.run(
        missing, interruption, progress, (trial, outcome) -> outcomes.put(trial.folder(), outcome));
    List<Outcome> ordered =
        trials.stream().map(trial -> outcomes.get(trial.folder())).filter(o -> o != null).toList();
    SweepResult result = SweepResult.of(metric, settings, seeds, ordered);
    new SweepReport(console, folder, result).tell(base, options);
    if (!result.complete()) {
      console.say(
          "%d of %d runs are finished; the same command goes on with --out %s",
          ordered.size(), trials.size(), RunReport.shell(folder.path().toString()));
      return ExitCode.INTERRUPTED;
    }
    return ordered.stream().anyMatch(Outcome::diverged) ? ExitCode.DIVERGED : ExitCode.OK;
  }

  private void say(String format, Object... values) {
    if (!options.run.quiet) {
      console.say(format, values);
    }
  }
}
