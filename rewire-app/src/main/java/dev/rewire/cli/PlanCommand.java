package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.config.RunSettings;
import dev.rewire.plan.Proposal;
import dev.rewire.train.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a training run would need. */
@Command(
    name = "plan",
    header = "Says how much memory and time a training run would need, before it begins.",
    description = {
      "",
      "Takes the options of 'rewire train': put plan in place of train. Nothing is trained and"
          + " nothing is written. Connections and bytes are computed; seconds are an estimate from"
          + " a measurement of a few seconds on this machine. A network that does not fit is"
          + " refused, with the sizes that would fit.",
      "",
      "Examples:",
      "  rewire plan mnist --hidden 3000,3000,3000 --epsilon 20",
      "  rewire plan my.csv --label class --batch 32 --json",
      "  rewire plan --shape 54675-500000-500000-18 --samples 1400 --batch 5 --epsilon 10",
      "                                             without any data: inputs, hidden, classes",
      "  rewire plan --shape 784-50000000-10 --samples 60000 --memory lean",
      "  rewire plan --from pruned.safetensors --samples 60000    the network of a file",
      "",
    },
    synopsisHeading = "Usage: ",
    customSynopsis = "rewire plan [DATASET] [OPTIONS]",
    parameterListHeading = "What to learn:%n",
    optionListHeading = "%n",
    sortOptions = false)
final class PlanCommand implements Callable<Integer> {
  private static final int DEFAULT_SAMPLES = 1000;

  private final Console console;

  @Mixin HelpOption help = new HelpOption();

  @Option(
      names = "--shape",
      paramLabel = "N-N-..-N",
      description =
          "Plan without data: inputs, hidden layers and classes, joined by hyphens, instead of"
              + " DATASET; --hidden replaces what is between them.")
  @Nullable String shape;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "With --shape, or with --from and no DATASET: training samples (default: 1000); none are"
              + " set aside to test.")
  @Nullable Integer samples;

  @Mixin TrainOptions options = new TrainOptions();

  PlanCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Configuration configuration = options.configuration();
    PlanReport report = new PlanReport(console, options.run);
    boolean noData = !configuration.has("data.dataset");
    if (shape == null) {
      RunSettings settings = options.settings(configuration);
      Path model = settings.beginning().model();
      if (model != null && noData) {
        Limit.AT_LEAST_1.check("--samples", samples);
        return report.of(model, settings.recipe(), samples == null ? DEFAULT_SAMPLES : samples);
      }
      if (samples != null) {
        throw new UsageException(
            "--samples belongs to --shape, or to --from without data: a data set has its own"
                + " number");
      }
      return report.of(options, configuration);
    }
    if (!noData) {
      throw new UsageException("--shape is there to plan without data: leave out DATASET");
    }
    Limit.AT_LEAST_1.check("--samples", samples);
    Recipe recipe = options.settings(configuration).recipe();
    List<Integer> widths = widths(shape);
    return report.of(
        "",
        new Proposal(
            configuration.has("network.hidden")
                ? recipe
                : recipe.withHidden(widths.subList(1, widths.size() - 1)),
            widths.getFirst(),
            widths.getLast(),
            samples == null ? DEFAULT_SAMPLES : samples,
            0,
            0));
  }

  private static List<Integer> widths(String shape) {
    List<Integer> widths = new ArrayList<>();
    for (String width : shape.split("-", -1)) {
      try {
        widths.add(Integer.parseInt(width.strip()));
      } catch (NumberFormatException bad) {
        widths.add(0);
      }
    }
    if (widths.size() < 2 || widths.contains(0)) {
      throw new UsageException(
          "--shape must be two or more whole numbers from 1 to %,d joined by hyphens, not '%s'"
              .formatted(Integer.MAX_VALUE, shape));
    }
    return widths;
  }
}
