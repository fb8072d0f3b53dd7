package dev.rewire.data.libsvm;

import dev.rewire.data.DataException;
import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.Numeral;
import dev.rewire.data.file.Content;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.dataset.SparseRows;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of a file, all numbers checked, while it is read. */
final class LibsvmTable {
  private static final int MOST_FEATURES = Integer.MAX_VALUE - 16;
  private static final int MOST_EXACT = 1 << 24;
  private static final float[] POWERS = {
    1f, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f, 1e7f, 1e8f, 1e9f, 1e10f
  };

  private final String file;
  private final Classes classes;
  private final @Nullable Head head;
  private final SparseRows rows;
  private final LibsvmOptions options;

  /** 0 or 1, or -1 as long as an index 0 may still come. */
  private int first;

  private int largest = -1;
  private long lineOfLargest;

  private LibsvmTable(String file, LibsvmOptions options, @Nullable Head head, SparseRows rows) {
    this.head = head;
    this.file = file;
    this.rows = rows;
    this.options = options;
    classes = new Classes(file, "its label", "line", head);
    first =
        switch (options.first()) {
          case DETECTED -> -1;
          case ZERO -> 0;
          case ONE -> 1;
        };
  }

  /**
   * Reads a file.
   *
   * @param path plain or gzip
   * @param options how
   * @param head what labels are, or null to find out
   * @param rows takes the samples
   * @return one sample or more
   */
  static LibsvmTable read(Path path, LibsvmOptions options, @Nullable Head head, SparseRows rows) {
    LibsvmTable table = new LibsvmTable(path.toString(), options, head, rows);
    try (Content content = Content.open(path)) {
      Lines lines = new Lines(table.file, content);
      while (lines.advance()) {
        table.add(lines);
      }
    }
    if (table.rows.size() == 0) {
      throw new DataException(
          table.file + " has no samples: give a file with lines like \"1 3:0.5 7:2\".");
    }
    if (table.first < 0) {
      table.first = 1;
    }
    return table;
  }

  private void add(Lines lines) {
    byte[] bytes = lines.bytes();
    int at = tokenEnd(bytes, lines.from(), lines.to());
    String label = text(bytes, lines.from(), at);
    boolean several = label.indexOf(',') >= 0;
    if (head == Head.MULTI_LABEL && label.indexOf(':') >= 0) {
      at = lines.from(); // a sample without labels begins with its first pair
      label = "";
    } else if (several ? !lists(label) : !Numeral.is(label)) {
      throw wrong(
          lines,
          "begins with \"" + shortened(label) + "\"",
          several
              ? head == Head.CLASSES || head == Head.BINARY
                  ? "a sample can have several labels only with --head multi-label"
                  : "several labels must be numbers with commas between them, like \"1,3 7:0.5\""
              : "a line must begin with the number of its class, like \"1 3:0.5 7:2\"");
    }
    classes.add(label, lines.number());
    int before = -1;
    while (true) {
      int begin = at;
      while (begin < lines.to() && Lines.isSpace(bytes[begin])) {
        begin++;
      }
      if (begin == lines.to()) {
        break;
      }
      at = tokenEnd(bytes, begin, lines.to());
      before = addPair(lines, begin, at, before);
    }
    rows.endRow();
  }

  /** Whether a label is a list of numbers, where there can be such. */
  private boolean lists(String label) {
    if (head == Head.CLASSES || head == Head.BINARY) {
      return false;
    }
    String[] pieces = label.split(",", -1);
    if (!Arrays.stream(pieces).allMatch(Numeral::is)) {
      return false;
    }
    boolean whole = Arrays.stream(pieces).allMatch(piece -> piece.matches("[-+]?[0-9]+"));
    classes.lookLike(whole ? Head.MULTI_LABEL : Head.REGRESSION);
    return true;
  }

  private int addPair(Lines lines, int begin, int end, int before) {
    byte[] bytes = lines.bytes();
    int colon = begin;
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    if (text(bytes, begin, colon).equals("qid")) {
      return before; // groups of a ranking, of no use here
    }
    long index = index(bytes, begin, colon);
    float value = colon < end ? value(bytes, colon + 1, end) : Float.NaN;
    if (index < 0 || Float.isNaN(value)) {
      throw wrong(
          lines,
          "has \"" + shortened(text(bytes, begin, end)) + "\"",
          "behind the label there must be pairs of an index and a finite number, like 7:0.5");
    }
    if (index > MOST_FEATURES) {
      throw wrong(lines, "has index " + index, "give indices below " + MOST_FEATURES);
    }
    int feature = (int) index;
    if (feature <= before) {
      throw wrong(
          lines,
          "has index " + feature + (feature == before ? " twice" : " after " + before),
          "sort the indices of that line, each of them once");
    }
    if (feature == 0) {
      if (first == 1) {
        throw wrong(lines, "has index 0, but indices count from 1 here", CHECK_FIRST);
      }
      first = 0;
    }
    if (feature > largest) {
      largest = feature;
      lineOfLargest = lines.number();
    }
    rows.add(feature, value);
    return feature;
  }

  private static final String CHECK_FIRST =
      "check that this file counts as the training file does (--first-index 0 or 1 says how)";

  private static int tokenEnd(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !Lines.isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Reads a whole number, or returns -1; what is too large is anything above the limit. */
  private static long index(byte[] bytes, int from, int to) {
    long index = from < to ? 0 : -1;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      index = Math.min(10 * index + digit, Long.MAX_VALUE / 20);
    }
    return index;
  }

  /**
   * Reads a decimal number. Short ones, which is nearly all, are a quotient of two floats that are
   * exact, so that dividing rounds as {@link Float#parseFloat} does.
   */
  private static float value(byte[] bytes, int from, int to) {
    boolean negative = from < to && bytes[from] == '-';
    int digits = 0;
    int point = -1;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit >= 0 && digit <= 9 && digits < MOST_EXACT / 10 - 1) {
        digits = 10 * digits + digit;
      } else if (bytes[i] == '.' && point < 0) {
        point = i;
      } else {
        return Numeral.parse(text(bytes, from, to));
      }
    }
    int places = point < 0 ? 0 : to - point - 1;
    int count = to - from - (negative ? 1 : 0) - (point < 0 ? 0 : 1);
    if (count == 0 || places >= POWERS.length) {
      return Numeral.parse(text(bytes, from, to));
    }
    float value = digits / POWERS[places];
    return negative ? -value : value;
  }

  private DataException wrong(Lines lines, String what, String remedy) {
    return new DataException(file + ":" + lines.number() + " " + what + ": " + remedy + ".");
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  int first() {
    return first;
  }

  Classes classes() {
    return classes;
  }

  int size() {
    return rows.size();
  }

  /**
   * Puts the samples together.
   *
   * @param name of the data set
   * @param labels class of each sample
   * @param classNames one name a class
   * @return a data set with the features asked for, or else those that occur
   */
  SparseInMemoryDataset dataset(String name, int[] labels, List<String> classNames) {
    return rows.dataset(name, width(), first, labels, classNames);
  }

  /** Returns the features asked for, or else those that occur. */
  int width() {
    int found = largest - first + 1;
    int width = options.features() == 0 ? Math.max(1, found) : options.features();
    if (found > width) {
      throw new DataException(
          "%s:%d has index %d, which is feature number %d, but there are %d features: use the same"
                  .formatted(file, lineOfLargest, largest, found, width)
              + " features for training and testing, or give their number by --features.");
    }
    return width;
  }
}
