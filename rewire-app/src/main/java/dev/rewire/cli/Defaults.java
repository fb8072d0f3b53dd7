package dev.rewire.cli;

import dev.rewire.data.Split;
import dev.rewire.data.catalogue.Catalogue;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Activation;
import dev.rewire.optimizer.Sgd;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.stream.Collectors;

/** What help texts say about defaults, read from the default preset so that they cannot lie. */
final class Defaults extends ListResourceBundle {
  @Override
  protected Object[][] getContents() {
    Recipe recipe = Preset.DEFAULT.recipe();
    Sgd.Settings sgd = ((Sgd) recipe.plan().optimizer()).settings();
    return new Object[][] {
      {"d.hidden", join(recipe.hidden())},
      {"d.epsilon", epsilon(recipe.density())},
      {"d.activation", recipe.activation().id()},
      {"d.scaling", Descriptions.word(recipe.scaling())},
      {"d.dropout", number(recipe.dropout().rate())},
      {"d.zeta", zeta(recipe)},
      {"d.lr", number(sgd.rate())},
      {"d.momentum", number(sgd.momentum())},
      {"d.decay", number(sgd.decay().strength())},
      {"d.l1", number(sgd.l1())},
      {"d.batch", String.valueOf(recipe.plan().batch())},
      {"d.epochs", String.valueOf(recipe.plan().epochs())},
      {"d.seed", String.valueOf(recipe.plan().seed())},
      {"d.test", number(Split.TEST_FRACTION)},
      {"activations", join(Activation.ALL.stream().map(Activation::id).toList())},
      {"datasets", Catalogue.standard().names()},
      {
        "presets",
        Arrays.stream(Preset.values())
            .map(preset -> "  " + preset.id() + ": " + preset.summary())
            .collect(Collectors.joining("\n"))
      },
    };
  }

  private static String join(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String epsilon(DensityAllocation density) {
    return density instanceof DensityAllocation.Epsilon(double epsilon)
        ? number(epsilon)
        : density.toString();
  }

  private static String zeta(Recipe recipe) {
    return recipe.plan().evolution() != null
            && recipe.plan().evolution().when() instanceof UpdateSchedule.EveryEpoch(double zeta)
        ? number(zeta)
        : "0";
  }

  private static String number(double value) {
    return String.valueOf(value).replaceFirst("\\.0$", "");
  }
}
