package dev.rewire.evolution;

import dev.rewire.choice.PerLayer;
import dev.rewire.schedule.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Layers that evolve in another way than the rest of the network. A layer whose rule is named takes
 * part, be it the output layer or not.
 *
 * @param zeta layers of which another fraction goes each time, 0 to 1
 * @param rule layers with a published rule of their own, or without any
 */
public record LayerChoices(PerLayer<Schedule> zeta, PerLayer<LayerRule> rule) {
  /** All layers alike. */
  public static final LayerChoices NONE = new LayerChoices(PerLayer.none(), PerLayer.none());

  /** Checks the fractions. */
  public LayerChoices {
    zeta.entries().forEach(entry -> entry.value().requireWithin("zeta", 0, 1));
  }

  /**
   * Returns how each layer evolves. Layers of the same rule have equal evolutions, whatever
   * fraction goes of each.
   *
   * @param usual the rule of layers that nothing is said about, or null if they stay as they are
   * @param layers of the network
   * @return one entry a layer; null where nothing moves
   * @throws IllegalArgumentException if a layer is named that does not exist
   */
  public List<@Nullable Evolution> evolutions(@Nullable Evolution usual, int layers) {
    if (zeta.isEmpty() && rule.isEmpty()) {
      return Collections.nCopies(layers, usual);
    }
    zeta.requireLayers(layers);
    rule.requireLayers(layers);
    List<@Nullable Evolution> evolutions = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Evolution evolution = of(usual, layer, layers);
      evolutions.add(evolution == null ? null : withFractions(evolution, layers));
    }
    return evolutions;
  }

  private @Nullable Evolution of(@Nullable Evolution usual, int layer, int layers) {
    LayerRule named = rule.of(layer, layers);
    if (named == null) {
      boolean output = layer == layers - 1;
      return usual == null || (output && !usual.evolveOutput()) ? null : usual;
    }
    return named.published() == null ? null : evolution(named.published(), usual);
  }

  /** The rule of the other layers keeps its details where it is named. */
  private static Evolution evolution(PublishedRule named, @Nullable Evolution usual) {
    return usual != null && PublishedRule.nearest(usual) == named ? usual : named.evolution();
  }

  /** Who takes part is decided already. */
  private Evolution withFractions(Evolution evolution, int layers) {
    List<UpdateSchedule> each = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      Schedule own = zeta.of(layer, layers);
      each.add(own == null ? evolution.when() : evolution.when().withZeta(own));
    }
    return new Evolution(
        evolution.drop(),
        evolution.grow(),
        zeta.isEmpty() ? evolution.when() : new UpdateSchedule.ByLayer(each),
        evolution.target(),
        evolution.mayReturn(),
        evolution.newbornWeight(),
        evolution.newbornState(),
        evolution.last(),
        evolution.timing(),
        true,
        evolution.maxDensity(),
        evolution.distribution());
  }

  /**
   * Says whether any layer evolves.
   *
   * @param usual the rule of layers that nothing is said about, or null
   * @return false if all connections stay where they are
   */
  public boolean evolve(@Nullable Evolution usual) {
    return usual != null
        || rule.entries().stream().anyMatch(entry -> entry.value().published() != null);
  }

  /**
   * Says whether a longer training would have been another one from its beginning on.
   *
   * @param usual the rule of layers that nothing is said about, or null
   * @return true if the number of epochs decides when, or how many
   */
  public boolean followsRunLength(@Nullable Evolution usual) {
    return (usual != null && usual.followsRunLength())
        || zeta.entries().stream().anyMatch(entry -> entry.value().followsRunLength())
        || rule.entries().stream()
            .map(entry -> entry.value().published())
            .anyMatch(named -> named != null && named.evolution().followsRunLength());
  }
}
