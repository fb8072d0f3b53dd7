package dev.rewire.data.array;

import dev.rewire.data.DataException;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.Arrays;

/**
 * A matrix in compressed rows: columns ascend within a row, each once.
 *
 * @param rows its rows, 0 or more
 * @param columns its columns, 0 or more
 * @param rowStart first entry of each row, one more than rows
 * @param column of each entry
 * @param value of each entry
 */
public record SparseMatrix(int rows, int columns, long[] rowStart, int[] column, float[] value) {
  private static final int MOST_EMPTY_ROWS = 1 << 20;

  /**
   * Sorts entries into rows. Entries of the same cell are added up, as SciPy does it.
   *
   * @param file for messages
   * @param rows of the matrix
   * @param columns of the matrix
   * @param row of each entry
   * @param column of each entry
   * @param value of each entry
   * @return the same entries
   * @throws DataException if an entry lies outside
   */
  public static SparseMatrix of(
      String file, int rows, int columns, int[] row, int[] column, float[] value) {
    if (rows > MOST_EMPTY_ROWS && rows / 64 > row.length) {
      throw new DataException(
          "%s claims to have %d rows for %d entries, which nobody has: copy or write it again."
              .formatted(file, rows, row.length));
    }
    check(file, "row", rows, row);
    check(file, "column", columns, column);
    long[] start = new long[rows + 1];
    for (int r : row) {
      start[r + 1]++;
    }
    for (int r = 0; r < rows; r++) {
      start[r + 1] += start[r];
    }
    // An entry and its column in one number, so that equal columns keep the order of the file.
    long[] keys = new long[row.length];
    long[] next = start.clone();
    for (int i = 0; i < row.length; i++) {
      keys[(int) next[row[i]]++] = ((long) column[i] << 32) | i;
    }
    return merged(rows, columns, start, keys, value);
  }

  private static SparseMatrix merged(
      int rows, int columns, long[] start, long[] keys, float[] value) {
    int[] sortedColumn = new int[keys.length];
    float[] sortedValue = new float[keys.length];
    long[] newStart = new long[rows + 1];
    int size = 0;
    for (int r = 0; r < rows; r++) {
      int begin = size;
      Arrays.sort(keys, (int) start[r], (int) start[r + 1]);
      for (int k = (int) start[r]; k < start[r + 1]; k++) {
        int column = (int) (keys[k] >> 32);
        if (size > begin && sortedColumn[size - 1] == column) {
          sortedValue[size - 1] += value[(int) keys[k]];
        } else {
          sortedColumn[size] = column;
          sortedValue[size++] = value[(int) keys[k]];
        }
      }
      newStart[r + 1] = size;
    }
    return new SparseMatrix(
        rows,
        columns,
        newStart,
        Arrays.copyOf(sortedColumn, size),
        Arrays.copyOf(sortedValue, size));
  }

  /**
   * Sorts the entries of compressed columns into rows, as MATLAB stores them.
   *
   * @param file for messages
   * @param rows of the matrix
   * @param start first entry of each column, one more than columns
   * @param row of each entry; there may be room for more entries than there are
   * @param value of each entry
   * @return the same entries
   * @throws DataException if the parts do not fit together
   */
  public static SparseMatrix ofColumns(
      String file, int rows, double[] start, double[] row, double[] value) {
    int columns = start.length - 1;
    double entries = columns < 0 ? -1 : start[columns];
    if (!(entries >= 0 && entries <= Math.min(row.length, value.length)) || start[0] != 0) {
      throw new DataException(
          file + " has a sparse matrix whose columns do not fit its entries: write it again.");
    }
    int[] rowOf = new int[(int) entries];
    int[] columnOf = new int[(int) entries];
    float[] values = new float[(int) entries];
    for (int c = 0; c < columns; c++) {
      if (!(start[c] <= start[c + 1] && start[c + 1] <= entries)) {
        throw new DataException(
            "%s has a sparse matrix whose column %d begins after its end: write it again."
                .formatted(file, c));
      }
      for (int k = (int) start[c]; k < (int) start[c + 1]; k++) {
        rowOf[k] = row[k] >= 0 && row[k] < rows ? (int) row[k] : -1;
        columnOf[k] = c;
        values[k] = (float) value[k];
      }
    }
    return of(file, rows, columns, rowOf, columnOf, values);
  }

  /**
   * Turns rows into columns.
   *
   * @return a matrix with the same entries, rows and columns exchanged
   */
  public SparseMatrix transposed() {
    return of("transposed matrix", columns, rows, column, rowOfEntries(rowStart), value);
  }

  /**
   * Writes out the row of each entry.
   *
   * @param starts first entry of each row, one more than rows, ascending from 0
   * @return one number an entry
   */
  public static int[] rowOfEntries(long[] starts) {
    int[] row = new int[(int) starts[starts.length - 1]];
    for (int r = 0; r + 1 < starts.length; r++) {
      Arrays.fill(row, (int) starts[r], (int) starts[r + 1], r);
    }
    return row;
  }

  /**
   * Returns the columns for a data set.
   *
   * @return one number an entry
   */
  Ints features() {
    return Ints.of(column);
  }

  /**
   * Returns the values for a data set.
   *
   * @return one number an entry
   */
  Floats values() {
    return Floats.of(value);
  }

  private static void check(String file, String what, int limit, int[] places) {
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0 || places[i] >= limit) {
        throw new DataException(
            "%s has entry %d in %s %d, but the %ss are 0 to %d: copy or write it again."
                .formatted(file, i, what, places[i], what, limit - 1));
      }
    }
  }
}
