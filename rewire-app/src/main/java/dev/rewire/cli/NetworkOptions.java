package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Recipe;
import dev.rewire.train.ScalingKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The network to draw. */
final class NetworkOptions {
  enum Allocation {
    erk,
    uniform
  }

  static final class ActivationNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ActivationNames() {
      super(Activation.ALL.stream().map(Activation::id).toList());
    }
  }

  @Option(
      names = "--hidden",
      paramLabel = "N,N,..",
      description = "Neurons of each hidden layer, or none (default: ${bundle:d.hidden}).")
  @Nullable String hidden;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "How many connections: a layer has E x (inputs + outputs) of them, drawn at random; the"
              + " output layer has all (default: ${bundle:d.epsilon}).")
  @Nullable Double epsilon;

  @Option(
      names = "--density",
      paramLabel = "D",
      description =
          "Instead of --epsilon: the share of possible connections that exist, over the whole"
              + " network, above 0 to 1.")
  @Nullable Double density;

  @Option(
      names = "--sparsity",
      paramLabel = "S",
      description = "The same, said the other way round: the share that is missing, 1 - density.")
  @Nullable Double sparsity;

  @Option(
      names = "--allocation",
      paramLabel = "HOW",
      description =
          "How --density is shared out: erk gives small layers a higher density (default), uniform"
              + " gives all the same and keeps the output layer complete.")
  @Nullable Allocation allocation;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      completionCandidates = ActivationNames.class,
      description =
          "Of hidden neurons: ${COMPLETION-CANDIDATES} (default: ${bundle:d.activation}).")
  @Nullable String activation;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      description =
          "Probability of a hidden neuron to be switched off in a training step (default:"
              + " ${bundle:d.dropout}).")
  @Nullable Double dropout;

  @Option(
      names = "--scaling",
      paramLabel = "HOW",
      converter = ScalingConverter.class,
      completionCandidates = ScalingNames.class,
      description =
          "Of raw features: ${COMPLETION-CANDIDATES} (default: ${bundle:d.scaling}, of sparse data"
              + " max-abs). Only none, unit, max-abs, log1p"
              + " and log1p-max-abs leave zeros 0, as sparse data need it.")
  @Nullable ScalingKind scaling;

  static final class ScalingNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    ScalingNames() {
      super(Arrays.stream(ScalingKind.values()).map(Descriptions::word).toList());
    }
  }

  static final class ScalingConverter implements ITypeConverter<ScalingKind> {
    @Override
    public ScalingKind convert(String name) {
      return Arrays.stream(ScalingKind.values())
          .filter(kind -> Descriptions.word(kind).equals(name))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "must be one of " + String.join(", ", new ScalingNames()) + ", not " + name));
    }
  }

  /**
   * Settles how features are scaled, once the data are known. Where a preset brings all features to
   * 1 by one number, sparse data have a number for each: counts of rare words would else vanish
   * beside those of frequent ones.
   */
  Recipe fit(Recipe recipe, LoadedDataset training) {
    if (!(training instanceof SparseInMemoryDataset)) {
      return recipe;
    }
    if (scaling == null && recipe.scaling() == ScalingKind.UNIT) {
      return recipe.withScaling(ScalingKind.MAX_ABS);
    }
    if (!recipe.scaling().keepsZeros()) {
      throw new UsageException(
          "%s is sparse, and the scaling %s%s would fill in its zeros: use --scaling max-abs"
              .formatted(
                  training.name(),
                  Descriptions.word(recipe.scaling()),
                  scaling == null ? " of the preset" : ""));
    }
    return recipe;
  }

  Recipe apply(Recipe recipe) {
    Limit.POSITIVE.check("--epsilon", epsilon);
    Limit.DENSITY.check("--density", density);
    Limit.BELOW_1.check("--sparsity", sparsity);
    Limit.BELOW_1.check("--dropout", dropout);
    Recipe applied = recipe;
    if (hidden != null) {
      applied = applied.withHidden(widths(hidden));
    }
    if (Stream.of(epsilon, density, sparsity).filter(given -> given != null).count() > 1) {
      throw new UsageException(
          "--epsilon, --density and --sparsity are three ways to say the same: give one of them");
    }
    if (allocation != null && density == null && sparsity == null) {
      throw new UsageException("--allocation shares out a density: add --density or --sparsity");
    }
    if (epsilon != null) {
      applied = applied.withDensity(new DensityAllocation.Epsilon(epsilon));
    } else if (density != null) {
      applied = share(applied, density);
    } else if (sparsity != null) {
      applied = share(applied, 1 - sparsity);
    }
    if (scaling != null) {
      applied = applied.withScaling(scaling);
    }
    if (activation != null) {
      applied = applied.withActivation(activation(activation));
    }
    return dropout == null ? applied : applied.withDropout(Dropout.of(dropout));
  }

  /** An overall density counts the output layer, so there it must be free to be sparse. */
  private Recipe share(Recipe recipe, double wanted) {
    if (allocation == Allocation.uniform) {
      return recipe.withDensity(new DensityAllocation.Uniform(wanted));
    }
    return new Recipe(
        recipe.hidden(),
        new DensityAllocation.ErdosRenyiKernel(wanted),
        recipe.sampler(),
        false,
        recipe.activation(),
        recipe.outputActivation(),
        recipe.dropout(),
        recipe.initializer(),
        recipe.outputInitializer(),
        recipe.loss(),
        recipe.scaling(),
        recipe.plan());
  }

  private static Activation activation(String name) {
    try {
      return Activation.of(name.toLowerCase(Locale.ROOT));
    } catch (NumberFormatException bad) {
      throw new UsageException("--activation has no number behind its colon: " + name);
    } catch (IllegalArgumentException bad) {
      throw new UsageException("--activation: " + bad.getMessage());
    }
  }

  private static List<Integer> widths(String text) {
    List<Integer> widths = new ArrayList<>();
    if (text.equals("none")) {
      return widths;
    }
    for (String width : text.split(",", -1)) {
      try {
        widths.add(Integer.parseInt(width.strip()));
      } catch (NumberFormatException bad) {
        throw new UsageException(
            "--hidden must be whole numbers up to %,d separated by commas, not '%s'"
                .formatted(Integer.MAX_VALUE, text));
      }
      Limit.AT_LEAST_1.check("--hidden", widths.getLast());
    }
    return widths;
  }
}
