package dev.rewire.cli;

import dev.rewire.config.Range;
import dev.rewire.pruning.MagnitudePruning;
import dev.rewire.pruning.NeuronPruning;
import dev.rewire.pruning.PruningBudget;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a network goes. */
final class PruneOptions {
  /** Where the bound of the weights lies. */
  enum Scope {
    LAYER,
    GLOBAL
  }

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      description =
          "Share of the possible connections that is missing afterwards, 0.9 or 90%%: of each"
              + " pruned layer, or of all together. Those with the smallest weights go.")
  @Nullable String sparsity;

  @Option(
      names = "--density",
      paramLabel = "D",
      description = "The same, said the other way round: the share that is there.")
  @Nullable String density;

  @Option(
      names = "--keep",
      paramLabel = "P",
      description = "Instead: the share of its connections that each layer keeps, as in 80%%.")
  @Nullable String keep;

  @Option(
      names = "--threshold-sigma",
      paramLabel = "Q",
      description =
          "Instead: weights below Q standard deviations of those of their layer go (Han et al."
              + " 2015).")
  @Nullable Double sigma;

  @Option(
      names = "--scope",
      paramLabel = "WHERE",
      description =
          "With --sparsity or --density: layer gives each layer the same density, global has one"
              + " bound for the weights of all (default: layer).")
  @Nullable Scope scope;

  @Option(names = "--skip-output", description = "Leave the connections of the output layer.")
  boolean skipOutput;

  @Option(
      names = "--neurons",
      paramLabel = "P",
      description =
          "Importance pruning: the hidden neurons at or below this percentile of their layer, by"
              + " the sum of their absolute incoming weights, are taken out (20%% in the paper).")
  @Nullable String neurons;

  @Option(
      names = "--compact",
      description =
          "Take out hidden neurons without inputs or outputs; what the former always say becomes"
              + " part of the next biases, so predictions stay. --neurons does that, too.")
  boolean compact;

  /** Which connections go, or null if none are asked for. */
  @Nullable MagnitudePruning connections() {
    PruningBudget budget = budget();
    if (budget == null) {
      if (skipOutput) {
        throw new UsageException("--skip-output belongs to --sparsity, --keep or the like");
      }
      return null;
    }
    return new MagnitudePruning(budget, !skipOutput);
  }

  private @Nullable PruningBudget budget() {
    long given = Stream.of(sparsity, density, keep, sigma).filter(Objects::nonNull).count();
    if (given > 1) {
      throw new UsageException(
          "--sparsity, --density, --keep and --threshold-sigma each say how much goes: give one of"
              + " them");
    }
    Double missing = Share.of("--sparsity", sparsity, Range.FRACTION);
    Double there = Share.of("--density", density, Range.FRACTION);
    if (missing != null) {
      there = 1 - missing;
    }
    if (scope != null && there == null) {
      throw new UsageException("--scope belongs to --sparsity or --density: add one of them");
    }
    if (there != null) {
      return scope == Scope.GLOBAL
          ? new PruningBudget.GlobalDensity(there)
          : new PruningBudget.LayerDensity(there);
    }
    Double share = Share.of("--keep", keep, Range.FRACTION);
    if (share != null) {
      return new PruningBudget.Survivors(share, share);
    }
    Limit.NOT_NEGATIVE.check("--threshold-sigma", sigma);
    return sigma == null ? null : new PruningBudget.Deviations(sigma);
  }

  /** Which neurons go, or null if none are asked for. */
  @Nullable NeuronPruning neurons() {
    Double share = Share.of("--neurons", neurons, Range.INSIDE);
    return share == null ? null : new NeuronPruning(share);
  }
}
