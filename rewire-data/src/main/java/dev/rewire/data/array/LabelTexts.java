package dev.rewire.data.array;

import dev.rewire.data.DataException;
import dev.rewire.data.format.LabelList;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

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
   * @param place where in the file, for messages
   * @param entry numbers: a column, a row, or a matrix; or words
   * @param samples how many labels there must be
   * @param head what labels are, or null to find out: a matrix with a single 1 for each sample has
   *     classes, any other several values a sample
   * @return one text a sample; a number as short as it can be written
   */
  static LabelList read(
      String file, String place, ArrayEntry entry, long samples, @Nullable Head head) {
    if (entry instanceof ArrayEntry.Text text) {
      return new LabelList(file, place, text.reader().get());
    }
    double[] values = ArrayNumbers.doubles(file, entry);
    List<Long> lengths = lengths(entry);
    if (lengths.size() == 1) {
      return new LabelList(file, place, Arrays.stream(values).mapToObj(LabelTexts::text).toList());
    }
    if (lengths.size() == 2) {
      boolean columnMajor = entry instanceof ArrayEntry.Dense dense && dense.columnMajor();
      int rows = lengths.get(0).intValue();
      int columns = lengths.get(1).intValue();
      boolean inRows = rows == samples;
      int count = inRows ? rows : columns;
      int width = inRows ? columns : rows;
      // the stride along the rows of the file, and that along its columns
      int down = columnMajor ? 1 : columns;
      int across = columnMajor ? rows : 1;
      int sampleStride = inRows ? down : across;
      int classStride = inRows ? across : down;
      boolean classes = head == null || head == Head.CLASSES || head == Head.BINARY;
      List<String> labels =
          classes ? ones(values, count, width, sampleStride, classStride) : List.of();
      if (!labels.isEmpty()) {
        return new LabelList(file, place, labels);
      }
      if (count == samples && (head == null || !classes)) {
        return new LabelList(
            file,
            place,
            joined(values, count, width, sampleStride, classStride),
            InMemoryDataset.numbered(width));
      }
    }
    throw new DataException(
        file
            + " has labels in "
            + entry.describe()
            + " that are neither one number a sample nor a single 1 among zeros: name an array with"
            + " one label a sample, or take --head multi-label or regression.");
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

  /** Joins the values of each sample by commas. */
  private static List<String> joined(
      double[] values, int samples, int width, int sampleStride, int classStride) {
    List<String> labels = new ArrayList<>();
    for (int s = 0; s < samples; s++) {
      StringJoiner label = new StringJoiner(",");
      for (int c = 0; c < width; c++) {
        label.add(text(values[s * sampleStride + c * classStride]));
      }
      labels.add(label.toString());
    }
    return labels;
  }

  static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
