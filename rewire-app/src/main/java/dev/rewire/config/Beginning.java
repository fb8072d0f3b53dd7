package dev.rewire.config;

import dev.rewire.saliency.Start;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the network of a run comes from.
 *
 * @param topology model or run with whose connections it begins, or null to choose them
 * @param model model or run whose network is trained on, or null for a new one
 * @param start what decides which connections a new network begins with
 * @param startCells the largest network of which the start looks at all cells, or null for its own
 *     limit
 * @param keepStep whether training goes on at the moment at which the model was saved
 */
public record Beginning(
    @Nullable Path topology,
    @Nullable Path model,
    Start start,
    @Nullable Long startCells,
    boolean keepStep) {
  /** A new network with random connections. */
  public static final Beginning NEW = new Beginning(null, null, Start.RANDOM, null, false);

  /**
   * Trains another network on.
   *
   * @param changed model or run
   * @param keepStep whether training goes on at the moment at which it was saved
   * @return otherwise the same
   */
  public Beginning withModel(Path changed, boolean keepStep) {
    return new Beginning(topology, changed, start, startCells, keepStep);
  }
}
