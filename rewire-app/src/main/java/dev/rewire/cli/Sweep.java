package dev.rewire.cli;

import dev.rewire.config.ConfigText;
import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.plan.Budget;
import dev.rewire.plan.Proposal;
import dev.rewire.sweep.Outcome;
import dev.rewire.sweep.Seeds;
import dev.rewire.sweep.Setting;
import dev.rewire.sweep.SweepResult;
import dev.rewire.sweep.Variation;
import dev.rewire.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Does the runs of a sweep that are not finished yet, and puts all results together. */
final class Sweep {
  private final Console console;
  private final TrainOptions options;
  private final Configuration base;
  private final List<Setting> settings;
  private final List<Long> seeds;
  private final int parallel;
  private final String metric;
  private final Map<DatasetRequest, DatasetPair> data = new HashMap<>();

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
  }

  static Sweep of(
      Console console,
      TrainOptions options,
      Configuration base,
      SweepOptions sweep,
      List<Variation> variations) {
    Limit.AT_LEAST_1.check("--parallel", sweep.parallel);
    options.checkpoints.check();
    if (sweep.seeds != null && base.isTyped("training.seed")) {
      throw new UsageException("--seed and --seeds both name seeds: leave one of them out");
    }
    return new Sweep(
        console,
        options,
        base,
        Setting.all(variations),
        sweep.seeds == null
            ? List.of(options.settings(base).recipe().plan().seed())
            : Seeds.of(sweep.seeds),
        sweep.parallel == null ? 1 : sweep.parallel,
        sweep.metric());
  }

  int execute(boolean dryRun) throws IOException {
    List<Trial> trials = trials();
    if (dryRun) {
      trials.forEach(trial -> console.out().println(trial.folder()));
      return ExitCode.OK;
    }
    // data that cannot be read leave no folder behind
    trials.forEach(trial -> data(trial.settings()));
    RunSettings first = trials.getFirst().settings();
    SweepFolder folder =
        SweepFolder.open(
            options.run.out,
            Named.of(first.request().data()),
            ConfigText.explained(base, options.settings(base)));
    try (Interruption interruption =
        new Interruption(console, "finishing this step; runs that are finished are kept")) {
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
        trials.add(new Trial(setting, seed, configuration, own));
      }
    }
    return trials;
  }

  private int execute(List<Trial> trials, SweepFolder folder, Interruption interruption)
      throws IOException {
    Map<String, Outcome> outcomes = new HashMap<>();
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
    refuseIfTooLarge(missing);
    long epochs =
        missing.stream().mapToLong(trial -> trial.settings().recipe().plan().epochs()).sum();
    SweepProgress progress =
        new SweepProgress(
            console, options.run.quiet, trials.size(), outcomes.size(), epochs, metric);
    train(missing, folder, interruption, progress)
        .forEach(outcome -> outcomes.put(outcome.folder(), outcome));
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

  /** Runs at the same time need memory at the same time. */
  private void refuseIfTooLarge(List<Trial> missing) {
    long most = 0;
    long loaded = 0;
    for (Trial trial : missing) {
      Proposal proposal = Proposal.of(trial.settings().recipe(), data(trial.settings()));
      MemoryCheck.refuseIfTooLarge(proposal);
      most = Math.max(most, proposal.memory().bytes() - proposal.loaded());
      loaded = data.values().stream().mapToLong(p -> p.train().bytes() + p.test().bytes()).sum();
    }
    long together = most * Math.min(parallel, missing.size()) + loaded;
    Budget budget = Budget.ofMachine(loaded);
    if (parallel > 1 && together > budget.bytes()) {
      throw new UsageException(
          "%d runs at a time need %s, but %s are available: lower --parallel"
              .formatted(parallel, Say.bytes(together), Say.bytes(budget.bytes())));
    }
  }

  /** The data are read once for all runs that ask for the same. */
  private synchronized DatasetPair data(RunSettings of) {
    DatasetPair known = data.get(of.request());
    if (known == null) {
      say("reading %s", Named.of(of.request().data()));
      known = DataSource.open(of.dataDir(), console, options.run.quiet).open(of.request());
      data.put(of.request(), known);
    }
    return known;
  }

  private List<Outcome> train(
      List<Trial> missing, SweepFolder folder, Interruption interruption, SweepProgress progress)
      throws IOException {
    Queue<Trial> queue = new ConcurrentLinkedQueue<>(missing);
    Queue<Outcome> done = new ConcurrentLinkedQueue<>();
    Callable<@Nullable Void> worker =
        () -> {
          Trial trial = queue.poll();
          while (trial != null && !interruption.stop()) {
            Outcome outcome = train(trial, folder, interruption, progress);
            if (outcome != null) {
              folder.finish(outcome);
              done.add(outcome);
              progress.onRun(trial, outcome);
            }
            // native memory of the last network is only freed by the collector
            System.gc();
            trial = queue.poll();
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
      List<Future<@Nullable Void>> workers = new ArrayList<>();
      for (int w = 0; w < parallel; w++) {
        workers.add(threads.submit(worker));
      }
      for (Future<@Nullable Void> each : workers) {
        await(each, queue);
      }
    }
    return List.copyOf(done);
  }

  /** When one run cannot be done, no other one is begun. */
  private static void await(Future<@Nullable Void> worker, Queue<Trial> queue) throws IOException {
    try {
      worker.get();
    } catch (ExecutionException failed) {
      queue.clear();
      switch (failed.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(failed);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Returns nothing if the run was stopped before its end. */
  private @Nullable Outcome train(
      Trial trial, SweepFolder folder, Interruption interruption, SweepProgress progress)
      throws IOException {
    RunOptions own = new RunOptions();
    own.out = folder.fresh(trial);
    own.quiet = true;
    TrainingRun run =
        new TrainingRun(
            console,
            own,
            options.checkpoints,
            options.tensorBoard.inFolder(trial.folder()),
            trial.settings(),
            FittedScaling.of(trial.configuration()));
    try {
      TrainingResult result = run.run(data(trial.settings()), interruption, List.of(progress));
      return result.interrupted()
          ? null
          : new Outcome(trial.setting(), trial.seed(), trial.folder(), result.json());
    } catch (DivergedException diverged) {
      return new Outcome(
          trial.setting(),
          trial.seed(),
          trial.folder(),
          Map.of(Outcome.DIVERGED, String.valueOf(diverged.getMessage())));
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  private void say(String format, Object... values) {
    if (!options.run.quiet) {
      console.say(format, values);
    }
  }
}
