package dev.rewire.evolution;

import org.jspecify.annotations.Nullable;

/**
 * The rule of a layer by its name.
 *
 * @param published the rule, or null for connections that stay where they are
 */
public record LayerRule(@Nullable PublishedRule published) {
  /** Connections stay where they are. */
  public static final LayerRule STATIC = new LayerRule(null);

  @Override
  public String toString() {
    return published == null ? "static" : published.id();
  }
}
