package dev.rewire.config;

import java.util.List;

/** How neurons go. */
final class PruningKeys {
  private static final String PLACE = "recipe.plan.neuronRemoval.";

  static final List<Key<?>> ALL =
      List.of(
          Key.at("pruning.neurons", Types.number(Range.BELOW_1), PLACE + "percentile")
              .option("--prune-neurons", "P")
              .otherwise("0, all neurons stay")
              .means(
                  "Share of the hidden neurons of each layer that are really taken out each time:"
                      + " those into which the smallest sums of absolute weights come. The published"
                      + " codes have 0.2 and 0.1. Training goes on with the smaller network, and"
                      + " connections that went do not grow elsewhere."),
          Key.at("pruning.after", Types.whole(Range.AT_LEAST_1), PLACE + "after")
              .option("--prune-after", "N")
              .means("Epochs after which neurons go for the first time."),
          Key.at("pruning.every", Types.whole(Range.AT_LEAST_1), PLACE + "every")
              .option("--prune-every", "N")
              .means("Epochs from one removal of neurons to the next."),
          Key.at("pruning.compact", Types.FLAG, "compact")
              .option("--compact", "")
              .means(
                  "Take hidden neurons without inputs or without outputs out of the model that is"
                      + " written at the end; it predicts the same."));

  private PruningKeys() {}
}
