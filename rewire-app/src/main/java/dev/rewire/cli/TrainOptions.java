package dev.rewire.cli;

import dev.rewire.config.ConfigFile;
import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.config.RunSettings;
import dev.rewire.train.NeuronRemoval;
import dev.rewire.train.TrainingPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * What a training run is described by: for the command that does it and those that plan or explain
 * it. Options for network, rewiring and learning come from {@link KeyOptions}.
 */
final class TrainOptions {
  @Spec(Spec.Target.MIXEE)
  @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "DATASET",
      description = {
        "A name (${bundle:datasets}; default: digits, which needs no download) or a path: a"
            + " file of any format that 'rewire help data' names, an IDX file of images with its"
            + " labels beside it, or a folder with the files of MNIST or CIFAR-10. ./mnist means"
            + " the path, mnist the name. A file that ends with .yaml is a configuration, as"
            + " --config takes it."
      })
  @Nullable String dataset;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML file with all settings, for example config.yaml of an earlier run; options change"
              + " them. 'rewire config' writes one and explains the keys.")
  @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Set any key of a configuration, for example network.sparsity=0.95; stronger than the"
              + " file, weaker than options. Can be repeated.")
  List<String> set = new ArrayList<>();

  @ArgGroup(validate = false, heading = "%nReading data:%n", order = 1)
  DataOptions data = new DataOptions();

  @ArgGroup(validate = false, heading = "%nCheckpoints:%n", order = 6)
  CheckpointOptions checkpoints = new CheckpointOptions();

  @ArgGroup(validate = false, heading = "%nOutput:%n", order = 9)
  RunOptions run = new RunOptions();

  @ArgGroup(validate = false, heading = "%nTensorBoard:%n", order = 7)
  TensorBoardOptions tensorBoard = new TensorBoardOptions();

  /** Everything that was given, from the file to the options. */
  Configuration configuration() {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("options are read before they are parsed");
    }
    data.check();
    Configuration configuration = Configuration.EMPTY;
    Path file = file();
    if (file != null) {
      try {
        configuration = ConfigFile.read(file, configuration);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    for (String assignment : set) {
      configuration = configuration.assign(assignment, Origin.SET);
    }
    String name = dataset;
    if (name != null && !name.equals(String.valueOf(file))) {
      configuration =
          configuration.with(
              Keys.require("data.dataset", "DATASET"), name, Origin.option("DATASET"));
    }
    return KeyOptions.given(command, configuration);
  }

  private @Nullable Path file() {
    String name = dataset;
    if (name == null || !ConfigFile.isNamed(name)) {
      return config;
    }
    if (config != null) {
      throw new UsageException(
          "%s and --config %s are two configurations: give one of them".formatted(name, config));
    }
    return Path.of(name);
  }

  /** The settings of the run. */
  RunSettings settings() {
    return settings(configuration());
  }

  /** The settings that follow from a configuration and from options that have no key. */
  RunSettings settings(Configuration configuration) {
    Object name = configuration.value("data.dataset");
    String asked = name == null ? Keys.DEFAULT_DATASET : String.valueOf(name);
    RunSettings settings =
        WarmStart.fit(configuration, configuration.settle(data.request(asked), data.dataDir));
    checkNeurons(settings.recipe().plan());
    return settings;
  }

  /** Neurons never go after the last epoch, because nothing would learn to do without them. */
  private static void checkNeurons(TrainingPlan plan) {
    NeuronRemoval removal = plan.neuronRemoval();
    if (removal.percentile() > 0 && removal.after() >= plan.epochs()) {
      throw new UsageException(
          ("--prune-neurons %s takes none out: the first time is after epoch %d, and training ends"
                  + " with epoch %d; give more epochs, or an earlier time, as in --prune-after %d")
              .formatted(
                  removal.percentile(),
                  removal.after(),
                  plan.epochs(),
                  Math.max(1, plan.epochs() / 2)));
    }
  }
}
