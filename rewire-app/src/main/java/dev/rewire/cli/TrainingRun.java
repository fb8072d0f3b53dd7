package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.dataset.Dataset;
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
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** One training run from its data to its report. */
final class TrainingRun {
  private final Console console;
  private final TrainOptions options;
  private Recipe recipe;

  TrainingRun(Console console, TrainOptions options, Recipe recipe) {
    this.console = console;
    this.options = options;
    this.recipe = recipe;
  }

  int execute() throws IOException {
    RunFolder.check(options.run.out);
    String name = Named.of(options.dataset());
    say("reading %s", name);
    DatasetRequest request = options.request();
    DatasetPair pair =
        DataSource.open(options.data.dataDir, console, options.run.quiet).open(request);
    Dataset learned = SplitOptions.learned(request, pair);
    recipe = options.network.fit(recipe, pair.train());
    MemoryCheck.refuseIfTooLarge(Proposal.of(recipe, pair));
    NetworkBuilder builder = recipe.network(pair.train());
    RunConfig config =
        RunConfig.of(
            options.learning.preset.id(), recipe, request, options.data.dataDir, pair, builder);
    RunFolder folder = RunFolder.create(options.run.out, name, config);
    Network network = builder.build();
    introduce(network, pair);
    InputConnectivity start = InputConnectivity.of(network);
    try (Interruption interruption =
        new Interruption(console, "finishing this step and writing the model")) {
      try {
        List<EpochReport> epochs = train(network, learned, pair, folder, interruption);
        boolean interrupted = interruption.stop();
        ModelFile.write(network, folder.model());
        TrainingResult result =
            new TrainingResult(
                options.dataset(),
                name,
                options.learning.preset.id(),
                recipe,
                network,
                epochs,
                test(network, epochs, pair),
                interrupted,
                folder);
        RunReport.write(result, config, start);
        result.print(console, options.run.json);
        return interrupted ? ExitCode.INTERRUPTED : ExitCode.OK;
      } catch (IOException | RuntimeException failure) {
        if (interruption.stop()) {
          // closing ends the process, so nobody else will tell
          console.say("rewire: %s", String.valueOf(failure));
        }
        throw failure;
      }
    }
  }

  private List<EpochReport> train(
      Network network,
      Dataset learned,
      DatasetPair pair,
      RunFolder folder,
      Interruption interruption)
      throws IOException {
    RunRecorder recorder = new RunRecorder(folder, network);
    Trainer trainer = new Trainer(recipe.plan()).listen(interruption).listen(recorder);
    if (!options.run.quiet) {
      trainer.listen(new ProgressDisplay(console, recipe.plan().epochs()));
    }
    try {
      return trainer.train(network, learned, pair.watched());
    } catch (DivergedException diverged) {
      DivergedException told =
          new DivergedException(
              "%s; the model %s is in %s"
                  .formatted(diverged.getMessage(), recorder.savedState(), folder.model()));
      told.initCause(diverged);
      throw told;
    }
  }

  /**
   * The last test, unless there was none, or it looked at other samples, or the network has been
   * rewired since.
   */
  private Evaluation test(Network network, List<EpochReport> epochs, DatasetPair pair) {
    Evolution evolution = recipe.plan().evolution();
    boolean after = evolution != null && evolution.timing() == Timing.AFTER_TEST;
    if (!epochs.isEmpty()
        && pair.validation() == null
        && !(after && epochs.getLast().rewired() > 0)) {
      return epochs.getLast().test();
    }
    // as the trainer does it, so that the sum of losses has the same order
    try (Compute compute = new Compute(recipe.plan().threads())) {
      int batch = Math.min(recipe.plan().batch(), pair.train().size());
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
        Say.plural(recipe.plan().threads(), "thread"),
        Version.ofKernels());
  }

  private void say(String format, Object... values) {
    if (!options.run.quiet) {
      console.say(format, values);
    }
  }
}
