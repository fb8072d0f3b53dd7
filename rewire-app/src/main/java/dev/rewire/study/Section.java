package dev.rewire.study;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A part of a study.
 *
 * @param id name on the command line
 * @param title heading
 * @param text what it asks, and why
 * @param baseline arm that the others are compared with, from this section or an earlier one
 * @param arms its runs
 * @param published numbers to compare them with
 * @param grid arms that fit into a table, or null
 * @param base settings that are the same in all its runs, by the full name of their key
 */
public record Section(
    String id,
    String title,
    String text,
    String baseline,
    List<Arm> arms,
    List<Published> published,
    @Nullable Grid grid,
    Map<String, String> base) {
  /** Copies the lists. */
  public Section {
    arms = List.copyOf(arms);
    published = List.copyOf(published);
    base = Collections.unmodifiableMap(new TreeMap<>(base));
  }

  /**
   * A section whose runs have no settings in common but those of the study.
   *
   * @param id name on the command line
   * @param title heading
   * @param text what it asks, and why
   * @param baseline arm that the others are compared with
   * @param arms its runs
   * @param published numbers to compare them with
   * @param grid arms that fit into a table, or null
   */
  public Section(
      String id,
      String title,
      String text,
      String baseline,
      List<Arm> arms,
      List<Published> published,
      @Nullable Grid grid) {
    this(id, title, text, baseline, arms, published, grid, Map.of());
  }
}
