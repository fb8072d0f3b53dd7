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
    return byConnections(rowStart, LEAST_CONNECTIONS);
  }

  /**
   * Cuts rows into parts of about as many connections each.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param least connections and rows of a part at the least, 1 or more
   * @return 1 to 64 parts; a row is never cut
   */
  public static Partition byConnections(Ints rowStart, int least) {
    int rows = Math.toIntExact(rowStart.length() - 1);
    long work = (long) rowStart.get(rows) + rows;
    int parts = parts(rows, work, least);
    int[] bounds = new int[parts + 1];
    for (int p = 1; p < parts; p++) {
      bounds[p] = firstRow(rowStart, bounds[p - 1], rows, work * p / parts);
    }
    bounds[parts] = rows;
    return new Partition(bounds);
  }

  /** Finds the first row before which there is this much work. */
  private static int firstRow(Ints rowStart, int from, int rows, long work) {
    int low = from;
    int high = rows;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((long) rowStart.get(middle) + middle < work) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Cuts units into equal parts.
   *
   * @param units number of units
   * @param workOfUnit work of one of them, in connections
   * @return 1 to 64 parts
   */
  public static Partition equal(int units, long workOfUnit) {
    int parts = parts(units, units * Math.max(1, workOfUnit), LEAST_CONNECTIONS);
    int[] bounds = new int[parts + 1];
    for (int p = 0; p <= parts; p++) {
      bounds[p] = (int) ((long) units * p / parts);
    }
    return new Partition(bounds);
  }

  private static int parts(int rows, long work, int least) {
    return Math.clamp(work / least, 1, Math.clamp(rows, 1, MOST_PARTS));
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
