package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table.
 *
 * @param count all columns, 1 or more
 * @param labels index of each label column, in the order in which they were given; usually one
 * @param names of all columns, or null without a header
 * @param skipped indices of columns that are no features: those that are ignored, and the labels
 */
record Columns(int count, List<Integer> labels, @Nullable List<String> names, BitSet skipped) {
  /**
   * Finds the header and the label column.
   *
   * @param file for messages
   * @param options what is known
   * @param first fields of the first line
   * @param second fields of the second line, or null if there is none
   * @return one feature or more
   */
  static Columns of(
      String file, CsvOptions options, List<String> start, @Nullable List<String> second) {
    List<String> first = withNameOfRows(start, second);
    boolean named = isNamed(options.label());
    if (named && options.header() == CsvOptions.Header.ABSENT) {
      throw new DataException(
          file
              + " is said to have no header, but its label column is given by name: give the number"
              + " of the column.");
    }
    List<Integer> labels = labels(file, options.label(), first);
    BitSet ignored = ignored(file, options, first);
    if (first.size() > start.size()) {
      ignored.set(0);
    }
    for (int label : labels) {
      if (ignored.get(label)) {
        throw new DataException(
            "%s cannot ignore column %d, which has the classes: name another one by --label."
                .formatted(file, label + 1));
      }
    }
    if (first.size() - ignored.cardinality() - labels.size() < 1) {
      throw new DataException(
          file
              + " has only "
              + first.size()
              + (first.size() == 1 ? " column" : " columns")
              + " in line 1"
              + (ignored.isEmpty() ? "" : ", " + ignored.cardinality() + " of them ignored")
              + ": check which character separates the columns.");
    }
    boolean header =
        switch (options.header()) {
          case PRESENT -> true;
          case ABSENT -> false;
          case DETECTED ->
              named
                  || first.size() > start.size()
                  || looksLikeNames(labels, ignored, first, second);
        };
    labels.forEach(ignored::set);
    return new Columns(first.size(), labels, header ? List.copyOf(first) : null, ignored);
  }

  /**
   * Programs that write names or numbers of rows in front of them often leave them out of the
   * header, which is then one field shorter (R's {@code write.table}).
   */
  private static List<String> withNameOfRows(List<String> first, @Nullable List<String> second) {
    if (second == null
        || second.size() != first.size() + 1
        || first.stream().anyMatch(Numeral::is)) {
      return first;
    }
    List<String> all = new ArrayList<>(first);
    all.addFirst("");
    return all;
  }

  private static BitSet ignored(String file, CsvOptions options, List<String> first) {
    BitSet ignored = new BitSet();
    for (String column : options.ignored()) {
      switch (LabelColumn.of(column)) {
        case LabelColumn.Numbered(int number) -> ignored.set(numbered(file, number, first));
        case LabelColumn.Last() -> ignored.set(first.size() - 1);
        case LabelColumn.Named(String name) when name.endsWith("?") && !first.contains(name) -> {
          int found = first.indexOf(name.substring(0, name.length() - 1));
          if (found >= 0) {
            ignored.set(found);
          }
        }
        case LabelColumn.Named(String name) -> ignored.set(named(file, name, first));
        case LabelColumn.None(), LabelColumn.Several(_) -> {}
      }
    }
    return ignored;
  }

  /** Returns the number of features. */
  int features() {
    return count - skipped.cardinality();
  }

  /** Returns the names of the features, or nothing without a header. */
  List<String> featureNames() {
    return names == null ? List.of() : features(skipped, names);
  }

  /** Returns how a column is named in a list of options: by its name if that is a plain word. */
  String shortest(int index) {
    String name = names == null ? "" : names.get(index);
    return name.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? name : Integer.toString(index + 1);
  }

  /** Says whether the header names the same thing again and again, as classes of samples are. */
  boolean mayBeSamples() {
    return names != null && names.stream().distinct().count() <= names.size() / 2;
  }

  /**
   * Describes a column in a message.
   *
   * @param index 0 to {@code count - 1}
   * @return its number from 1, and its name if it has one
   */
  String describe(int index) {
    String name = names == null ? "" : names.get(index);
    return "column " + (index + 1) + (name.isEmpty() ? "" : " (" + name + ")");
  }

  private static boolean isNamed(LabelColumn label) {
    return switch (label) {
      case LabelColumn.Named(_) -> true;
      case LabelColumn.Several(List<LabelColumn> columns) ->
          columns.stream().anyMatch(Columns::isNamed);
      case LabelColumn.Last(), LabelColumn.None(), LabelColumn.Numbered(_) -> false;
    };
  }

  private static List<Integer> labels(String file, LabelColumn label, List<String> first) {
    return switch (label) {
      case LabelColumn.None() -> List.of();
      case LabelColumn.Last() -> List.of(first.size() - 1);
      case LabelColumn.Numbered(int number) -> List.of(numbered(file, number, first));
      case LabelColumn.Named(String name) -> List.of(named(file, name, first));
      case LabelColumn.Several several when first.contains(several.text()) ->
          List.of(named(file, several.text(), first));
      case LabelColumn.Several(List<LabelColumn> columns) -> {
        List<Integer> all =
            columns.stream().map(column -> labels(file, column, first).getFirst()).toList();
        if (all.stream().distinct().count() < all.size()) {
          throw new DataException(
              file
                  + " is to have its labels in one column twice: name each column once by --label.");
        }
        yield all;
      }
    };
  }

  /** Returns what messages call the labels, or nothing without any. */
  String describeLabels() {
    return labels.stream().map(this::describe).collect(Collectors.joining(", "));
  }

  /** Returns what the label columns are called, by their numbers from 1 without a header. */
  List<String> labelNames() {
    List<String> header = names;
    if (header != null) {
      return labels.stream().map(header::get).toList();
    }
    return labels.size() < 2
        ? List.of()
        : labels.stream().map(label -> "column " + (label + 1)).toList();
  }

  private static int numbered(String file, int number, List<String> first) {
    if (number > first.size()) {
      throw new DataException(
          file
              + " has "
              + first.size()
              + " columns in line 1, so there is no column "
              + number
              + ": give a number from 1 to "
              + first.size()
              + ".");
    }
    return number - 1;
  }

  private static int named(String file, String name, List<String> first) {
    int index = first.indexOf(name);
    if (index < 0) {
      throw new DataException(
          file
              + " has no column \""
              + name
              + "\" in line 1: its columns are "
              + Listing.of(first)
              + ".");
    }
    if (first.lastIndexOf(name) != index) {
      throw new DataException(
          file
              + " has two columns \""
              + name
              + "\" in line 1: give the number of the one that is meant.");
    }
    return index;
  }

  /**
   * A first line is a header if it has words and no number among its features, or if it just counts
   * the features and has a word for a label where the next line has a number. When in doubt it is
   * data, so that no sample is lost unseen.
   */
  private static boolean looksLikeNames(
      List<Integer> labels, BitSet ignored, List<String> first, @Nullable List<String> second) {
    BitSet skipped = (BitSet) ignored.clone();
    labels.forEach(skipped::set);
    List<String> features = features(skipped, first);
    if (features.stream().noneMatch(Numeral::is)) {
      return features.stream().anyMatch(Columns::isWord);
    }
    return !labels.isEmpty()
        && second != null
        && second.size() == first.size()
        && labels.stream()
            .allMatch(label -> isWord(first.get(label)) && Numeral.is(second.get(label)))
        && features.size() > 1
        && (counts(features, 0) || counts(features, 1));
  }

  private static boolean counts(List<String> features, int start) {
    for (int i = 0; i < features.size(); i++) {
      if (!features.get(i).equals(Integer.toString(start + i))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> features(BitSet skipped, List<String> fields) {
    List<String> features = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!skipped.get(i)) {
        features.add(fields.get(i));
      }
    }
    return features;
  }

  private static boolean isWord(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "inf", "-inf", "infinity", "-infinity" -> false;
      default -> !isMissing(field) && field.chars().anyMatch(Character::isLetter);
    };
  }

  /** Tells a cell that says that there is nothing from one that says something. */
  static boolean isMissing(String field) {
    return switch (field.toLowerCase(Locale.ROOT)) {
      case "", "?", "na", "n/a", "nan", "null", "none" -> true;
      default -> false;
    };
  }
}
