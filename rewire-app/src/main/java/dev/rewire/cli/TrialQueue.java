package dev.rewire.cli;

import dev.rewire.config.RunSettings;
import dev.rewire.plan.Budget;
import dev.rewire.plan.Proposal;
import dev.rewire.sweep.Outcome;
import dev.rewire.train.DivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
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

/**
 * Does runs one after the other, or some at a time, each in its folder. A run that was begun at an
 * earlier time goes on from its checkpoint.
 *
 * @param console where everything is said
 * @param quiet whether only what matters is said
 * @param checkpoints what runs keep of themselves
 * @param tensorBoard whether they write event files
 * @param folder where their folders are
 * @param data of all of them
 * @param parallel runs at a time
 */
record TrialQueue(
    Console console,
    boolean quiet,
    CheckpointOptions checkpoints,
    TensorBoardOptions tensorBoard,
    TrialFolder folder,
    SharedData data,
    int parallel) {

  /** Hears of each run that came to its end, one after the other. */
  interface Ending {
    void finished(Trial trial, Outcome outcome) throws IOException;
  }

  /** Runs at the same time need memory at the same time. */
  void refuseIfTooLarge(List<Trial> trials) {
    long most = 0;
    for (Trial trial : trials) {
      Proposal proposal = Proposal.of(trial.settings().recipe(), data.of(trial.settings()));
      MemoryCheck.refuseIfTooLarge(proposal);
      most = Math.max(most, proposal.memory().bytes() - proposal.loaded());
    }
    long loaded = data.bytes();
    long together = most * Math.min(parallel, trials.size()) + loaded;
    Budget budget = Budget.ofMachine(loaded, together);
    if (parallel > 1 && together > budget.bytes()) {
      throw new UsageException(
          "%d runs at a time need %s, but %s are available: lower --parallel"
              .formatted(parallel, Say.bytes(together), Say.bytes(budget.bytes())));
    }
  }

  /** Epochs that are still to be done, those of the beginnings left out. */
  long epochs(List<Trial> trials) throws IOException {
    long epochs = 0;
    for (Trial trial : trials) {
      RunFolder run = folder.run(trial);
      epochs += Math.max(0, trial.epochs() - (folder.begun(trial) ? done(run) : 0));
    }
    return epochs;
  }

  private static int done(RunFolder run) {
    try {
      return Metrics.read(run.metrics()).size();
    } catch (IOException damaged) {
      // such a run begins anew
      return 0;
    }
  }

  /**
   * Does all runs, unless it is interrupted.
   *
   * @param trials runs that are not finished
   * @param interruption asked after each step whether to stop
   * @param progress hears of each epoch and run
   * @param ending hears of each run that came to its end
   */
  void run(List<Trial> trials, Interruption interruption, SweepProgress progress, Ending ending)
      throws IOException {
    Queue<Trial> queue = new ConcurrentLinkedQueue<>(trials);
    Callable<@Nullable Void> worker =
        () -> {
          Trial trial = queue.poll();
          while (trial != null && !interruption.stop()) {
            Outcome outcome = train(trial, interruption, progress);
            if (outcome != null) {
              folder.finish(outcome);
              progress.onRun(trial, outcome);
              synchronized (ending) {
                ending.finished(trial, outcome);
              }
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
  private @Nullable Outcome train(Trial trial, Interruption interruption, SweepProgress progress)
      throws IOException {
    try {
      TrainingResult result = resumed(trial, interruption, progress);
      if (result == null) {
        result = fresh(trial, interruption, progress);
      }
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

  private TrainingResult fresh(Trial trial, Interruption interruption, SweepProgress progress)
      throws IOException {
    RunOptions own = new RunOptions();
    own.out = folder.fresh(trial);
    own.quiet = true;
    TrainingRun run =
        new TrainingRun(
            console,
            own,
            checkpoints,
            tensorBoard.inFolder(trial.folder()),
            trial.settings(),
            FittedRecipe.of(trial.configuration()));
    return run.run(data.of(trial.settings()), interruption, List.of(progress));
  }

  /** Returns nothing if there is no checkpoint to go on from. */
  private @Nullable TrainingResult resumed(
      Trial trial, Interruption interruption, SweepProgress progress) throws IOException {
    if (!folder.begun(trial)) {
      return null;
    }
    RunFolder run = folder.run(trial);
    try (RunLock _ = RunLock.take(run)) {
      Resumption resumption;
      try {
        resumption = Resumption.of(console, run);
      } catch (IOException damaged) {
        console.say("%s: the run begins anew", String.valueOf(damaged.getMessage()));
        return null;
      }
      RunSettings recorded = resumption.recorded();
      Path events = tensorBoard.inFolder(trial.folder()).place(run);
      return resumption.run(
          Resumption.longer(recorded, Math.max(trial.epochs(), resumption.begun())),
          trial.settings().recipe().plan().threads(),
          data.of(trial.settings()),
          checkpoints.apply(resumption.record().policy(), recorded.stopping()),
          true,
          events == null ? resumption.record().events(run) : events,
          List.of(progress),
          interruption);
    }
  }
}
