package dev.rewire.data.array;

import dev.rewire.data.DataException;

/** The numbers of an array that is no table of samples: labels, or the parts of a sparse matrix. */
public final class ArrayNumbers {
  private static final long MOST = 1 << 28;
  private static final long MOST_SPARSE = 1 << 24;

  private ArrayNumbers() {}

  /**
   * Reads all numbers.
   *
   * @param file for messages
   * @param entry numbers
   * @return in the order of the file; those of a sparse array row by row, zeros included
   * @throws DataException if the array has no numbers, or more than 2<sup>28</sup>
   */
  public static double[] doubles(String file, ArrayEntry entry) {
    double product =
        entry.shape().stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
    boolean numbers = entry instanceof ArrayEntry.Dense || entry instanceof ArrayEntry.Sparse;
    if (!numbers) {
      throw new DataException(
          file + " has no numbers in " + entry.describe() + ": name an array of numbers.");
    }
    if (product > (entry instanceof ArrayEntry.Sparse ? MOST_SPARSE : MOST)) {
      throw new DataException(
          file + " has " + entry.describe() + ", too large for its purpose: name another array.");
    }
    double[] values = new double[(int) product];
    if (entry instanceof ArrayEntry.Dense dense) {
      int[] end = {0};
      dense
          .reader()
          .read((block, length) -> {
            System.arraycopy(block, 0, values, end[0], length);
            end[0] += length;
          });
    } else if (entry instanceof ArrayEntry.Sparse sparse) {
      SparseMatrix matrix = sparse.reader().get();
      int[] row = SparseMatrix.rowOfEntries(matrix.rowStart());
      for (int k = 0; k < row.length; k++) {
        values[row[k] * matrix.columns() + matrix.column()[k]] = matrix.value()[k];
      }
    }
    return values;
  }

  /**
   * Reads whole numbers.
   *
   * @param file for messages
   * @param entry numbers
   * @return in the order of the file
   * @throws DataException if one is no whole number of 32 bits
   */
  public static int[] ints(String file, ArrayEntry entry) {
    double[] values = doubles(file, entry);
    int[] whole = new int[values.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (int) values[i];
      if (whole[i] != values[i]) {
        throw new DataException(
            "%s has %s in %s at place %d, where a whole number must be: write it again."
                .formatted(file, values[i], entry.name(), i));
      }
    }
    return whole;
  }
}
