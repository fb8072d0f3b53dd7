package dev.rewire.cli;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How connections move. */
final class RewiringOptions {
  private static final String SET = "set";
  private static final String STATIC = "static";

  static final class RuleNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    RuleNames() {
      super(List.of(SET, STATIC));
    }
  }

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      completionCandidates = RuleNames.class,
      description =
          "set: Sparse Evolutionary Training, after each epoch the weakest connections are dropped"
              + " and as many grow at random places (default). static: connections stay where they"
              + " are.")
  @Nullable String rule;

  @Option(
      names = "--zeta",
      paramLabel = "Z",
      description =
          "Share of connections that SET replaces after each epoch, 0 to 1 (default:"
              + " ${bundle:d.zeta}).")
  @Nullable Double zeta;

  Recipe apply(Recipe recipe) {
    Limit.FRACTION.check("--zeta", zeta);
    if (rule != null && !new RuleNames().contains(rule)) {
      throw new UsageException("--rule must be set or static, not " + rule);
    }
    if (STATIC.equals(rule)) {
      if (zeta != null) {
        throw new UsageException("--zeta means nothing to --rule static: leave one of them out");
      }
      return recipe.withEvolution(null);
    }
    Evolution evolution = recipe.plan().evolution();
    if (evolution == null) {
      evolution = Evolution.set(Evolution.DEFAULT_ZETA);
    }
    return recipe.withEvolution(zeta == null ? evolution : with(evolution, zeta));
  }

  private static Evolution with(Evolution evolution, double zeta) {
    return new Evolution(
        evolution.drop(),
        evolution.grow(),
        new UpdateSchedule.EveryEpoch(zeta),
        evolution.target(),
        evolution.mayReturn(),
        evolution.newbornWeight(),
        evolution.newbornState(),
        evolution.last(),
        evolution.timing(),
        evolution.evolveOutput(),
        evolution.maxDensity());
  }
}
