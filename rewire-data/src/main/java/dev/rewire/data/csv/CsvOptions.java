package dev.rewire.data.csv;

import dev.rewire.data.Missing;
import org.jspecify.annotations.Nullable;

/**
 * How to read a table.
 *
 * @param header whether the first line names the columns
 * @param label which column holds the classes
 * @param delimiter what separates columns, or null to find out: comma, semicolon or tab
 * @param missing whether a feature that is missing is refused; else it is {@code NaN}
 */
public record CsvOptions(
    Header header, LabelColumn label, @Nullable Character delimiter, Missing missing) {
  /** Everything is found out, and the label is the last column. */
  public static final CsvOptions DEFAULT =
      new CsvOptions(Header.DETECTED, new LabelColumn.Last(), null, Missing.REFUSE);

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
    return new CsvOptions(changed, label, delimiter, missing);
  }

  /**
   * Changes the label column.
   *
   * @param changed which column holds the classes
   * @return otherwise equal options
   */
  public CsvOptions withLabel(LabelColumn changed) {
    return new CsvOptions(header, changed, delimiter, missing);
  }

  /**
   * Changes the delimiter.
   *
   * @param changed what separates columns, or null to find out
   * @return otherwise equal options
   */
  public CsvOptions withDelimiter(@Nullable Character changed) {
    return new CsvOptions(header, label, changed, missing);
  }

  /**
   * Changes what happens to missing values.
   *
   * @param changed policy
   * @return otherwise equal options
   */
  public CsvOptions withMissing(Missing changed) {
    return new CsvOptions(header, label, delimiter, changed);
  }
}
