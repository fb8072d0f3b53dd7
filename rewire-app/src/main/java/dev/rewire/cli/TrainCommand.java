package dev.rewire.cli;

import dev.rewire.train.Recipe;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trains a network. */
@Command(
    name = "train",
    header = "Trains a truly sparse network.",
    description = {
      "",
      "The network begins as a random graph with few connections. After each epoch the weakest of"
          + " them are dropped and as many grow elsewhere, so that it finds its own wiring. The"
          + " result, its metrics and a report are written to a folder of their own.",
      "",
      "Examples:",
      "  rewire train",
      "  rewire train mnist --hidden 1000,1000,1000 --epsilon 20 --zeta 0.3 --epochs 20",
      "  rewire train mnist --rule static           the same without rewiring, to compare",
      "  rewire train fashion-mnist --sparsity 0.99 --activation tanh",
      "  rewire train my.csv --label class --test-fraction 0.25 --out runs/mine",
      "  rewire train words.libsvm --test new.libsvm",
      "  rewire train --epochs 3 --json --quiet     for scripts",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire train [DATASET] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATASET",
      defaultValue = "digits",
      description = {
        "A name (${bundle:datasets}; default: digits, which needs no download) or a path: a CSV"
            + " or LIBSVM file, an IDX file of images with its labels beside it, or a folder with the four"
            + " files of MNIST. ./mnist means the path, mnist the name."
      })
  String dataset = "digits";

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

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    data.check();
    Recipe recipe = learning.preset.recipe();
    recipe = network.apply(recipe);
    recipe = rewiring.apply(recipe);
    recipe = learning.apply(recipe);
    recipe = run.apply(recipe);
    return new TrainingRun(console, this, recipe).execute();
  }
}
