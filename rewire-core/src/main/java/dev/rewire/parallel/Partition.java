package dev.rewire.parallel;

import dev.rewire.memory.Ints;

/**
 * Consecutive ranges of rows with about the same work. The boundaries depend on the rows alone,
 * never on the number of threads.
 */
public final class Partition {
  /** More parts than threads, so that a late thread leaves little undone. */
  private static final int MOST_PARTS = 64;

  /** Connections times samples of a part below which starting a thread costs more than it saves. */
  private static final int LEAST_CONNECTIONS = 512;

  private final int[] bounds;

  private Partition(int[] bounds) {
    this.bounds = bounds;
  }

  /**
   * Cuts rows into parts of about as many connections each.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @return 1 to 64 parts; a row is never cut
   */
  public static Partition byConnections(Ints rowStart) {
    int rows = Math.toIntExact(rowStart.length() - 1);
    long work = (long) rowStart.get(rows) + rows;
    int parts = parts(rows, work);
    int[] bounds = new int[parts + 1];
    int row = 0;
    for (int p = 1; p < parts; p++) {
      long target = work * p / parts;
      while (row < rows && (long) rowStart.get(row) + row < target) {
        row++;
      }
      bounds[p] = row;
    }
    bounds[parts] = rows;
    return new Partition(bounds);
  }

  /**
   * Cuts units into equal parts.
   *
   * @param units number of units
   * @param workOfUnit work of one of them, in connections
   * @return 1 to 64 parts
   */
  public static Partition equal(int units, long workOfUnit) {
    int parts = parts(units, units * Math.max(1, workOfUnit));
    int[] bounds = new int[parts + 1];
    for (int p = 0; p <= parts; p++) {
      bounds[p] = (int) ((long) units * p / parts);
    }
    return new Partition(bounds);
  }

  private static int parts(int rows, long work) {
    return Math.clamp(work / LEAST_CONNECTIONS, 1, Math.clamp(rows, 1, MOST_PARTS));
  }

  /**
   * Returns the number of parts.
   *
   * @return 1 or more
   */
  public int parts() {
    return bounds.length - 1;
  }

  /**
   * Returns where a part begins.
   *
   * @param part 0 to {@code parts - 1}
   * @return its first row
   */
  public int from(int part) {
    return bounds[part];
  }

  /**
   * Returns where a part ends.
   *
   * @param part 0 to {@code parts - 1}
   * @return one past its last row
   */
  public int to(int part) {
    return bounds[part + 1];
  }
}
