package dev.rewire.data.npy;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.ArrayNumbers;
import dev.rewire.data.array.SparseMatrix;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sparse matrix that {@code scipy.sparse.save_npz} lays down in several arrays. */
final class SciPyMatrix {
  private final String file;
  private final Map<String, ArrayEntry> parts = new HashMap<>();

  private SciPyMatrix(String file, List<ArrayEntry> arrays) {
    this.file = file;
    arrays.forEach(array -> parts.put(array.name(), array));
  }

  /** Returns the matrix if these are its parts, or else the arrays as they are. */
  static List<ArrayEntry> among(String file, List<ArrayEntry> arrays) {
    SciPyMatrix matrix = new SciPyMatrix(file, arrays);
    return matrix.parts.get("format") instanceof ArrayEntry.Text format
            && matrix.parts.containsKey("shape")
            && matrix.parts.containsKey("data")
        ? List.of(matrix.entry(format))
        : arrays;
  }

  private ArrayEntry entry(ArrayEntry.Text formatEntry) {
    List<String> words = formatEntry.reader().get();
    String format = words.isEmpty() ? "" : words.getFirst();
    int[] shape = ArrayNumbers.ints(file, part("shape"));
    if (shape.length != 2 || shape[0] < 0 || shape[1] < 0) {
      throw wrong("shape");
    }
    Supplier<SparseMatrix> reader =
        switch (format) {
          case "csr" -> () -> compressed(shape[0], shape[1], true);
          case "csc" -> () -> compressed(shape[0], shape[1], false);
          case "coo" -> () -> coordinates(shape[0], shape[1]);
          default ->
              throw new DataException(
                  file
                      + " has a sparse matrix in the format \""
                      + format
                      + "\": save it as csr, csc or coo.");
        };
    return new ArrayEntry.Sparse("matrix", shape[0], shape[1], "sparse " + format, reader);
  }

  private SparseMatrix compressed(int rows, int columns, boolean byRow) {
    int[] index = ArrayNumbers.ints(file, part("indices"));
    int[] start = ArrayNumbers.ints(file, part("indptr"));
    if (start.length != (byRow ? rows : columns) + 1L
        || start[0] != 0
        || start[start.length - 1] > index.length) {
      throw wrong("indptr");
    }
    long[] starts = new long[start.length];
    for (int i = 0; i < start.length; i++) {
      starts[i] = start[i];
      if (i > 0 && start[i] < start[i - 1]) {
        throw wrong("indptr");
      }
    }
    int[] outer = SparseMatrix.rowOfEntries(starts);
    float[] values = values(index.length);
    int[] inner = Arrays.copyOf(index, outer.length);
    return byRow
        ? SparseMatrix.of(file, rows, columns, outer, inner, values)
        : SparseMatrix.of(file, rows, columns, inner, outer, values);
  }

  private SparseMatrix coordinates(int rows, int columns) {
    int[] row = ArrayNumbers.ints(file, part("row"));
    int[] column = ArrayNumbers.ints(file, part("col"));
    if (row.length != column.length) {
      throw wrong("col");
    }
    return SparseMatrix.of(file, rows, columns, row, column, values(row.length));
  }

  private float[] values(int count) {
    double[] numbers = ArrayNumbers.doubles(file, part("data"));
    if (numbers.length != count) {
      throw wrong("data");
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) numbers[i];
    }
    return values;
  }

  private ArrayEntry part(String name) {
    @Nullable ArrayEntry part = parts.get(name);
    if (part == null) {
      throw wrong(name);
    }
    return part;
  }

  private DataException wrong(String name) {
    return new DataException(
        file + " has a sparse matrix whose array " + name + " does not fit: save it again.");
  }
}
