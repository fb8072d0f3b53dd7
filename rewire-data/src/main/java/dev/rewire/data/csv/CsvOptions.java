package dev.rewire.data.csv;

import org.jspecify.annotations.Nullable;

/**
 * How to read a table.
 *
 * @param header whether the first line names the columns
 * @param label which column holds the classes
 * @param delimiter what separates columns, or null to find out: comma, semicolon or tab
 */
public record CsvOptions(Header header, LabelColumn label, @Nullable Character delimiter) {
  /** Everything is found out, and the label is the last column. */
  public static final CsvOptions DEFAULT =
      new CsvOptions(Header.DETECTED, new LabelColumn.Last(), null);

  /** Whether the first line names the columns. */
  public enum Header {
    /** Its names are used. */
    PRESENT,
    /** It is a sample like all others. */
    ABSENT,
    /** It names them if the label column is given by name, or if it looks like names. */
    DETECTED
  }

  /**
   * Changes the header.
   *
   * @param changed whether the first line names the columns
   * @return otherwise equal options
   */
  public CsvOptions withHeader(Header changed) {
    return new CsvOptions(changed, label, delimiter);
  }

  /**
   * Changes the label column.
   *
   * @param changed which column holds the classes
   * @return otherwise equal options
   */
  public CsvOptions withLabel(LabelColumn changed) {
    return new CsvOptions(header, changed, delimiter);
  }

  /**
   * Changes the delimiter.
   *
   * @param changed what separates columns, or null to find out
   * @return otherwise equal options
   */
  public CsvOptions withDelimiter(@Nullable Character changed) {
    return new CsvOptions(header, label, changed);
  }
}
