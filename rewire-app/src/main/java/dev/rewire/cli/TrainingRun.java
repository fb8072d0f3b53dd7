package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.data.DatasetPair;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.Timing;
import dev.rewire.layer.Compute;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.network.NetworkPass;
import dev.rewire.plan.Proposal;
import dev.rewire.report.InputConnectivity;
import dev.rewire.train.DivergedException;
import dev.rewire.train.EpochReport;
import dev.rewire.train.Recipe;
import dev.rewire.train.Trainer;
import dev.rewire.train.TrainingListener;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** One training run from its data to its report. */
final class TrainingRun {
  private final Console console;
  private final RunOptions run;
  private final TensorBoardOptions tensorBoard;
  private final FittedScaling scaling;
  private RunSettings settings;

  TrainingRun(
      Console console,
      RunOptions run,
      TensorBoardOptions tensorBoard,
      RunSettings settings,
      FittedScaling scaling) {
    this.console = console;
    this.run = run;
    this.tensorBoard = tensorBoard;
    this.settings = settings;
    this.scaling = scaling;
  }

  static TrainingRun of(Console console, TrainOptions options, Configuration configuration) {
    return new TrainingRun(
        console,
        options.run,
        options.tensorBoard,
        options.settings(configuration),
        FittedScaling.of(configuration));
  }

  int execute() throws IOException {
    RunFolder.check(run.out);
    say("reading %s", Named.of(settings.request().data()));
    DatasetPair pair =
        DataSource.open(settings.dataDir(), console, run.quiet).open(settings.request());
    try (Interruption interruption =
        new Interruption(console, "finishing this step and writing the model")) {
      try {
        TrainingResult result = run(pair, interruption, List.of());
        result.print(console, run.json);
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
    settings = settings.withRecipe(scaling.fit(settings.recipe(), pair.train()));
    Recipe recipe = settings.recipe();
    String name = Named.of(settings.request().data());
    MemoryCheck.refuseIfTooLarge(Proposal.of(recipe, pair));
    NetworkBuilder builder = recipe.network(pair.train());
    RunConfig config = RunConfig.of(settings, pair, builder);
    RunFolder folder = RunFolder.create(run.out, name, config);
    Network network = builder.build();
    introduce(network, pair);
    InputConnectivity start = InputConnectivity.of(network);
    List<EpochReport> epochs = train(network, pair, folder, interruption, listeners);
    boolean interrupted = interruption.stop();
    ModelFile.write(network, folder.model());
    TrainingResult result =
        new TrainingResult(
            name,
            settings.preset().id(),
            recipe,
            network,
            epochs,
            test(network, epochs, pair),
            interrupted,
            folder);
    RunReport.write(result, config, start);
    return result;
  }

  private List<EpochReport> train(
      Network network,
      DatasetPair pair,
      RunFolder folder,
      Interruption interruption,
      List<? extends TrainingListener> listeners)
      throws IOException {
    RunRecorder recorder = new RunRecorder(folder, network);
    Trainer trainer = new Trainer(settings.recipe().plan()).listen(interruption).listen(recorder);
    TensorBoardOptions.listen(trainer, tensorBoard.place(folder), network, 0, settings.recipe());
    if (!run.quiet) {
      trainer.listen(new ProgressDisplay(console, settings.recipe().plan().epochs()));
    }
    listeners.forEach(trainer::listen);
    try {
      return trainer.train(network, pair.train(), pair.test());
    } catch (DivergedException diverged) {
      DivergedException told =
          new DivergedException(
              "%s; the model %s is in %s"
                  .formatted(diverged.getMessage(), recorder.savedState(), folder.model()));
      told.initCause(diverged);
      throw told;
    }
  }

  /** The last test, unless there was none or the network has been rewired since. */
  private Evaluation test(Network network, List<EpochReport> epochs, DatasetPair pair) {
    TrainingPlan plan = settings.recipe().plan();
    Evolution evolution = plan.evolution();
    boolean after = evolution != null && evolution.timing() == Timing.AFTER_TEST;
    if (!epochs.isEmpty() && !(after && epochs.getLast().rewired() > 0)) {
      return epochs.getLast().test();
    }
    // as the trainer does it, so that the sum of losses has the same order
    try (Compute compute = new Compute(plan.threads())) {
      int batch = Math.min(plan.batch(), pair.train().size());
      return new NetworkPass(network, compute, batch, false).evaluate(pair.test());
    }
  }

  private void introduce(Network network, DatasetPair pair) {
    say(
        "training %s on %s samples, testing on %s: %s connections, %s sparse, %s, %s",
        RunReport.shape(network),
        Say.count(pair.train().size()),
        Say.count(pair.test().size()),
        Say.count(network.connections()),
        String.format(Locale.ROOT, "%.1f %%", 100 * network.sparsity()),
        Say.plural(settings.recipe().plan().threads(), "thread"),
        Version.ofKernels());
  }

  private void say(String format, Object... values) {
    if (!run.quiet) {
      console.say(format, values);
    }
  }
}
