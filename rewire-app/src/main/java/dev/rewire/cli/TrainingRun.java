package dev.rewire.cli;

import dev.rewire.data.DatasetPair;
import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.plan.Proposal;
import dev.rewire.train.Recipe;
import java.io.IOException;

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
    CheckpointPolicy policy = options.checkpoints.apply(CheckpointPolicy.DEFAULT);
    RunFolder.check(options.run.out);
    String name = Named.of(options.dataset());
    if (!options.run.quiet) {
      console.say("reading %s", name);
    }
    DatasetRequest request = options.data.request(options.dataset());
    DatasetPair pair =
        DataSource.open(options.data.dataDir, console, options.run.quiet).open(request);
    recipe = options.network.fit(recipe, pair.train());
    MemoryCheck.refuseIfTooLarge(Proposal.of(recipe, pair));
    NetworkBuilder builder = recipe.network(pair.train());
    RunConfig config =
        RunConfig.of(
            options.learning.preset.id(), recipe, request, options.data.dataDir, pair, builder);
    RunFolder folder = RunFolder.create(options.run.out, name, config);
    try (RunLock _ = RunLock.take(folder)) {
      Network network = builder.build();
      RunRecord.begin(policy, pair, network).write(folder.record());
      RunExecution execution =
          new RunExecution(
              console,
              options.run.quiet,
              options.dataset(),
              options.learning.preset.id(),
              recipe,
              pair,
              folder,
              config,
              policy);
      return RunExecution.untilTheEndOrASignal(
          console, options.run.json, interruption -> execution.begin(network, interruption));
    }
  }
}
