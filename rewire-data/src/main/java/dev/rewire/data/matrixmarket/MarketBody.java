package dev.rewire.data.matrixmarket;

import dev.rewire.data.DataException;
import dev.rewire.data.array.ArrayEntry;
import dev.rewire.data.array.NumberSink;
import dev.rewire.data.array.SparseMatrix;
import dev.rewire.data.csv.Numeral;
import dev.rewire.data.file.Content;
import dev.rewire.data.file.TextLines;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What follows the banner. */
final class MarketBody {
  private static final long MOST = Integer.MAX_VALUE - 16;

  private final Path path;
  private final TextLines lines;
  private final MatrixMarket.Banner banner;

  MarketBody(Path path, TextLines lines, MatrixMarket.Banner banner) {
    this.path = path;
    this.lines = lines;
    this.banner = banner;
  }

  ArrayEntry entry(String sizes) {
    String[] words = sizes.split("\\s+");
    int wanted = banner.sparse() ? 3 : 2;
    if (words.length != wanted) {
      throw lines.wrong(
          "has " + words.length + " sizes",
          "give rows, columns" + (wanted == 3 ? ", entries" : ""));
    }
    int rows = (int) size(words[0]);
    int columns = (int) size(words[1]);
    if (banner.mirror() != 0 && rows != columns) {
      throw lines.wrong("is a symmetric matrix that is not square", "correct the sizes");
    }
    if (banner.sparse()) {
      long entries = size(words[2]);
      if (entries > MOST / 2) {
        throw lines.wrong("promises " + entries + " entries", "give at most " + MOST / 2);
      }
      promise(entries, banner.pattern() ? 4 : 6);
      return new ArrayEntry.Sparse(
          "matrix", rows, columns, "coordinates", () -> coordinates(rows, columns, (int) entries));
    }
    if (banner.mirror() != 0) {
      throw lines.wrong("is a dense symmetric matrix", "write it as general");
    }
    promise((long) rows * columns, 2);
    return new ArrayEntry.Dense(
        "matrix",
        List.of((long) rows, (long) columns),
        "numbers",
        true,
        sink -> numbers((long) rows * columns, sink));
  }

  private long size(String word) {
    long size = word.matches("[0-9]{1,12}") ? Long.parseLong(word) : -1;
    if (size < 0 || size > MOST) {
      throw lines.wrong("has the size " + word, "give a whole number up to " + MOST);
    }
    return size;
  }

  /** Every number takes some letters, so the length of the file limits how many there can be. */
  private void promise(long count, int letters) {
    try (Content content = Content.open(path)) {
      if (count > content.most() / letters + 1) {
        throw lines.wrong(
            "promises " + count + " numbers, more than the file has room for",
            "copy or write the file again");
      }
    }
  }

  private SparseMatrix coordinates(int rows, int columns, int entries) {
    boolean mirrored = banner.mirror() != 0;
    int room = mirrored ? 2 * entries : entries;
    int[] row = new int[room];
    int[] column = new int[room];
    float[] value = new float[room];
    int size = 0;
    for (int i = 0; i < entries; i++) {
      String[] words = line(i, entries).split("\\s+");
      if (words.length != (banner.pattern() ? 2 : 3)) {
        throw lines.wrong(
            "has " + words.length + " words",
            "give row and column" + (banner.pattern() ? "" : ", value"));
      }
      row[size] = place(words[0], rows);
      column[size] = place(words[1], columns);
      value[size] = banner.pattern() ? 1 : (float) number(words[2]);
      if (mirrored && row[size] != column[size]) {
        row[size + 1] = column[size];
        column[size + 1] = row[size];
        value[size + 1] = banner.mirror() * value[size];
        size++;
      }
      size++;
    }
    end();
    return SparseMatrix.of(
        path.toString(),
        rows,
        columns,
        Arrays.copyOf(row, size),
        Arrays.copyOf(column, size),
        Arrays.copyOf(value, size));
  }

  private void numbers(long count, NumberSink sink) {
    double[] one = new double[1];
    for (long i = 0; i < count; i++) {
      one[0] = number(line(i, count));
      sink.accept(one, 1);
    }
    end();
  }

  private String line(long done, long count) {
    String line = MatrixMarket.content(lines);
    if (line == null) {
      throw new DataException(
          "%s ends behind line %d with %d of %d entries: copy or write the file again."
              .formatted(path, lines.number(), done, count));
    }
    return line;
  }

  private void end() {
    if (MatrixMarket.content(lines) != null) {
      throw lines.wrong("is one entry too many", "correct the sizes above");
    }
  }

  private int place(String word, int limit) {
    long place = word.matches("[0-9]{1,12}") ? Long.parseLong(word) : 0;
    if (place < 1 || place > limit) {
      throw lines.wrong("has the place " + word, "give a whole number from 1 to " + limit);
    }
    return (int) place - 1;
  }

  /** A number that is not there is written as NaN. */
  private double number(String word) {
    double value = Numeral.parseDouble(word);
    if (Double.isNaN(value) && !word.toLowerCase(Locale.ROOT).equals("nan")) {
      String shown = word.length() > 40 ? word.substring(0, 40) + "..." : word;
      throw lines.wrong("has \"" + shown + "\"", "give a finite number");
    }
    return value;
  }
}
