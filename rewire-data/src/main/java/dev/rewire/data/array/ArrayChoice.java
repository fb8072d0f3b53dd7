package dev.rewire.data.array;

import dev.rewire.data.DataException;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.format.ArrayNames;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which array of a file is which: by the names that are given, or by those that are usual. */
final class ArrayChoice {
  private static final List<String> SAMPLES =
      List.of("x", "data", "features", "fea", "images", "inputs", "arr_0");
  private static final List<String> LABELS =
      List.of("y", "labels", "label", "targets", "target", "classes", "class", "gnd", "arr_1");

  private final Path path;
  private final List<ArrayEntry> entries;
  private final ArrayNames names;

  ArrayChoice(Path path, List<ArrayEntry> entries, ArrayNames names) {
    this.path = path;
    this.entries = entries;
    this.names = names;
  }

  /** Finds the samples, with one element or more. */
  ArrayEntry samples() {
    ArrayEntry chosen = names.x() == null ? usual(SAMPLES) : named(names.x(), "--x");
    if (chosen == null) {
      List<ArrayEntry> left =
          entries.stream()
              .filter(entry -> !entry.equals(usual(LABELS)) && !entry.name().equals(names.y()))
              .filter(
                  entry -> entry instanceof ArrayEntry.Dense || entry instanceof ArrayEntry.Sparse)
              .toList();
      if (left.size() != 1) {
        throw new DataException(
            path
                + " has "
                + listing()
                + ", of which none is called X: name the array of samples by --x.");
      }
      chosen = left.getFirst();
    }
    if (chosen.shape().isEmpty() || chosen.shape().contains(0L)) {
      throw new DataException(
          path
              + " has no samples in "
              + chosen.describe()
              + ": give an array with one row a sample.");
    }
    return chosen;
  }

  /** Finds the labels, or nothing. */
  @Nullable ArrayEntry labels(ArrayEntry samples) {
    if (names.y() != null) {
      return named(names.y(), "--y");
    }
    ArrayEntry chosen = names.column() == null ? usual(LABELS) : null;
    return samples.equals(chosen) ? null : chosen;
  }

  /** Finds the labels in a file that need not have anything else. */
  ArrayEntry onlyLabels() {
    ArrayEntry chosen = names.y() == null ? usual(LABELS) : named(names.y(), "--y");
    if (chosen == null && entries.size() == 1) {
      chosen = entries.getFirst();
    }
    if (chosen == null) {
      throw new DataException(
          path + " has " + listing() + ", of which none is called Y: name the labels by --y.");
    }
    return chosen;
  }

  /** Finds the column of labels among the columns of the samples, from 0. */
  int column(int columns) {
    int column =
        switch (names.column()) {
          case LabelColumn.Last() -> columns - 1;
          case LabelColumn.Numbered(int number) -> number - 1;
          case LabelColumn.Named(String name) ->
              throw new DataException(
                  path
                      + " has columns without names, so none is \""
                      + name
                      + "\": give the number of the label column.");
          case LabelColumn.Several several ->
              throw new DataException(
                  path
                      + " can have its labels in one of its columns, not in several ("
                      + several.text()
                      + "): save them as an array of their own and name it by --y.");
          case null, default ->
              throw new DataException(path + " needs a label column: give its number by --label.");
        };
    if (column >= columns || columns < 2) {
      throw new DataException(
          path
              + " has "
              + columns
              + " columns, so the label cannot be in column "
              + (column + 1)
              + " beside features: give the number of another column.");
    }
    return column;
  }

  DataException noLabels(ArrayEntry samples) {
    return new DataException(
        path
            + " has "
            + listing()
            + ", of which none holds the labels of "
            + samples.name()
            + ": name one by --y, a column by --label, or a second file by --labels.");
  }

  private ArrayEntry named(String name, String option) {
    ArrayEntry found = find(name);
    if (found == null) {
      throw new DataException(
          path
              + " has no array \""
              + name
              + "\": name one of "
              + listing()
              + " by "
              + option
              + ".");
    }
    return found;
  }

  private @Nullable ArrayEntry usual(List<String> usual) {
    for (String name : usual) {
      ArrayEntry found = find(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Looks for a name as it is, then without regard to case, then for the end of a path. */
  private @Nullable ArrayEntry find(String name) {
    for (ArrayEntry entry : entries) {
      if (entry.name().equals(name)) {
        return entry;
      }
    }
    for (ArrayEntry entry : entries) {
      String end = entry.name().substring(entry.name().lastIndexOf('/') + 1);
      if (entry.name().equalsIgnoreCase(name) || end.equalsIgnoreCase(name)) {
        return entry;
      }
    }
    return null;
  }

  private String listing() {
    return entries.isEmpty()
        ? "no arrays"
        : entries.stream().limit(12).map(ArrayEntry::describe).collect(Collectors.joining(", "))
            + (entries.size() > 12 ? " and " + (entries.size() - 12) + " more" : "");
  }
}
