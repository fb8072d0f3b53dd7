package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import dev.rewire.dataset.LabelSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Sets of labels: the labels themselves, separated by commas, semicolons or bars, or a 0 or 1 for
 * each of several columns.
 */
final class SetLabels {
  private final String file;
  private final String column;
  private final String unit;

  /** What the columns are called if there are several; nothing for lists of labels. */
  private final List<String> columns;

  SetLabels(String file, String column, String unit, List<String> columns) {
    this.file = file;
    this.column = column;
    this.unit = unit;
    this.columns = columns;
  }

  /**
   * Numbers them.
   *
   * @param texts distinct texts
   * @param lines where each occurs first
   * @param rows which text each sample has
   * @param known all labels, or nothing to take those that occur, or the columns
   */
  LabelSets targets(List<String> texts, List<Long> lines, int[] rows, List<String> known) {
    List<String> names = known.isEmpty() ? found(texts) : known;
    Map<String, Integer> numbers = new HashMap<>();
    for (int k = 0; k < names.size(); k++) {
      numbers.put(Numeral.canonical(names.get(k)), k);
    }
    int[][] sets = new int[texts.size()][];
    for (int code = 0; code < sets.length; code++) {
      sets[code] =
          columns.size() > 1
              ? ofColumns(texts.get(code), lines.get(code), names)
              : ofList(texts.get(code), lines.get(code), numbers, names);
    }
    int[] start = new int[rows.length + 1];
    for (int s = 0; s < rows.length; s++) {
      start[s + 1] = Math.addExact(start[s], sets[rows[s]].length);
    }
    int[] labels = new int[start[rows.length]];
    for (int s = 0; s < rows.length; s++) {
      System.arraycopy(sets[rows[s]], 0, labels, start[s], start[s + 1] - start[s]);
    }
    return new LabelSets(start, labels, names);
  }

  private List<String> found(List<String> texts) {
    if (columns.size() > 1) {
      return columns;
    }
    TreeSet<String> labels = new TreeSet<>();
    for (String text : texts) {
      labels.addAll(pieces(text));
    }
    if (labels.isEmpty()) {
      throw new DataException(
          file + " has no label in " + column + ": name another column of labels.");
    }
    return Classes.inOrder(new ArrayList<>(labels));
  }

  private static List<String> pieces(String text) {
    return Arrays.stream(Classes.SEPARATOR.split(text))
        .map(String::strip)
        .filter(piece -> !piece.isEmpty())
        .map(Numeral::canonical)
        .toList();
  }

  private int[] ofList(String text, long line, Map<String, Integer> numbers, List<String> names) {
    return pieces(text).stream()
        .mapToInt(piece -> {
          Integer number = numbers.get(piece);
          if (number == null) {
            throw new DataException(
                "%s has the unknown label \"%s\" in %s %d, %s: known labels are %s."
                    .formatted(file, piece, unit, line, column, Listing.of(names)));
          }
          return number;
        })
        .sorted()
        .distinct()
        .toArray();
  }

  private int[] ofColumns(String text, long line, List<String> names) {
    String[] cells = Classes.SEPARATOR.split(text, -1);
    if (cells.length != names.size()) {
      throw new DataException(
          "%s has %d columns of labels in %s %d, but there are %d labels: give the same ones."
              .formatted(file, cells.length, unit, line, names.size()));
    }
    int[] labels = new int[cells.length];
    int count = 0;
    for (int k = 0; k < cells.length; k++) {
      double cell = Numeral.parseDouble(cells[k].strip());
      if (cell != 0 && cell != 1) {
        throw new DataException(
            "%s has \"%.40s\" for the label %s in %s %d, where 0 or 1 must be: correct it, or take"
                    .formatted(file, cells[k], names.get(k), unit, line)
                + " --head regression if these are numbers to predict.");
      }
      if (cell == 1) {
        labels[count++] = k;
      }
    }
    return Arrays.copyOf(labels, count);
  }
}
