package dev.rewire.sweep;

import java.util.List;

/** Tables in Markdown. */
public final class Markdown {
  private Markdown() {}

  /**
   * Writes a table.
   *
   * @param text to add it to
   * @param rows the first one headings
   * @param numbers whether all columns but the first are numbers, to be set to the right
   */
  public static void table(StringBuilder text, List<List<String>> rows, boolean numbers) {
    for (int r = 0; r < rows.size(); r++) {
      text.append("| ")
          .append(String.join(" | ", rows.get(r).stream().map(c -> c.replace("|", "\\|")).toList()))
          .append(" |\n");
      if (r == 0) {
        text.append("|---")
            .append((numbers ? "|---:" : "|---").repeat(rows.getFirst().size() - 1))
            .append("|\n");
      }
    }
  }
}
