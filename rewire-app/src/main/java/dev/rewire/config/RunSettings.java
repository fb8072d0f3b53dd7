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
 * @param stopping when training ends before its last epoch
 * @param request which data, and how to read them
 * @param dataDir folder of named data sets, or null for the usual places
 * @param beginning where the network comes from
 * @param compact whether neurons without inputs or without outputs are taken out of the model at
 *     the end
 */
public record RunSettings(
    Preset preset,
    Recipe recipe,
    Stopping stopping,
    DatasetRequest request,
    @Nullable Path dataDir,
    Beginning beginning,
    boolean compact) {
  /**
   * The settings of a preset.
   *
   * @param preset where to begin
   * @param request which data
   * @param dataDir folder of named data sets, or null for the usual places
   * @return settings without any change
   */
  public static RunSettings of(Preset preset, DatasetRequest request, @Nullable Path dataDir) {
    return new RunSettings(
        preset, preset.recipe(), Stopping.NEVER, request, dataDir, Beginning.NEW, false);
  }

  /**
   * Sets the recipe.
   *
   * @param changed network and training
   * @return a copy
   */
  public RunSettings withRecipe(Recipe changed) {
    return new RunSettings(preset, changed, stopping, request, dataDir, beginning, compact);
  }

  /**
   * Sets which data, and how to read them.
   *
   * @param changed the request
   * @return a copy
   */
  public RunSettings withRequest(DatasetRequest changed) {
    return new RunSettings(preset, recipe, stopping, changed, dataDir, beginning, compact);
  }

  /**
   * Sets when training ends early.
   *
   * @param changed when
   * @return a copy
   */
  public RunSettings withStopping(Stopping changed) {
    return new RunSettings(preset, recipe, changed, request, dataDir, beginning, compact);
  }

  /**
   * Sets where the network comes from.
   *
   * @param changed drawn, or that of another run
   * @return a copy
   */
  public RunSettings withBeginning(Beginning changed) {
    return new RunSettings(preset, recipe, stopping, request, dataDir, changed, compact);
  }

  /**
   * Sets the number of threads, on which no result depends.
   *
   * @param threads 1 or more, or null to leave it as it is
   * @return a copy
   */
  public RunSettings onThreads(@Nullable Integer threads) {
    return threads == null ? this : withRecipe(recipe.withPlan(recipe.plan().withThreads(threads)));
  }
}
