package dev.rewire.data.csv;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The column of a table that holds the class of each sample. */
public sealed interface LabelColumn {
  /** The last column. */
  record Last() implements LabelColumn {}

  /** No column: every column is a feature. */
  record None() implements LabelColumn {}

  /**
   * The column with a name, which the first line of the file gives.
   *
   * @param name upper and lower case matter
   */
  record Named(String name) implements LabelColumn {}

  /**
   * The column at a place.
   *
   * @param number 1 for the first column
   */
  record Numbered(int number) implements LabelColumn {
    /** Checks the number. */
    public Numbered {
      if (number < 1) {
        throw new IllegalArgumentException("column number must be 1 or more: " + number);
      }
    }
  }

  /**
   * Several columns, of numbers to predict or of a 0 or 1 for each of several labels.
   *
   * @param columns two or more, each a name or a number
   */
  record Several(List<LabelColumn> columns) implements LabelColumn {
    /** Copies the list. */
    public Several {
      columns = List.copyOf(columns);
    }

    /**
     * Writes them as they are typed.
     *
     * @return names and numbers, separated by commas
     */
    public String text() {
      return columns.stream().map(Several::text).collect(Collectors.joining(","));
    }

    private static String text(LabelColumn column) {
      return switch (column) {
        case Named(String name) -> name;
        case Numbered(int number) -> Integer.toString(number);
        case Last() -> "last";
        case None(), Several(_) -> throw new IllegalStateException("no single column: " + column);
      };
    }
  }

  /**
   * Understands what a user types.
   *
   * @param text {@code last}, {@code none}, a number from 1, several of these or of names separated
   *     by commas, or else a name
   * @return the column that is meant
   */
  static LabelColumn of(String text) {
    return switch (text) {
      case "last" -> new Last();
      case "none" -> new None();
      default ->
          text.contains(",") && Arrays.stream(text.split(",", -1)).noneMatch(LabelColumn::noColumn)
              ? new Several(
                  Arrays.stream(text.split(",", -1)).map(each -> of(each.strip())).toList())
              : text.matches("[1-9][0-9]{0,8}")
                  ? new Numbered(Integer.parseInt(text))
                  : new Named(text);
    };
  }

  private static boolean noColumn(String text) {
    return text.isBlank() || text.strip().equals("none");
  }
}
