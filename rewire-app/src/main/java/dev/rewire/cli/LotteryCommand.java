package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The lottery ticket hypothesis, on any data. */
@Command(
    name = "lottery",
    header = "Looks for lottery tickets: small networks that learn from their first weights.",
    description = {
      "",
      "A network is trained, the smallest weights of each layer are pruned, what stays goes back to"
          + " the weights of the beginning and is trained again, round after round (Frankle and"
          + " Carbin 2019). Each round is an ordinary run in a folder of its own; what is finished"
          + " is skipped when the same command is started again with --out. The network is dense at"
          + " first unless --density or the like says otherwise, and never grows.",
      "",
      "Examples:",
      "  rewire lottery mnist --hidden 300,100 --rounds 10 --epochs 10 --controls",
      "  rewire lottery my.csv --keep 50% --rounds 4 --rewind-to 100 --out runs/lottery",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire lottery [DATASET|FILE.yaml] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class LotteryCommand implements Callable<Integer> {
  private static final String RULE = "rewiring.rule";
  private static final String STATIC = "static";
  private static final String DENSITY = "network.density";

  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @ArgGroup(validate = false, heading = "%nRounds:%n", order = 8)
  LotteryOptions lottery = new LotteryOptions();

  @Mixin TrainOptions options = new TrainOptions();

  LotteryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    lottery.check();
    Configuration configuration = options.configuration();
    Object rule = configuration.value(RULE);
    if (configuration.isTyped(RULE) && !STATIC.equals(rule)) {
      throw new UsageException(
          "connections that grow have no first weight to go back to: leave --rule out");
    }
    if (configuration.has("network.model_from")) {
      throw new UsageException("a lottery begins with a new network: leave --from out");
    }
    for (String path : List.of("pruning.neurons", "pruning.compact")) {
      if (configuration.has(path)) {
        throw new UsageException(
            "neurons that were taken out have no first values to go back to: leave %s out"
                .formatted(path));
      }
    }
    configuration = configuration.with(Keys.require(RULE, "lottery"), STATIC, Origin.SWEEP);
    boolean sparse =
        List.of("network.epsilon", DENSITY, "network.sparsity", "network.topology_from").stream()
            .anyMatch(configuration::has);
    if (!sparse) {
      configuration = configuration.with(Keys.require(DENSITY, "lottery"), "1", Origin.SWEEP);
    }
    return new Lottery(console, options, lottery, configuration).execute();
  }
}
