package dev.rewire.measure;

import java.util.Arrays;

/** Some pairs of rows and columns and what each costs, row by row, columns in any order. */
final class PairList {
  private final int columns;
  private final int[] start;
  private final int[] column;
  private final double[] cost;

  PairList(int columns, int[] start, int[] column, double[] cost) {
    this.columns = columns;
    this.start = start;
    this.column = column;
    this.cost = cost;
  }

  /** Puts the rows of several lists one after another. */
  static PairList concatenated(PairList[] lists) {
    int rows = 0;
    long size = 0;
    for (PairList list : lists) {
      rows += list.rows();
      size += list.size();
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "the layers have %,d pairs of neurons with a common input, more than a matching can list"
                  .formatted(size)
              + ": match greedily");
    }
    int[] start = new int[rows + 1];
    int[] column = new int[(int) size];
    double[] cost = new double[(int) size];
    int row = 0;
    int at = 0;
    for (PairList list : lists) {
      System.arraycopy(list.column, 0, column, at, list.size());
      System.arraycopy(list.cost, 0, cost, at, list.size());
      for (int i = 0; i < list.rows(); i++) {
        start[++row] = at + list.start(i + 1);
      }
      at += list.size();
    }
    return new PairList(lists[0].columns, start, column, cost);
  }

  int rows() {
    return start.length - 1;
  }

  int columns() {
    return columns;
  }

  int size() {
    return start[start.length - 1];
  }

  int start(int row) {
    return start[row];
  }

  int column(int pair) {
    return column[pair];
  }

  double cost(int pair) {
    return cost[pair];
  }

  /** Collects pairs row by row. */
  static final class Builder {
    private final int columns;
    private final int[] start;
    private int[] column = new int[1024];
    private double[] cost = new double[1024];
    private int rows;
    private int size;

    Builder(int rows, int columns) {
      this.columns = columns;
      start = new int[rows + 1];
    }

    void add(int column, double cost) {
      if (size == this.column.length) {
        int more = Math.toIntExact(Math.min(Integer.MAX_VALUE - 8L, 2L * size));
        this.column = Arrays.copyOf(this.column, more);
        this.cost = Arrays.copyOf(this.cost, more);
      }
      this.column[size] = column;
      this.cost[size] = cost;
      size++;
    }

    void endRow() {
      start[++rows] = size;
    }

    PairList build() {
      return new PairList(columns, start, column, cost);
    }
  }
}
