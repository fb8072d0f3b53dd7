package dev.rewire.parallel;

import dev.rewire.memory.Ints;

/**
 * Consecutive ranges of rows with about the same work. Each row has one owner, so where the
 * boundaries lie changes no result.
 */
public final class Partition {
  /** Connections of a part: all that is read for one tile of the batch then fits a cache. */
  private static final int CONNECTIONS = 16_384;

  /** More parts than threads, so that a late thread leaves little undone. */
  private static final int PARTS_OF_A_THREAD = 4;

  /** Work of a part below which starting a thread costs more than it saves. */
  private static final int LEAST_WORK = 512;

  /** Features of a range at the least: less than a kilobyte is over before it is fetched ahead. */
  private static final int LEAST_STREAM = 192;

  /** Features of a range at the most: some samples of it then fit L2. */
  private static final int MOST_STREAM = 1024;

  /** Parts at the most where their number is fixed. */
  private static final int MOST_PARTS = 64;

  private final int[] bounds;

  private Partition(int[] bounds) {
    this.bounds = bounds;
  }

  /**
   * Cuts rows into parts of about as many connections each.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param align parts begin at a multiple of this number of rows
   * @param threads that will share the parts
   * @return one part or more; a row is never cut
   */
  public static Partition byConnections(Ints rowStart, int align, int threads) {
    int rows = Math.toIntExact(rowStart.length() - 1);
    long work = (long) rowStart.get(rows) + rows;
    long least = Math.min((long) threads * PARTS_OF_A_THREAD, work / LEAST_WORK);
    int most = Math.max(1, Math.ceilDiv(rows, align));
    int parts = Math.clamp(Math.max(least, work / CONNECTIONS), 1, most);
    return cut(rowStart, parts, align);
  }

  /** Returns the first row before which there is this much work. */
  private static int rowOf(Ints rowStart, int rows, long work) {
    int low = 0;
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
   * Cuts rows into parts of about as many connections each, whatever the number of threads.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @return 1 to 64 parts; a row is never cut
   */
  public static Partition byConnections(Ints rowStart) {
    return byConnections(rowStart, LEAST_WORK);
  }

  /**
   * Cuts rows into parts of about as many connections each, whatever the number of threads.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param least connections and rows of a part at the least, 1 or more
   * @return 1 to 64 parts; a row is never cut
   */
  public static Partition byConnections(Ints rowStart, int least) {
    int rows = Math.toIntExact(rowStart.length() - 1);
    long work = (long) rowStart.get(rows) + rows;
    return cut(rowStart, Math.clamp(work / least, 1, Math.clamp(rows, 1, MOST_PARTS)), 1);
  }

  /**
   * Cuts rows into a given number of parts of about as many connections each.
   *
   * @param rowStart first connection of each row, one entry more than rows
   * @param parts how many, 1 or more; some have no row where rows are fewer
   * @return that many parts; a row is never cut
   */
  public static Partition groups(Ints rowStart, int parts) {
    return cut(rowStart, parts, 1);
  }

  private static Partition cut(Ints rowStart, int parts, int align) {
    int rows = Math.toIntExact(rowStart.length() - 1);
    long work = (long) rowStart.get(rows) + rows;
    int[] bounds = new int[parts + 1];
    for (int p = 1; p < parts; p++) {
      int row = rowOf(rowStart, rows, work * p / parts);
      bounds[p] = Math.min(rows, row / align * align);
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
    long work = units * Math.max(1, workOfUnit);
    return equal(units, Math.clamp(work / LEAST_WORK, 1, Math.clamp(units, 1, MOST_PARTS)));
  }

  /**
   * Cuts features into ranges that are read from many samples in turn: long ones, which the
   * processor fetches ahead, and still some for each thread.
   *
   * @param units number of features
   * @param threads that will share the parts
   * @return one part or more, of {@value #LEAST_STREAM} to {@value #MOST_STREAM} features where
   *     there are as many
   */
  public static Partition streams(int units, int threads) {
    int least = Math.ceilDiv(units, MOST_STREAM);
    int most = Math.max(least, units / LEAST_STREAM);
    return equal(units, Math.clamp((long) threads * PARTS_OF_A_THREAD, least, most));
  }

  private static Partition equal(int units, int parts) {
    int[] bounds = new int[parts + 1];
    for (int p = 0; p <= parts; p++) {
      bounds[p] = (int) ((long) units * p / parts);
    }
    return new Partition(bounds);
  }

  /**
   * Returns the size of the largest part.
   *
   * @return rows, 0 or more
   */
  public int longest() {
    int longest = 0;
    for (int p = 0; p < parts(); p++) {
      longest = Math.max(longest, to(p) - from(p));
    }
    return longest;
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
