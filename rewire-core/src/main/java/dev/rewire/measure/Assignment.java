package dev.rewire.measure;

import java.util.Arrays;

/**
 * Assigns as many rows to as many columns so that the sum of costs is least, by shortest augmenting
 * paths with dual prices (Jonker and Volgenant, Computing 38, 1987, in the form of Crouse, IEEE
 * Transactions on Aerospace and Electronic Systems 52, 2016): a row that cannot have its favourite
 * looks for the cheapest chain of exchanges.
 *
 * <p>Of several assignments of the same cost this finds the one that {@code
 * scipy.optimize.linear_sum_assignment} finds, so that published distances can be computed again:
 * it treats rows, columns and ties in that order. Costs are listed where they are below 1, so
 * memory is proportional to the list; time is at most cubic.
 */
final class Assignment {
  private final PairList pairs;
  private final boolean[] emptyRow;
  private final boolean[] emptyColumn;
  private final int size;
  private final int[] rowOf;
  private final int[] columnOf;
  private final double[] rowPrice;
  private final double[] columnPrice;

  // One search.
  private final double[] cost;
  private final double[] distance;
  private final int[] from;
  private final int[] remaining;
  private final int[] done;

  private Assignment(PairList pairs, boolean[] emptyRow, boolean[] emptyColumn) {
    this.pairs = pairs;
    this.emptyRow = emptyRow;
    this.emptyColumn = emptyColumn;
    size = pairs.rows();
    rowOf = new int[size];
    columnOf = new int[size];
    rowPrice = new double[size];
    columnPrice = new double[size];
    cost = new double[size];
    distance = new double[size];
    from = new int[size];
    remaining = new int[size];
    done = new int[size];
    Arrays.fill(rowOf, -1);
    Arrays.fill(columnOf, -1);
  }

  /**
   * Finds an assignment of least total cost.
   *
   * @param pairs the pairs that cost less than 1, as many rows as columns
   * @param emptyRow rows that cost nothing together with an empty column, and 1 with others
   * @param emptyColumn columns of that kind
   * @return the column of each row
   */
  static int[] of(PairList pairs, boolean[] emptyRow, boolean[] emptyColumn) {
    Assignment assignment = new Assignment(pairs, emptyRow, emptyColumn);
    for (int row = 0; row < assignment.size; row++) {
      assignment.augment(row);
    }
    return assignment.columnOf;
  }

  private void augment(int start) {
    for (int k = 0; k < size; k++) {
      remaining[k] = size - 1 - k;
    }
    Arrays.fill(distance, Double.POSITIVE_INFINITY);
    int left = size;
    int row = start;
    double length = 0;
    int column;
    do {
      fill(row);
      int nearest = nearest(row, length, left);
      column = remaining[nearest];
      length = distance[column];
      done[size - left] = column;
      remaining[nearest] = remaining[--left];
      row = rowOf[column];
    } while (row >= 0);
    rowPrice[start] += length;
    for (int k = 0; k < size - left; k++) {
      int j = done[k];
      if (rowOf[j] >= 0) {
        rowPrice[rowOf[j]] += length - distance[j];
      }
      columnPrice[j] -= length - distance[j];
    }
    exchange(start, column);
  }

  /** What the row costs with each column. */
  private void fill(int row) {
    Arrays.fill(cost, 1);
    for (int k = pairs.start(row); k < pairs.start(row + 1); k++) {
      cost[pairs.column(k)] = pairs.cost(k);
    }
    for (int j = 0; emptyRow[row] && j < size; j++) {
      cost[j] = emptyColumn[j] ? 0 : 1;
    }
  }

  /** Goes on from a row, and returns where the nearest remaining column is; free ones first. */
  private int nearest(int row, double length, int left) {
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < left; k++) {
      int j = remaining[k];
      double here = length + cost[j] - rowPrice[row] - columnPrice[j];
      if (here < distance[j]) {
        distance[j] = here;
        from[j] = row;
      }
      if (distance[j] < least || (distance[j] == least && rowOf[j] < 0)) {
        least = distance[j];
        nearest = k;
      }
    }
    return nearest;
  }

  /** Gives each column on the path to the row that it was reached from. */
  private void exchange(int start, int end) {
    int column = end;
    int row;
    do {
      row = from[column];
      rowOf[column] = row;
      int before = columnOf[row];
      columnOf[row] = column;
      column = before;
    } while (row != start);
  }
}
