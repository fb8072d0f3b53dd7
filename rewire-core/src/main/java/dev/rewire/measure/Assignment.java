package dev.rewire.measure;

import java.util.Arrays;

/**
 * Assigns rows to columns so that the sum of costs is least, where most pairs have the same cost
 * and only the cheaper ones are listed. Each row may also stay alone for the cost {@link #ALONE}.
 *
 * <p>Shortest augmenting paths with dual prices (Jonker and Volgenant, Computing 38, 1987), on
 * lists instead of a matrix and with Dijkstra's algorithm over a heap: a row that cannot have its
 * favourite looks for the cheapest chain of exchanges. A row that stays alone has a column of its
 * own, so every row finds an end. Memory is proportional to the pairs; time at most rows x pairs x
 * log(pairs), far less where the lists are short.
 */
final class Assignment {
  /** What a pair costs that is not listed, and a row that stays alone. */
  static final double ALONE = 1;

  private final PairList pairs;
  private final int rows;
  private final int columns;

  /** Row of each column; those from {@code columns} on are the rows' own columns. */
  private final int[] rowOf;

  private final int[] columnOf;
  private final double[] rowPrice;
  private final double[] columnPrice;

  // One search.
  private final double[] distance;
  private final int[] from;
  private final boolean[] done;
  private final int[] touched;
  private final DistanceHeap heap;

  private Assignment(PairList pairs) {
    this.pairs = pairs;
    rows = pairs.rows();
    columns = pairs.columns();
    rowOf = new int[columns + rows];
    columnOf = new int[rows];
    rowPrice = new double[rows];
    columnPrice = new double[columns + rows];
    distance = new double[columns + rows];
    from = new int[columns + rows];
    done = new boolean[columns + rows];
    touched = new int[columns + rows];
    heap = new DistanceHeap(columns + rows);
    Arrays.fill(rowOf, -1);
    Arrays.fill(columnOf, -1);
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
  }

  /**
   * Finds an assignment of least total cost; of several the same one each time.
   *
   * @return the column of each row, -1 for rows that stay alone
   */
  static int[] of(PairList pairs) {
    Assignment assignment = new Assignment(pairs);
    assignment.takeFavourites();
    for (int i = 0; i < assignment.rows; i++) {
      if (assignment.columnOf[i] < 0) {
        assignment.augment(i);
      }
    }
    int[] result = assignment.columnOf;
    for (int i = 0; i < result.length; i++) {
      result[i] = result[i] < assignment.columns ? result[i] : -1;
    }
    return result;
  }

  /** Every row gets its cheapest column if nobody was there before. */
  private void takeFavourites() {
    for (int i = 0; i < rows; i++) {
      int best = columns + i;
      double least = ALONE;
      for (int k = pairs.start(i); k < pairs.start(i + 1); k++) {
        double cost = pairs.cost(k);
        int j = pairs.column(k);
        // Of equally good ones the neuron of the same number: a network is itself, not a twin.
        if (cost < least || (cost == least && j == i)) {
          least = cost;
          best = j;
        }
      }
      rowPrice[i] = least;
      if (rowOf[best] < 0) {
        rowOf[best] = i;
        columnOf[i] = best;
      }
    }
  }

  private void augment(int start) {
    int count = 0;
    int row = start;
    double length = 0;
    int end;
    while (true) {
      count = relax(row, length, count);
      int j = heap.pop(distance);
      done[j] = true;
      length = distance[j];
      if (rowOf[j] < 0) {
        end = j;
        break;
      }
      row = rowOf[j];
    }
    rowPrice[start] += length;
    for (int t = 0; t < count; t++) {
      int j = touched[t];
      if (done[j] && j != end) {
        double change = length - distance[j];
        columnPrice[j] -= change;
        rowPrice[rowOf[j]] += change;
      }
      done[j] = false;
      distance[j] = Double.POSITIVE_INFINITY;
    }
    heap.clear();
    int j = end;
    while (true) {
      int i = from[j];
      int before = columnOf[i];
      rowOf[j] = i;
      columnOf[i] = j;
      if (i == start) {
        return;
      }
      j = before;
    }
  }

  /** Follows the edges of a row that was reached at this length. */
  private int relax(int row, double length, int count) {
    int seen = reach(columns + row, row, length + ALONE - rowPrice[row], count);
    for (int k = pairs.start(row); k < pairs.start(row + 1); k++) {
      int j = pairs.column(k);
      seen = reach(j, row, length + pairs.cost(k) - rowPrice[row] - columnPrice[j], seen);
    }
    return seen;
  }

  private int reach(int column, int row, double length, int count) {
    if (done[column] || length >= distance[column]) {
      return count;
    }
    int seen = count;
    if (distance[column] == Double.POSITIVE_INFINITY) {
      touched[seen++] = column;
    }
    distance[column] = length;
    from[column] = row;
    heap.push(column, distance);
    return seen;
  }
}
