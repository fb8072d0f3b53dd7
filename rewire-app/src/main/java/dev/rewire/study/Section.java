package dev.rewire.study;

import java.util.List;
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
 * @param grid a table of signs, or null
 */
public record Section(
    String id,
    String title,
    String text,
    String baseline,
    List<Arm> arms,
    List<Published> published,
    @Nullable Grid grid) {
  /** Copies the lists. */
  public Section {
    arms = List.copyOf(arms);
    published = List.copyOf(published);
  }
}
