package dev.rewire.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest word; numbers to the right, a heading with {@code <} left. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] left;

  Table(String... headings) {
    left = new boolean[headings.length];
    String[] first = new String[headings.length];
    for (int c = 0; c < headings.length; c++) {
      left[c] = headings[c].startsWith("<");
      first[c] = left[c] ? headings[c].substring(1) : headings[c];
    }
    rows.add(first);
  }

  /** Takes rows of words, the first one headings; the first column is set to the left. */
  static Table of(List<List<String>> rows) {
    String[] headings = rows.getFirst().toArray(String[]::new);
    headings[0] = "<" + headings[0];
    Table table = new Table(headings);
    rows.subList(1, rows.size()).forEach(row -> table.row(row.toArray(String[]::new)));
    return table;
  }

  void row(String... cells) {
    rows.add(cells);
  }

  void print(PrintWriter out) {
    int[] widths = new int[left.length];
    for (String[] row : rows) {
      for (int c = 0; c < row.length; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.length; c++) {
        String space = " ".repeat(widths[c] - row[c].length());
        line.append(c == 0 ? "" : "  ").append(left[c] ? row[c] + space : space + row[c]);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
