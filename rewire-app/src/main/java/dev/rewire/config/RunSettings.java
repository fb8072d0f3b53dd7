package dev.rewire.config;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.train.Preset;
import dev.rewire.train.Recipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides the result of a run: with it a run can be done again.
 *
 * @param preset the settings it began with
 * @param recipe network and training, with all changes applied
 * @param request which data, and how to read them
 * @param dataDir folder of named data sets, or null for the usual places
 */
public record RunSettings(
    Preset preset, Recipe recipe, DatasetRequest request, @Nullable Path dataDir) {
  /**
   * The settings of a preset.
   *
   * @param preset where to begin
   * @param request which data
   * @param dataDir folder of named data sets, or null for the usual places
   * @return settings without any change
   */
  public static RunSettings of(Preset preset, DatasetRequest request, @Nullable Path dataDir) {
    return new RunSettings(preset, preset.recipe(), request, dataDir);
  }

  /**
   * Sets the recipe.
   *
   * @param changed network and training
   * @return a copy
   */
  public RunSettings withRecipe(Recipe changed) {
    return new RunSettings(preset, changed, request, dataDir);
  }

  /**
   * Sets which data, and how to read them.
   *
   * @param changed the request
   * @return a copy
   */
  public RunSettings withRequest(DatasetRequest changed) {
    return new RunSettings(preset, recipe, changed, dataDir);
  }
}
