package dev.rewire.plan;

import dev.rewire.layer.MemoryMode;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Recipe;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for the sizes that fit, near those of a run that does not: one setting at a time. */
public final class Alternatives {
  /** Halvings of a range: more than two digits of a result need. */
  private static final int HALVINGS = 60;

  private final Proposal proposal;
  private final Budget budget;

  /**
   * Begins to look.
   *
   * @param proposal what does not fit
   * @param budget what it must fit into
   */
  public Alternatives(Proposal proposal, Budget budget) {
    this.proposal = proposal;
    this.budget = budget;
  }

  /**
   * A change after which a run fits.
   *
   * @param options what to type
   * @param proposal the run with that change
   */
  public record Alternative(String options, Proposal proposal) {}

  /**
   * Finds the largest sizes that fit, rounded down to two digits.
   *
   * @return one entry for each setting that can be changed so that it fits; empty if none can
   */
  public List<Alternative> find() {
    List<Alternative> found = new ArrayList<>();
    add(found, largest(this::narrower));
    add(found, largest(this::sparser));
    add(found, largest(this::fewerSamples));
    Recipe recipe = proposal.recipe();
    if (recipe.plan().memory() == MemoryMode.STANDARD) {
      add(
          found,
          new Alternative(
              "--memory lean",
              proposal.with(recipe.withPlan(recipe.plan().withMemory(MemoryMode.LEAN)))));
    }
    return found;
  }

  private void add(List<Alternative> found, @Nullable Alternative candidate) {
    if (candidate != null && fits(candidate)) {
      found.add(candidate);
    }
  }

  private boolean fits(Alternative candidate) {
    return budget.holds(candidate.proposal().memory());
  }

  /** The largest share of a setting that fits: memory grows with each of them. */
  private @Nullable Alternative largest(DoubleFunction<@Nullable Alternative> change) {
    double low = 0;
    double high = 1;
    Alternative best = null;
    for (int i = 0; i < HALVINGS; i++) {
      double share = (low + high) / 2;
      Alternative candidate = change.apply(share);
      if (candidate != null && fits(candidate)) {
        best = candidate;
        low = share;
      } else {
        high = share;
      }
    }
    return best;
  }

  private @Nullable Alternative narrower(double share) {
    Recipe recipe = proposal.recipe();
    if (recipe.hidden().isEmpty()) {
      return null;
    }
    List<Integer> hidden =
        recipe.hidden().stream().map(width -> Math.max(1, (int) twoDigits(share * width))).toList();
    return new Alternative(
        "--hidden " + hidden.stream().map(String::valueOf).collect(Collectors.joining(",")),
        proposal.with(recipe.withHidden(hidden)));
  }

  private @Nullable Alternative sparser(double share) {
    Recipe recipe = proposal.recipe();
    return switch (recipe.density()) {
      case DensityAllocation.Epsilon(double epsilon) -> {
        double less = twoDigits(share * epsilon);
        yield less == 0
            ? null
            : new Alternative(
                "--epsilon " + number(less),
                proposal.with(recipe.withDensity(new DensityAllocation.Epsilon(less))));
      }
      case DensityAllocation.Uniform(double density) -> {
        double less = twoDigits(share * density);
        yield less == 0
            ? null
            : new Alternative(
                "--density " + number(less) + " --allocation uniform",
                proposal.with(recipe.withDensity(new DensityAllocation.Uniform(less))));
      }
      case DensityAllocation.ErdosRenyiKernel(double density) -> {
        double less = twoDigits(share * density);
        yield less == 0
            ? null
            : new Alternative(
                "--density " + number(less),
                proposal.with(recipe.withDensity(new DensityAllocation.ErdosRenyiKernel(less))));
      }
    };
  }

  private @Nullable Alternative fewerSamples(double share) {
    Recipe recipe = proposal.recipe();
    int batch = (int) twoDigits(share * proposal.batch());
    return batch == 0
        ? null
        : new Alternative(
            "--batch " + batch, proposal.with(recipe.withPlan(recipe.plan().withBatch(batch))));
  }

  /** Rounds down, so that what is printed fits as well as what was tried. */
  static double twoDigits(double value) {
    if (!(value > 1e-9)) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    double rounded = Math.floor(value / power + 1e-9) * power;
    // the nearest number that prints without a tail of nines
    return Double.parseDouble(String.format(Locale.ROOT, "%.2g", rounded));
  }

  private static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
