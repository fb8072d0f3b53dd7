package dev.rewire.cli;

import dev.rewire.config.Configuration;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.TargetScale;
import dev.rewire.layer.Activation;
import dev.rewire.loss.Loss;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.network.Outputs;
import dev.rewire.train.Recipe;
import dev.rewire.train.ScalingKind;

/**
 * Settles what only the data can decide, unless somebody has.
 *
 * <p>How features are scaled: where a preset brings all features to 1 by one number, sparse data
 * have a number for each, because counts of rare words would else vanish beside those of frequent
 * ones. And what is minimised: a preset is made for classes; other targets have a loss of their
 * own, with outputs that nothing is done to.
 *
 * @param scaling whether somebody chose the scaling, so that it stays
 * @param loss whether somebody chose the loss
 * @param outputActivation whether somebody chose the activation of the outputs
 */
record FittedRecipe(boolean scaling, boolean loss, boolean outputActivation) {
  static FittedRecipe of(Configuration configuration) {
    return new FittedRecipe(
        configuration.choosesScaling(),
        configuration.choosesLoss(),
        configuration.choosesOutputActivation());
  }

  Recipe fit(Recipe recipe, LoadedDataset training) {
    return withLoss(withScaling(recipe, training), training);
  }

  private Recipe withScaling(Recipe recipe, LoadedDataset training) {
    if (!(training instanceof SparseInMemoryDataset)) {
      return recipe;
    }
    if (!scaling && recipe.scaling() == ScalingKind.UNIT) {
      return recipe.withScaling(ScalingKind.MAX_ABS);
    }
    if (!recipe.scaling().keepsZeros()) {
      throw new UsageException(
          "%s is sparse, and the scaling %s%s would fill in its zeros: use --scaling max-abs"
              .formatted(
                  training.name(),
                  Descriptions.word(recipe.scaling()),
                  scaling ? "" : " of the preset"));
    }
    return recipe;
  }

  private Recipe withLoss(Recipe recipe, LoadedDataset training) {
    Head head = training.head();
    if (head == Head.CLASSES) {
      return recipe;
    }
    Loss fitted = loss ? recipe.loss() : NetworkBuilder.lossFor(head);
    Activation output = outputActivation ? recipe.outputActivation() : new Activation.Identity();
    try {
      new Outputs(head, training.classNames(), TargetScale.fit(training.targets())).check(fitted);
    } catch (IllegalArgumentException unfit) {
      throw new UsageException("%s (--head %s)".formatted(unfit.getMessage(), head.id()));
    }
    return recipe.withLoss(fitted, output);
  }
}
