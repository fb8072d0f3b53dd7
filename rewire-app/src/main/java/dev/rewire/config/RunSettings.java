package dev.rewire.config;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.saliency.Start;
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
 * @param topologyFrom model or run whose connections the network begins with, or null to draw them
 * @param start what decides which connections the network begins with
 * @param startCells the largest network of which it looks at all cells, or null for its own limit
 */
public record RunSettings(
    Preset preset,
    Recipe recipe,
    Stopping stopping,
    DatasetRequest request,
    @Nullable Path dataDir,
    @Nullable Path topologyFrom,
    Start start,
    @Nullable Long startCells) {
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
        preset, preset.recipe(), Stopping.NEVER, request, dataDir, null, Start.RANDOM, null);
  }

  /**
   * Sets the recipe.
   *
   * @param changed network and training
   * @return a copy
   */
  public RunSettings withRecipe(Recipe changed) {
    return new RunSettings(
        preset, changed, stopping, request, dataDir, topologyFrom, start, startCells);
  }

  /**
   * Sets which data, and how to read them.
   *
   * @param changed the request
   * @return a copy
   */
  public RunSettings withRequest(DatasetRequest changed) {
    return new RunSettings(
        preset, recipe, stopping, changed, dataDir, topologyFrom, start, startCells);
  }

  /**
   * Sets when training ends early.
   *
   * @param changed when
   * @return a copy
   */
  public RunSettings withStopping(Stopping changed) {
    return new RunSettings(
        preset, recipe, changed, request, dataDir, topologyFrom, start, startCells);
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
