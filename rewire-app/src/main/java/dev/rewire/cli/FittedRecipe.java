package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.train.Recipe;
import dev.rewire.train.ScalingKind;

/**
 * Settles how features are scaled, once the data are known. Where a preset brings all features to 1
 * by one number, sparse data have a number for each: counts of rare words would else vanish beside
 * those of frequent ones.
 *
 * @param chosen whether somebody chose the scaling, so that it stays
 */
record FittedScaling(boolean chosen) {
  static FittedScaling of(Configuration configuration) {
    return new FittedScaling(configuration.choosesScaling());
  }

  Recipe fit(Recipe recipe, LoadedDataset training) {
    if (!(training instanceof SparseInMemoryDataset)) {
      return recipe;
    }
    if (!chosen && recipe.scaling() == ScalingKind.UNIT) {
      return recipe.withScaling(ScalingKind.MAX_ABS);
    }
    if (!recipe.scaling().keepsZeros()) {
      throw new UsageException(
          "%s is sparse, and the scaling %s%s would fill in its zeros: use --scaling max-abs"
              .formatted(
                  training.name(),
                  Descriptions.word(recipe.scaling()),
                  chosen ? "" : " of the preset"));
    }
    return recipe;
  }
}
