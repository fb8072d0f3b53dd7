package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import dev.rewire.config.RunSettings;
import dev.rewire.evolution.PublishedRule;
import dev.rewire.saliency.Start;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the published rules and what their papers set. */
@Command(
    name = "rules",
    header = "Lists ways to rewire and to prune, with the defaults of their papers.",
    description = {
      "",
      "Each of them is a name for --rule of 'rewire train' and stands for a removal, a growth, a"
          + " time, a target and a distribution; single options change these:",
      "",
      "  rewire train mnist --rule rigl                     with the defaults of the paper",
      "  rewire train mnist --rule rigl --when steps:50     twice as often",
      "  rewire train mnist --rule static --start snip      pruned before the first step",
      "  rewire train mnist --rule gmp --density 0.5 --target '1..0.1 cubic until 75%%'",
      "",
    },
    synopsisHeading = "%nUsage: ")
final class RulesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  RulesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Table table =
        new Table("<rule", "<paper", "<drop", "<grow", "<when", "<zeta", "<target", "<across");
    for (PublishedRule rule : PublishedRule.values()) {
      RunSettings settings =
          Configuration.EMPTY.assign("rewiring.rule=" + rule.id(), Origin.SET).settle();
      table.row(
          rule.id(),
          rule.paper(),
          value("drop", settings),
          value("grow", settings),
          value("when", settings),
          value("zeta", settings),
          value("target", settings),
          value("across", settings));
    }
    table.print(console.out());
    console.out().println();
    for (PublishedRule rule : PublishedRule.values()) {
      console.out().printf("%-10s %s%n", rule.id(), rule.summary());
    }
    console.out().println();
    console
        .out()
        .println("--start of 'rewire train' says which connections there are to begin with:");
    for (Start start : Start.values()) {
      console.out().printf("%-10s %s; %s%n", start.id(), start.summary(), start.paper());
    }
    return ExitCode.OK;
  }

  private static String value(String key, RunSettings settings) {
    return String.valueOf(Keys.require("rewiring." + key, "rules").print(settings));
  }
}
