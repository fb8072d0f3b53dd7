package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.dataset.Head;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.plan.Proposal;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One training run from its data to its report.
 *
 * @param console where progress goes
 * @param run where results go
 * @param checkpoints what it keeps of itself
 * @param tensorBoard whether it writes event files
 * @param settings all that decides the result
 * @param scaling settles how features are scaled
 */
record TrainingRun(
    Console console,
    RunOptions run,
    CheckpointOptions checkpoints,
    TensorBoardOptions tensorBoard,
    RunSettings settings,
    FittedRecipe scaling) {

  static TrainingRun of(Console console, TrainOptions options, Configuration configuration) {
    return new TrainingRun(
        console,
        options.run,
        options.checkpoints,
        options.tensorBoard,
        options.settings(configuration),
        FittedRecipe.of(configuration));
  }

  int execute() throws IOException {
    checkpoints.check();
    RunFolder.check(run.out);
    if (!run.quiet) {
      console.say("reading %s", Named.of(settings.request().data()));
    }
    DatasetPair pair =
        DataSource.open(settings.dataDir(), console, run.quiet).open(settings.request());
    return RunExecution.untilTheEndOrASignal(
        console, run.json, interruption -> run(pair, interruption, List.of()));
  }

  /** The request with what labels were found to be, so that they will be the same again. */
  private DatasetRequest headed(DatasetPair pair) {
    DatasetRequest request = settings.request();
    Head head = pair.train().head();
    return head == Head.CLASSES ? request : request.withRead(request.read().withHead(head));
  }

  /**
   * Does everything but print the result.
   *
   * @param pair the data that the settings ask for
   * @param interruption asked after each step whether to stop
   * @param listeners hear of each step and epoch
   */
  TrainingResult run(
      DatasetPair pair, Interruption interruption, List<? extends TrainingListener> listeners)
      throws IOException {
    // what cannot be moved is told before there is a folder
    RunExecution.learned(settings.request(), pair);
    boolean isNew = settings.beginning().model() == null;
    Recipe recipe = isNew ? scaling.fit(settings.recipe(), pair.train()) : settings.recipe();
    RunSettings fitted = settings.withRecipe(recipe).withRequest(headed(pair));
    MemoryCheck.refuseIfTooLarge(Proposal.of(recipe, pair));
    CheckpointPolicy policy = checkpoints.apply(CheckpointPolicy.DEFAULT, fitted.stopping());
    NetworkBuilder builder = StartingNetwork.builder(fitted, pair.train(), console, run.quiet);
    RunConfig config = RunConfig.of(fitted, pair, builder);
    RunFolder folder = RunFolder.create(run.out, Named.of(fitted.request().data()), config);
    try (RunLock _ = RunLock.take(folder)) {
      FirstMoment first = FirstMoment.of(fitted, builder);
      Path events = tensorBoard.place(folder);
      RunRecord.begin(policy, pair, first.network(), events).write(folder.record());
      RunExecution execution =
          new RunExecution(
              console, run.quiet, fitted, pair, folder, config, policy, events, listeners);
      return execution.begin(first, interruption);
    }
  }
}
