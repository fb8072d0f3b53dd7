package dev.rewire.topology;

import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;

/**
 * Turns a list of cells into sorted rows: one pass, cut by connections, so that parts that begin in
 * the middle of a row are no exception.
 */
record RowsOfCells(int inputs, int outputs, CellList cells, Ints rowStart, Ints column) {
  /** Writes the row starts and columns. */
  void write(WorkerTeam team) {
    long size = cells.size();
    int parts = Math.clamp(size / SortedDraws.PART, 1, SortedDraws.MOST_PARTS);
    team.run(
        parts,
        (part, worker) ->
            write(SortedDraws.cut(size, part, parts), SortedDraws.cut(size, part + 1, parts)));
    long written = size == 0 ? 0 : cells.get(size - 1) / inputs;
    for (long row = written + 1; row <= outputs; row++) {
      rowStart.set(row, (int) size);
    }
  }

  /** Writes a range of connections, and the starts of the rows that begin there. */
  private void write(long from, long to) {
    if (from == to) {
      return;
    }
    long row = from == 0 ? 0 : cells.get(from - 1) / inputs;
    long rowEnd = (row + 1) * inputs;
    for (long e = from; e < to; e++) {
      long cell = cells.get(e);
      while (cell >= rowEnd) {
        row++;
        rowEnd += inputs;
        rowStart.set(row, (int) e);
      }
      column.set(e, (int) (cell - rowEnd + inputs));
    }
  }
}
