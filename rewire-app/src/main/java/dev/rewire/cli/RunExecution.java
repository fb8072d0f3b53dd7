package dev.rewire.cli;

import dev.rewire.checkpoint.CheckpointSchedule;
import dev.rewire.checkpoint.Checkpointer;
import dev.rewire.config.RunSettings;
import dev.rewire.config.Stopping;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.evolution.Timing;
import dev.rewire.layer.Compute;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.model.AtomicFile;
import dev.rewire.model.Checkpoint;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.train.DivergedException;
import dev.rewire.train.EarlyStopping;
import dev.rewire.train.EarlyStopping.Monitor;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import dev.rewire.train.TrainingState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A training in its folder, from its beginning or from a checkpoint to its end or to a signal.
 *
 * @param console where progress goes
 * @param quiet whether there is none
 * @param settings all that decides the result
 * @param pair the data
 * @param folder where everything is written
 * @param config the settings as they are in the folder
 * @param policy what it keeps of itself
 * @param events folder for event files of TensorBoard, or null
 * @param listeners hear of each step and epoch
 */
record RunExecution(
    Console console,
    boolean quiet,
    RunSettings settings,
    DatasetPair pair,
    RunFolder folder,
    RunConfig config,
    CheckpointPolicy policy,
    @Nullable Path events,
    List<? extends TrainingListener> listeners) {

  /** Work that a signal may end early. */
  interface Work {
    TrainingResult done(Interruption interruption) throws IOException;
  }

  /** Does the work and prints its result; a signal is answered by a checkpoint. */
  static int untilTheEndOrASignal(Console console, boolean json, Work work) throws IOException {
    try (Interruption interruption =
        new Interruption(console, "finishing this step and writing a checkpoint")) {
      try {
        TrainingResult result = work.done(interruption);
        result.print(console, json);
        if (result.interrupted()) {
          console.say("to go on: ./rewire resume %s", result.folder().shell());
        }
        return result.interrupted() ? ExitCode.INTERRUPTED : ExitCode.OK;
      } catch (IOException | RuntimeException failure) {
        if (interruption.stop()) {
          // closing ends the process, so nobody else will tell
          console.say("rewire: %s", String.valueOf(failure));
        }
        throw failure;
      }
    }
  }

  /** Trains a new network. */
  TrainingResult begin(FirstMoment first, Interruption interruption) throws IOException {
    return written(() -> beginning(first.network(), first.state(), interruption));
  }

  private TrainingResult beginning(Network network, TrainingState state, Interruption interruption)
      throws IOException {
    EarlyStopping watched = watched(List.of());
    if (state.samples() > 0) {
      watched.withinEpoch();
    }
    try (RunRecorder recorder = RunRecorder.begin(folder, metrics(), watched, policy, network)) {
      Checkpointer checkpointer = checkpointer(recorder).after(network.steps(), state.epoch());
      if (!(policy.every() instanceof CheckpointSchedule.Never)) {
        // so that there is one whatever happens
        checkpointer.write(network, state);
      } else {
        recorder.finish(network);
      }
      InputConnectivity start = InputConnectivity.of(network);
      return train(network, state, List.of(), start, recorder, checkpointer, watched, interruption);
    }
  }

  /** Goes on with a network from a checkpoint. */
  TrainingResult resume(
      Checkpoint checkpoint,
      List<EpochReport> before,
      InputConnectivity start,
      Interruption interruption)
      throws IOException {
    return written(() -> goingOn(checkpoint, before, start, interruption));
  }

  private TrainingResult goingOn(
      Checkpoint checkpoint,
      List<EpochReport> before,
      InputConnectivity start,
      Interruption interruption)
      throws IOException {
    EarlyStopping watched = watched(before);
    if (checkpoint.state().samples() > 0) {
      watched.withinEpoch();
    }
    try (RunRecorder recorder =
        RunRecorder.resume(folder, metrics(), watched, policy, checkpoint)) {
      Checkpointer checkpointer =
          checkpointer(recorder).after(checkpoint.network().steps(), checkpoint.state().epoch());
      return train(
          checkpoint.network(),
          checkpoint.state(),
          before,
          start,
          recorder,
          checkpointer,
          watched,
          interruption);
    }
  }

  /**
   * The training samples as they will be learned.
   *
   * @throws UsageException if they cannot be moved
   */
  static Dataset learned(DatasetRequest request, DatasetPair pair) {
    try {
      return request.augmentation().of(pair.train());
    } catch (IllegalArgumentException noPictures) {
      throw new UsageException("--augment: " + noPictures.getMessage());
    }
  }

  private Metrics metrics() {
    return pair.validation() == null ? Metrics.TEST : Metrics.VALIDATION;
  }

  private EarlyStopping watched(List<EpochReport> before) {
    Stopping stopping = settings.stopping();
    // numbers are never quite right, so that only their loss can be compared
    Monitor monitor = pair.train().head() == Head.REGRESSION ? Monitor.LOSS : stopping.monitor();
    return new EarlyStopping(monitor, stopping.patience()).after(before);
  }

  private Checkpointer checkpointer(RunRecorder recorder) {
    return new Checkpointer(folder.checkpoints(), policy.every(), policy.keep(), recorder);
  }

  private TrainingResult train(
      Network network,
      TrainingState state,
      List<EpochReport> before,
      InputConnectivity start,
      RunRecorder recorder,
      Checkpointer checkpointer,
      EarlyStopping watched,
      Interruption interruption)
      throws IOException {
    introduce(network, state);
    Recipe recipe = settings.recipe();
    // Who writes an epoch down comes before who writes a checkpoint that counts it.
    Trainer trainer =
        new Trainer(recipe.plan())
            .listen(interruption)
            .listen(watched)
            .listen(recorder)
            .listen(checkpointer);
    TensorBoardOptions.listen(trainer, events, network, state, recipe, metrics());
    if (!quiet) {
      trainer.listen(
          new ProgressDisplay(console, recipe.plan().epochs(), state.epoch(), metrics()));
    }
    listeners.forEach(trainer::listen);
    List<EpochReport> epochs = new ArrayList<>(before);
    try {
      epochs.addAll(
          trainer.train(network, state, learned(settings.request(), pair), pair.watched()));
      if (settings.compact() && !interruption.stop()) {
        // not the network of the checkpoint, which a longer training goes on with
        recorder.compact(network);
      } else {
        recorder.finish(network);
      }
    } catch (DivergedException diverged) {
      DivergedException told =
          new DivergedException(
              "%s; the model %s is in %s"
                  .formatted(diverged.getMessage(), recorder.savedState(), folder.model()));
      told.initCause(diverged);
      throw told;
    }
    TrainingResult result =
        new TrainingResult(
            Named.of(settings.request().data()),
            settings.preset().id(),
            recipe,
            network,
            epochs,
            test(network, epochs),
            Predictor.scores(network, pair.test(), recipe.plan().threads()),
            metrics(),
            watched,
            policy.best(),
            interruption.stop(),
            folder,
            recorder.recordingSeconds(),
            0);
    long began = System.nanoTime();
    RunReport.write(result, config, start, metrics());
    result = result.drawn((System.nanoTime() - began) / 1e9);
    if (!result.interrupted()) {
      AtomicFile.write(folder.result(), Json.line(result.json()) + "\n");
    }
    return result;
  }

  /** What writes files. */
  private interface Writing {
    TrainingResult done() throws IOException;
  }

  /** Says how to go on when a file cannot be written: what was written before is whole. */
  private TrainingResult written(Writing writing) throws IOException {
    try {
      return writing.done();
    } catch (IOException failure) {
      throw notWritten(failure);
    } catch (UncheckedIOException failure) {
      IOException cause = failure.getCause();
      throw notWritten(cause == null ? new IOException(failure) : cause);
    }
  }

  private IOException notWritten(IOException failure) throws IOException {
    String where =
        "the run folder %s cannot be written to (%s)"
            .formatted(folder.path(), Failures.reason(failure));
    return new IOException(
        folder.checkpoints().files().isEmpty()
            ? where + ": begin again in another one by --out"
            : "%s; its last checkpoint is whole: make room, then 'rewire resume %s' goes on"
                .formatted(where, folder.shell()),
        failure);
  }

  /**
   * The last test, unless there was none, or it looked at other samples, or the network has been
   * rewired since.
   */
  private Evaluation test(Network network, List<EpochReport> epochs) {
    TrainingPlan plan = settings.recipe().plan();
    boolean after =
        plan.evolutions(network.layers().size()).stream()
            .anyMatch(evolution -> evolution != null && evolution.timing() == Timing.AFTER_TEST);
    if (!epochs.isEmpty()
        && pair.validation() == null
        && !(after && epochs.getLast().rewired() > 0)) {
      return epochs.getLast().test();
    }
    // as the trainer does it, so that the sum of losses has the same order
    try (Compute compute = new Compute(plan.threads())) {
      int batch = Math.min(plan.batch(), pair.train().size());
      return new NetworkPass(network, compute, batch, false).evaluate(pair.test());
    }
  }

  private void introduce(Network network, TrainingState state) {
    if (quiet) {
      return;
    }
    if (network.steps() > 0) {
      console.say(
          "going on in %s after step %s, in epoch %d",
          folder.path(), Say.count(network.steps()), state.epoch() + 1);
    }
    console.say(
        "training %s on %s samples, testing on %s: %s connections, %s sparse, %s, %s",
        RunReport.shape(network),
        Say.count(pair.train().size()),
        pair.validation() == null
            ? Say.count(pair.test().size())
            : "%s for validation and on %s at the end"
                .formatted(Say.count(pair.watched().size()), Say.count(pair.test().size())),
        Say.count(network.connections()),
        String.format(Locale.ROOT, "%.1f %%", 100 * network.sparsity()),
        Say.plural(settings.recipe().plan().threads(), "thread"),
        Version.ofKernels());
  }
}
