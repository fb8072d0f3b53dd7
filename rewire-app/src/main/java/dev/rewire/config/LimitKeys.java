package dev.rewire.config;

import dev.rewire.train.Plateau;
import dev.rewire.train.TrainingPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What keeps learning within bounds: limits, uncertain labels, a rate that gives way. */
final class LimitKeys {
  private static final String PLATEAU = "training.plateau";

  static final List<Key<?>> ALL =
      List.of(
          Key.at(
                  "training.clip_value",
                  Types.number(Range.NOT_NEGATIVE),
                  "recipe.plan.limits.gradientValue")
              .option("--clip-value", "V")
              .means("Largest absolute value of each number of the gradient; 0 for no limit."),
          Key.at(
                  "training.clip_norm",
                  Types.number(Range.NOT_NEGATIVE),
                  "recipe.plan.limits.gradientNorm")
              .option("--clip-norm", "N")
              .means(
                  "Largest norm of the gradient of the whole network, a longer one is scaled down as"
                      + " a whole; 0 for no limit. Takes 4 more bytes a connection. 1 is usual."),
          Key.at(
                  "training.max_norm",
                  Types.number(Range.NOT_NEGATIVE),
                  "recipe.plan.limits.weightNorm")
              .option("--max-norm", "N")
              .means(
                  "Largest norm of the weights that come into a neuron, kept after each step; 0 for"
                      + " no limit. 3 or 4 are usual beside dropout."),
          new Key<>(
                  "training.label_smoothing",
                  Types.number(Range.BELOW_1),
                  settings -> settings.recipe().plan().labelSmoothing(),
                  (settings, share, all) -> {
                    if (share > 0) {
                      settings.recipe().loss().requireSmoothing();
                    }
                    return with(settings, plan(settings).withLabelSmoothing(share));
                  })
              .option("--label-smoothing", "S")
              .means(
                  "Share of each label that is spread over all classes while training, with a"
                      + " cross-entropy. The loss of training contains it, that of the test does"
                      + " not. 0.1 is usual."),
          new Key<>(
                  PLATEAU,
                  Types.whole(Range.NOT_NEGATIVE),
                  settings -> {
                    Plateau plateau = plan(settings).plateau();
                    return plateau == null ? 0 : plateau.patience();
                  },
                  (settings, patience, all) -> with(settings, patience(settings, patience)))
              .option("--plateau", "N")
              .means(
                  "Epochs without a lower loss of the test after which the learning rate is"
                      + " multiplied by plateau_factor; 0 for never."),
          plateau("plateau_factor", Types.number(Range.INSIDE), "factor")
              .option("--plateau-factor", "F")
              .otherwise("0.1, if there is a plateau")
              .means("What the learning rate is multiplied with on a plateau."),
          plateau("plateau_threshold", Types.number(Range.BELOW_1), "threshold")
              .otherwise("1e-4, if there is a plateau")
              .means("Share by which a loss must be lower than the best so far to end a plateau."));

  private LimitKeys() {}

  private static TrainingPlan plan(RunSettings settings) {
    return settings.recipe().plan();
  }

  private static RunSettings with(RunSettings settings, TrainingPlan plan) {
    return settings.withRecipe(settings.recipe().withPlan(plan));
  }

  private static TrainingPlan patience(RunSettings settings, int patience) {
    Plateau before = plan(settings).plateau();
    Plateau after =
        before == null && patience > 0
            ? new Plateau(patience, Plateau.USUAL_FACTOR, Plateau.USUAL_THRESHOLD)
            : patience == 0 || before == null
                ? null
                : new Plateau(patience, before.factor(), before.threshold());
    return plan(settings).withPlateau(after);
  }

  private static Key<Double> plateau(String name, KeyType<Double> type, String component) {
    return new Key<>(
        "training." + name,
        type,
        settings -> {
          @Nullable Plateau plateau = plan(settings).plateau();
          return plateau == null ? null : Component.<Double>read(plateau, component);
        },
        (settings, value, all) -> {
          Plateau plateau = plan(settings).plateau();
          if (plateau == null) {
            throw new IllegalArgumentException("means something only with " + PLATEAU);
          }
          return with(
              settings,
              plan(settings).withPlateau((Plateau) Component.with(plateau, component, value)));
        });
  }
}
