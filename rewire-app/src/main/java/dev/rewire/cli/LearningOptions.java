package dev.rewire.cli;

import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import dev.rewire.train.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How weights learn. */
final class LearningOptions {
  enum OptimizerName {
    sgd
  }

  static final class PresetNames extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    PresetNames() {
      super(Arrays.stream(Preset.values()).map(Preset::id).toList());
    }
  }

  static final class PresetOfName implements ITypeConverter<Preset> {
    @Override
    public Preset convert(String name) {
      return Arrays.stream(Preset.values())
          .filter(preset -> preset.id().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst()
          .orElseThrow(() ->
              new TypeConversionException(
                  "there is no preset '%s', there are %s"
                      .formatted(name, String.join(", ", new PresetNames()))));
    }
  }

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = PresetOfName.class,
      completionCandidates = PresetNames.class,
      description = {"Settings to start from; other options change them:", "${bundle:presets}"})
  Preset preset = Preset.DEFAULT;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training samples (default: ${bundle:d.epochs}).")
  @Nullable Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples of one training step (default: ${bundle:d.batch}).")
  @Nullable Integer batch;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "How gradients change weights: ${COMPLETION-CANDIDATES}, the default.")
  @Nullable OptimizerName optimizer;

  @Option(
      names = "--lr",
      paramLabel = "R",
      description = "Learning rate, the length of a step (default: ${bundle:d.lr}).")
  @Nullable Double rate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description =
          "How much of its direction a weight keeps from step to step, 0 to below 1 (default:"
              + " ${bundle:d.momentum}).")
  @Nullable Double momentum;

  @Option(
      names = "--nesterov",
      negatable = true,
      description = "Look ahead along the momentum (default: no).")
  @Nullable Boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description = "How strongly weights are pulled towards 0 (default: ${bundle:d.decay}).")
  @Nullable Double weightDecay;

  @Option(
      names = "--l1",
      paramLabel = "L",
      description = "Penalty on absolute values of weights (default: ${bundle:d.l1}).")
  @Nullable Double l1;

  Recipe apply(Recipe recipe) {
    Limit.NOT_NEGATIVE.check("--epochs", epochs);
    Limit.AT_LEAST_1.check("--batch", batch);
    Limit.NOT_NEGATIVE.check("--lr", rate);
    Limit.BELOW_1.check("--momentum", momentum);
    Limit.NOT_NEGATIVE.check("--weight-decay", weightDecay);
    Limit.NOT_NEGATIVE.check("--l1", l1);
    TrainingPlan plan = recipe.plan();
    Sgd.Settings before = ((Sgd) plan.optimizer()).settings();
    WeightDecay decay = before.decay();
    double momentumOrBefore = momentum == null ? before.momentum() : momentum;
    boolean nesterovOrBefore = nesterov == null ? before.nesterov() : nesterov;
    if (nesterovOrBefore && momentumOrBefore == 0) {
      throw new UsageException("--nesterov looks ahead along a momentum: give one above 0");
    }
    Sgd.Settings sgd =
        new Sgd.Settings(
            rate == null ? before.rate() : rate,
            momentumOrBefore,
            before.dampening(),
            nesterovOrBefore,
            weightDecay == null
                ? decay
                : new WeightDecay(decay.kind(), weightDecay, decay.biases()),
            l1 == null ? before.l1() : l1);
    if (!sgd.equals(before)) {
      plan = plan.withOptimizer(new Sgd(sgd));
    }
    plan = batch == null ? plan : plan.withBatch(batch);
    return recipe.withPlan(epochs == null ? plan : plan.withEpochs(epochs));
  }
}
