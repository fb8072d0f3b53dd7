package dev.rewire.data.csv;

import dev.rewire.data.Missing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to read a table.
 *
 * @param header whether the first line names the columns
 * @param label which column holds the classes
 * @param delimiter what separates columns, or null to find out: comma, semicolon or tab
 * @param missing whether a feature that is missing is refused; else it is {@code NaN}
 * @param ignored columns that are no features, each by its name or its number from 1; a name with a
 *     question mark behind it need not be there
 */
public record CsvOptions(
    Header header,
    LabelColumn label,
    @Nullable Character delimiter,
    Missing missing,
    List<String> ignored) {
  /** Copies the list. */
  public CsvOptions {
    ignored = List.copyOf(ignored);
  }

  /** Everything is found out, and the label is the last column. */
  public static final CsvOptions DEFAULT =
      new CsvOptions(Header.DETECTED, new LabelColumn.Last(), null, Missing.REFUSE, List.of());

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
    return new CsvOptions(changed, label, delimiter, missing, ignored);
  }

  /**
   * Changes the label column.
   *
   * @param changed which column holds the classes
   * @return otherwise equal options
   */
  public CsvOptions withLabel(LabelColumn changed) {
    return new CsvOptions(header, changed, delimiter, missing, ignored);
  }

  /**
   * Changes the delimiter.
   *
   * @param changed what separates columns, or null to find out
   * @return otherwise equal options
   */
  public CsvOptions withDelimiter(@Nullable Character changed) {
    return new CsvOptions(header, label, changed, missing, ignored);
  }

  /**
   * Changes what happens to missing values.
   *
   * @param changed policy
   * @return otherwise equal options
   */
  public CsvOptions withMissing(Missing changed) {
    return new CsvOptions(header, label, delimiter, changed, ignored);
  }

  /**
   * Changes which columns are left out.
   *
   * @param changed names, or numbers from 1; a name with a question mark behind it need not be
   *     there
   * @return otherwise equal options
   */
  public CsvOptions withIgnored(List<String> changed) {
    return new CsvOptions(header, label, delimiter, missing, changed);
  }

  /**
   * Leaves columns out that new samples may have or not.
   *
   * @return options whose ignored columns, if they are named, need not be there
   */
  public CsvOptions ignoringIfThere() {
    return withIgnored(
        ignored.stream()
            .map(column ->
                LabelColumn.of(column) instanceof LabelColumn.Named && !column.endsWith("?")
                    ? column + "?"
                    : column)
            .toList());
  }
}
