package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.sweep.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Ways to be sparse, side by side at the same cost. */
@Command(
    name = "compare-rules",
    header = "Trains with several rules at the same budget, and says which one is better.",
    description = {
      "",
      "Every rule is trained with every seed, on the same data and by the same settings. Among them"
          + " is always narrow-dense: a dense network of as many parameters, with narrower hidden"
          + " layers. Whoever cannot beat it gains nothing by being sparse. The result: mean,"
          + " deviation and paired tests, a picture with error bars, connections, and operations of"
          + " training beside measured seconds; runs that are finished are skipped when the same"
          + " command is started again with --out.",
      "",
      "Examples:",
      "  rewire compare-rules mnist --sparsity 0.98 --epochs 20 --seeds 1..5",
      "  rewire compare-rules fashion-mnist --rules set,static,dense --budget flops --seeds 1..3",
      "  rewire compare-rules my.csv --budget seconds --epochs 50 --seeds 1..5 --parallel 2",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire compare-rules [DATASET|FILE.yaml] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class CompareRulesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = "--rules",
      split = ",",
      paramLabel = "NAME,NAME,..",
      description =
          "What to compare: names that --rule takes; snip, grasp and synflow, static networks that"
              + " begin with --start of this name; and dense, the same network with all"
              + " connections (default: set,static,dense). The first one sets the budget;"
              + " narrow-dense is added if it is not named.")
  List<String> rules = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "WHAT",
      description =
          "What is equal: params, the parameters, with the same epochs for all but dense, which has"
              + " more; flops, the operations of training, by more or fewer epochs; seconds, the"
              + " time of training on this machine, likewise (default: params).")
  Contest.@Nullable Budget budget;

  @ArgGroup(validate = false, heading = "%nRuns:%n", order = 8)
  SweepOptions sweep = new SweepOptions();

  @Option(names = "--dry-run", description = "Do not train: list the runs.")
  boolean dryRun;

  @Mixin TrainOptions options = new TrainOptions();

  CompareRulesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = options.configuration();
    if (configuration.isTyped("rewiring.rule")) {
      throw new UsageException("rules are compared: name them by --rules, not by --rule");
    }
    List<String> names = rules.isEmpty() ? List.of("set", "static", "dense") : rules;
    Contest contest =
        new Contest(
            console,
            options,
            configuration,
            budget == null ? Contest.Budget.PARAMS : budget,
            names);
    List<Setting> contenders = contest.contenders();
    return Sweep.of(console, options, configuration, sweep, contenders)
        .keeping(Contest.FILE, contest.epochs())
        .execute(dryRun);
  }
}
