package dev.rewire.data.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.FieldModifiers;
import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.file.Content;
import dev.rewire.dataset.Head;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file, all numbers checked.
 *
 * @param columns what the columns are
 * @param rows the features
 * @param classes the labels, empty if there is no label column
 * @param missing whether missing features are refused
 */
record CsvTable(Columns columns, Rows rows, Classes classes, Missing missing) {
  private static final int BEGINNING = 1 << 16;
  private static final int MOST_COLUMNS = 1 << 22;

  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how
   * @return one row or more
   */
  static CsvTable read(Path path, CsvOptions options) {
    return read(path, options, Head.CLASSES, null);
  }

  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how
   * @param head what labels are, or null to find out
   * @param sink takes the rows instead of the table, or null
   * @return one row or more, or none with a sink
   */
  static CsvTable read(Path path, CsvOptions options, @Nullable Head head, @Nullable RowSink sink) {
    return open(path, options, (file, records) -> read(file, records, options, head, sink));
  }

  /** What is made of the records of a file. */
  interface Reading<T> {
    T of(String file, Iterator<CsvRecord> records);
  }

  /** Opens a file of text, takes its lines apart, and closes it. */
  static <T> T open(Path path, CsvOptions options, Reading<T> reading) {
    String file = path.toString();
    try (Content content = Content.open(path);
        BufferedInputStream stream = new BufferedInputStream(content.stream(), BEGINNING)) {
      stream.mark(BEGINNING);
      byte[] beginning = stream.readNBytes(BEGINNING);
      stream.reset();
      char delimiter = delimiter(file, beginning, options.delimiter());
      try (CsvReader<CsvRecord> records =
          CsvReader.builder()
              .fieldSeparator(delimiter)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .trimWhitespacesAroundQuotes(true)
              .detectBomHeader(true)
              .build(
                  CsvRecordHandler.of(handler ->
                      handler.fieldModifier(FieldModifiers.STRIP).maxFields(MOST_COLUMNS)),
                  stream)) {
        return reading.of(file, records.iterator());
      }
    } catch (CsvParseException e) {
      throw cause(file, e);
    } catch (IOException | UncheckedIOException e) {
      throw new DataException(file + " cannot be read: check the file and its disk.", e);
    }
  }

  private static CsvTable read(
      String file,
      Iterator<CsvRecord> records,
      CsvOptions options,
      @Nullable Head head,
      @Nullable RowSink sink) {
    if (!records.hasNext()) {
      throw new DataException(file + " is empty: give a file with at least one line of numbers.");
    }
    CsvRecord first = records.next();
    CsvRecord second = records.hasNext() ? records.next() : null;
    Columns columns =
        Columns.of(file, options, first.getFields(), second == null ? null : second.getFields());
    CsvTable table =
        new CsvTable(
            columns,
            new Rows(columns.features(), sink),
            new Classes(file, columns.describeLabels(), "line", head)
                .ofColumns(columns.labelNames()),
            options.missing());
    float[] row = new float[columns.features()];
    if (columns.names() == null) {
      table.add(file, first, row);
    }
    if (second != null) {
      table.add(file, second, row);
    }
    records.forEachRemaining(record -> table.add(file, record, row));
    if (table.rows.size() == 0) {
      throw new DataException(
          file + " has a header in line 1 but no samples: add at least one line of numbers.");
    }
    return table;
  }

  private void add(String file, CsvRecord record, float[] row) {
    long line = record.getStartingLineNumber();
    List<String> fields = record.getFields();
    if (fields.size() != columns.count()) {
      throw new DataException(
          file
              + " has "
              + fields.size()
              + " fields in line "
              + line
              + ", but its first line has "
              + columns.count()
              + ": make all lines equally long.");
    }
    if (!columns.labels().isEmpty()) {
      classes.add(label(fields), line);
    }
    int feature = 0;
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      if (columns.skipped().get(i)) {
        continue;
      }
      float value = Numeral.parse(field);
      boolean allowed = missing != Missing.REFUSE && Columns.isMissing(field);
      if (Float.isNaN(value) && !allowed) {
        throw new DataException(
            file
                + (field.isEmpty() ? " has nothing" : " has \"" + shortened(field) + "\"")
                + " in line "
                + line
                + ", "
                + columns.describe(i)
                + ", where a feature must be a finite number: correct or remove that "
                + (line == 1 ? "line, or say that it is a header" : "line or column")
                + (Columns.isMissing(field)
                    ? ", or say by --missing what to do about it."
                    : columns.mayBeSamples()
                        ? ", or say --samples-in columns if each line is a feature."
                        : ", or leave the column out by --ignore " + columns.shortest(i) + "."));
      }
      row[feature++] = value;
    }
    rows.add(row);
  }

  /** The label, or the cells of all label columns with commas between them. */
  private String label(List<String> fields) {
    return columns.labels().size() == 1
        ? fields.get(columns.labels().getFirst())
        : columns.labels().stream().map(fields::get).collect(Collectors.joining(","));
  }

  private static char delimiter(String file, byte[] beginning, @Nullable Character known) {
    for (int i = 0; i < beginning.length; i++) {
      if (beginning[i] == 0) {
        throw new DataException(
            file + " is no text (a zero at byte " + i + "): give a CSV file in UTF-8.");
      }
    }
    return known != null
        ? known
        : Delimiter.detect(
            new String(beginning, StandardCharsets.UTF_8), beginning.length < BEGINNING);
  }

  /** The reader of records wraps what its stream throws. */
  private static DataException cause(String file, CsvParseException failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof DataException known) {
        return known;
      }
    }
    Throwable reason = failure.getCause();
    return new DataException(
        file
            + " is no proper CSV ("
            + failure.getMessage()
            + (reason == null ? "" : ": " + reason.getMessage())
            + "): correct that line.",
        failure);
  }

  private static String shortened(String field) {
    return field.length() <= 40 ? field : field.substring(0, 40) + "...";
  }
}
