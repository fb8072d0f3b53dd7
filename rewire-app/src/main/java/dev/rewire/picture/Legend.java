package dev.rewire.picture;

import dev.rewire.picture.Chart.Series;
import java.util.ArrayList;
import java.util.List;

/** The names of a chart's series, in as many rows as they need; a single series needs none. */
record Legend(List<List<Series>> rows) {
  /** Height of a row. */
  private static final int ROW = 15;

  /** Length of the line that shows a series. */
  private static final int LINE = 24;

  /** Between line and name, and between two entries. */
  private static final int GAP = 6;

  private static final int BETWEEN = 14;

  static Legend of(List<Series> series, double width) {
    List<List<Series>> rows = new ArrayList<>();
    double room = 0;
    for (Series each : series.size() > 1 ? series : List.<Series>of()) {
      if (rows.isEmpty() || width(each) > room) {
        rows.add(new ArrayList<>());
        room = width + BETWEEN;
      }
      rows.getLast().add(each);
      room -= width(each);
    }
    return new Legend(rows);
  }

  private static double width(Series series) {
    return Lettering.width(series.name()) + GAP + LINE + BETWEEN;
  }

  /** What it needs below its first row. */
  int moreHeight() {
    return ROW * Math.max(0, rows.size() - 1);
  }

  /** Whether it is one row that fits into this width, or nothing. */
  boolean fits(double width) {
    return rows.isEmpty()
        || (rows.size() == 1 && rows.getFirst().stream().mapToDouble(Legend::width).sum() < width);
  }

  /** Draws it with its last name ending at {@code right}, the first row at {@code top}. */
  void draw(Surface to, double right, double top) {
    double y = top;
    for (List<Series> row : rows) {
      double at = right;
      for (Series each : row.reversed()) {
        to.text("mark", "end", at, y, each.name());
        double line = at - Lettering.width(each.name()) - GAP;
        to.line("line " + each.style(), line - LINE, y - 4, line, y - 4);
        at -= width(each);
      }
      y += ROW;
    }
  }
}
