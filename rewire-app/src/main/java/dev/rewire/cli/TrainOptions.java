package dev.rewire.cli;

import dev.rewire.train.Recipe;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Parameters;

/** What a training run is described by: for the command that does it and the one that plans it. */
final class TrainOptions {
  private static final String DEFAULT_DATASET = "digits";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATASET",
      description = {
        "A name (${bundle:datasets}; default: digits, which needs no download) or a path: a"
            + " file of any format that 'rewire help data' names, an IDX file of images with its"
            + " labels beside it, or a folder with the files of MNIST or CIFAR-10. ./mnist means the path, mnist the name."
      })
  @Nullable String dataset;

  @ArgGroup(validate = false, heading = "%nReading data:%n", order = 1)
  DataOptions data = new DataOptions();

  @ArgGroup(validate = false, heading = "%nNetwork:%n", order = 2)
  NetworkOptions network = new NetworkOptions();

  @ArgGroup(validate = false, heading = "%nRewiring:%n", order = 3)
  RewiringOptions rewiring = new RewiringOptions();

  @ArgGroup(validate = false, heading = "%nLearning:%n", order = 4)
  LearningOptions learning = new LearningOptions();

  @ArgGroup(validate = false, heading = "%nRun:%n", order = 5)
  RunOptions run = new RunOptions();

  /** The data as they were asked for. */
  String dataset() {
    return dataset == null ? DEFAULT_DATASET : dataset;
  }

  /** Checks all options and applies them to the preset. */
  Recipe recipe() {
    data.check();
    Recipe recipe = learning.preset.recipe();
    recipe = network.apply(recipe);
    recipe = rewiring.apply(recipe);
    recipe = learning.apply(recipe);
    return run.apply(recipe);
  }
}
