package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.sweep.Setting;
import dev.rewire.sweep.Variation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many runs of one question. */
@Command(
    name = "sweep",
    header = "Trains with several settings and seeds, and says which setting is better.",
    description = {
      "",
      "Every combination of the values of --vary is trained with every seed. Each run has a folder"
          + " of its own inside the folder of the sweep; runs that are finished are skipped when"
          + " the same command is started again with --out, so nothing is lost by Ctrl-C. The"
          + " result: mean, standard deviation and paired tests, on the terminal and as sweep.csv,"
          + " sweep.md, sweep.html; runs.csv has every run.",
      "",
      "Examples:",
      "  rewire sweep --vary network.sparsity=0.9,0.95,0.99 --seeds 1..3",
      "  rewire sweep mnist --vary rewiring.rule=set,static --seeds 1..10 --epochs 5",
      "  rewire sweep run.yaml --vary training.lr=0.01,0.1 --vary network.epsilon=5,20 --seeds 1,2,7",
      "  rewire sweep --vary network.hidden=[300,300],[1000] --seeds 1..5 --parallel 2 --out sweeps/a",
      "  rewire sweep my.csv --folds 5              each of five folds in turn",
      "'rewire config --keys' lists what can be varied.",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire sweep [DATASET|FILE.yaml] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class SweepCommand implements Callable<Integer> {
  private static final String FOLDS = "data.folds";
  private static final String FOLD = "data.fold";

  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = "--vary",
      paramLabel = "KEY=A,B,..",
      description =
          "A key and the values that it takes in turn. Can be repeated: then every combination is"
              + " trained.")
  List<String> vary = new ArrayList<>();

  @ArgGroup(validate = false, heading = "%nRuns:%n", order = 8)
  SweepOptions sweep = new SweepOptions();

  @Option(names = "--dry-run", description = "Do not train: list the runs.")
  boolean dryRun;

  @Mixin TrainOptions options = new TrainOptions();

  SweepCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = options.configuration();
    List<Variation> variations = new ArrayList<>(vary.stream().map(Variation::of).toList());
    if (configuration.value(FOLDS) instanceof Integer parts && configuration.value(FOLD) == null) {
      // the settings that all runs share need one, whichever it is
      configuration = configuration.assign(FOLD + "=1", Origin.SWEEP);
      if (variations.stream().noneMatch(each -> each.key().path().equals(FOLD))) {
        List<String> all = IntStream.rangeClosed(1, parts).mapToObj(Integer::toString).toList();
        variations.add(new Variation(Keys.require(FOLD, "--folds"), all));
      }
    }
    if (variations.isEmpty() && sweep.seeds == null) {
      throw new UsageException(
          "there is nothing to sweep over: add --vary network.sparsity=0.9,0.95 or --seeds 1..5");
    }
    if (vary.stream().map(text -> Variation.of(text).key().path()).distinct().count()
        < vary.size()) {
      throw new UsageException("--vary names a key twice: give all its values at once");
    }
    return Sweep.of(console, options, configuration, sweep, Setting.all(variations))
        .execute(dryRun);
  }
}
