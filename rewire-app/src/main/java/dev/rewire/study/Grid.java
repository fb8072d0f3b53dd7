package dev.rewire.study;

import java.util.List;

/**
 * Arms that differ in two ways, so that they fit into a table.
 *
 * @param rows names of the rows
 * @param columns names of the columns
 * @param arms names of the arms, row by row
 * @param epoch at which they are read
 * @param measure which number the table shows
 */
public record Grid(
    List<String> rows, List<String> columns, List<List<String>> arms, int epoch, Measure measure) {
  /** Checks the shape. */
  public Grid {
    if (arms.size() != rows.size() || arms.stream().anyMatch(row -> row.size() != columns.size())) {
      throw new IllegalArgumentException(
          "a grid of %d rows and %d columns has other arms".formatted(rows.size(), columns.size()));
    }
  }
}
