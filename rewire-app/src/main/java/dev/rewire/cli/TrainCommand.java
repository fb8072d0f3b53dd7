package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.sweep.Setting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      "  rewire train mnist --rule static --start snip   the connections worth most, no random graph",
      "  rewire train fashion-mnist --sparsity 0.99 --activation tanh",
      "  rewire train mnist --optimizer adamw --lr '0..1e-3 linear until 2 then 1e-3..0 cosine'",
      "  rewire train mnist --clip-norm 1 --label-smoothing 0.1 --plateau 5",
      "  rewire train my.csv --label class --test-fraction 0.25 --out runs/mine",
      "  rewire train words.libsvm --test new.libsvm",
      "  rewire train --epochs 3 --json --quiet     for scripts",
      "  rewire train mnist --hidden 100000,100000 --dry-run   memory and time, before it begins",
      "  rewire train run.yaml --set network.sparsity=0.98     settings from a file",
      "  rewire train mnist --prune-neurons 0.2 --prune-after 5 --prune-every 5    neurons go, too",
      "  rewire train mnist --from pruned.safetensors --rule static   a network is trained on",
      "  rewire train mnist --seeds 1..5            mean and deviation over five seeds",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire train [DATASET|FILE.yaml] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Mixin TrainOptions options = new TrainOptions();

  @ArgGroup(validate = false, heading = "%nSeveral seeds at once:%n", order = 8)
  SweepOptions sweep = new SweepOptions();

  @Option(
      names = "--dry-run",
      description =
          "Do not train: say what this run would need, as 'rewire plan' does, and write nothing.")
  boolean dryRun;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = options.configuration();
    if (sweep.seeds != null) {
      return Sweep.of(console, options, configuration, sweep, Setting.all(List.of()))
          .execute(dryRun);
    }
    sweep.refuseWithoutSeeds();
    return dryRun
        ? new PlanReport(console, options.run).of(options, configuration)
        : TrainingRun.of(console, options, configuration).execute();
  }
}
