package dev.rewire.data.csv;

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
   * Understands what a user types.
   *
   * @param text {@code last}, {@code none}, a number from 1, or else a name
   * @return the column that is meant
   */
  static LabelColumn of(String text) {
    return switch (text) {
      case "last" -> new Last();
      case "none" -> new None();
      default ->
          text.matches("[1-9][0-9]{0,8}") ? new Numbered(Integer.parseInt(text)) : new Named(text);
    };
  }
}
