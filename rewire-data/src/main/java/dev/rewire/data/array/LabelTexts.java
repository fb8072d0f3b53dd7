package dev.rewire.data.array;

import dev.rewire.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The label of each sample, out of an array of numbers, of words, or of ones in columns. */
final class LabelTexts {
  private LabelTexts() {}

  /**
   * Returns how many labels an array has.
   *
   * @param entry numbers or words
   * @return the sizes that it may have: one for a column or row, two for ones in columns
   */
  static List<Long> lengths(ArrayEntry entry) {
    List<Long> large = entry.shape().stream().filter(extent -> extent != 1).toList();
    return large.isEmpty() ? List.of(1L) : large;
  }

  /**
   * Reads labels.
   *
   * @param file for messages
   * @param entry numbers: a column, a row, or a matrix with a single 1 for each sample; or words
   * @param samples how many labels there must be
   * @return one text a sample; a number as short as it can be written
   */
  static List<String> read(String file, ArrayEntry entry, long samples) {
    if (entry instanceof ArrayEntry.Text text) {
      return text.reader().get();
    }
    double[] values = ArrayNumbers.doubles(file, entry);
    List<Long> lengths = lengths(entry);
    if (lengths.size() == 1) {
      return Arrays.stream(values).mapToObj(LabelTexts::text).toList();
    }
    if (lengths.size() == 2) {
      boolean columnMajor = entry instanceof ArrayEntry.Dense dense && dense.columnMajor();
      int rows = lengths.get(0).intValue();
      int columns = lengths.get(1).intValue();
      List<String> labels =
          rows == samples
              ? ones(values, rows, columns, columnMajor ? 1 : columns, columnMajor ? rows : 1)
              : ones(values, columns, rows, columnMajor ? rows : 1, columnMajor ? 1 : columns);
      if (!labels.isEmpty()) {
        return labels;
      }
    }
    throw new DataException(
        file
            + " has labels in "
            + entry.describe()
            + " that are neither one number a sample nor a single 1 among zeros: name an array with"
            + " one label a sample.");
  }

  /** Finds the column of the only 1 of each sample; nothing if there is none, or another number. */
  private static List<String> ones(
      double[] values, int samples, int classes, int sampleStride, int classStride) {
    List<String> labels = new ArrayList<>();
    for (int s = 0; s < samples; s++) {
      int one = -1;
      for (int c = 0; c < classes; c++) {
        double value = values[s * sampleStride + c * classStride];
        if (value == 1 && one < 0) {
          one = c;
        } else if (value != 0) {
          return List.of();
        }
      }
      if (one < 0) {
        return List.of();
      }
      labels.add(Integer.toString(one));
    }
    return labels;
  }

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
