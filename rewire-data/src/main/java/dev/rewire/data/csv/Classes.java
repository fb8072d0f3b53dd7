package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import dev.rewire.dataset.ClassTargets;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The label column of a table while it is read, and the classes found in it, or the sets of labels,
 * or the numbers.
 */
public final class Classes {
  /** Between the values of a label that has several. */
  static final Pattern SEPARATOR = Pattern.compile("[,;|]");

  private static final int MANY_CLASSES = 1000;
  private static final int SOME_CLASSES = 20;

  private final String file;
  private final String column;
  private final String unit;
  private final boolean mayBeEmpty;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> firstLines = new ArrayList<>();
  private int[] rows = new int[1024];
  private int size;
  private List<String> columns = List.of();
  private @Nullable Head looks;

  /** Takes the labels instead, if it is known that they are numbers. */
  private final @Nullable NumberLabels numbers;

  /**
   * Starts an empty column.
   *
   * @param file for messages
   * @param column how messages call the column
   */
  public Classes(String file, String column) {
    this(file, column, "line");
  }

  /**
   * Starts an empty column of something that has no lines.
   *
   * @param file for messages
   * @param column how messages call the column
   * @param unit how messages call a sample
   */
  public Classes(String file, String column, String unit) {
    this(file, column, unit, null);
  }

  /**
   * Starts an empty column of labels that are perhaps no classes.
   *
   * @param file for messages
   * @param column how messages call the column
   * @param unit how messages call a sample
   * @param head what the labels are, or null to find out
   */
  public Classes(String file, String column, String unit, @Nullable Head head) {
    this.file = file;
    this.column = column;
    this.unit = unit;
    mayBeEmpty = head == Head.MULTI_LABEL;
    numbers = head == Head.REGRESSION ? new NumberLabels(file, column, unit) : null;
  }

  /**
   * Adds the label of the next sample.
   *
   * @param text without spaces around it
   * @param line number in the file, or of the sample, from 1
   */
  public void add(String text, long line) {
    if ((text.isEmpty() && !mayBeEmpty) || text.equalsIgnoreCase("nan")) {
      throw new DataException(
          file
              + (numbers == null ? " has no class in " : " has no number to predict in ")
              + unit
              + " "
              + line
              + ", "
              + column
              + ": fill it in or remove that "
              + unit
              + ".");
    }
    if (numbers != null) {
      numbers.add(text, line);
      return;
    }
    Integer code =
        codes.computeIfAbsent(
            Numeral.canonical(text),
            name -> {
              texts.add(name);
              firstLines.add(line);
              return texts.size() - 1;
            });
    if (size == rows.length) {
      rows = Arrays.copyOf(rows, 2 * size);
    }
    rows[size++] = code;
  }

  /**
   * Names the columns that the labels come from.
   *
   * @param names one or more; of several, each text has a value for each, separated by commas
   * @return this
   */
  public Classes ofColumns(List<String> names) {
    columns = List.copyOf(names);
    return this;
  }

  /**
   * Says that a label is a list, as nobody has said what labels are.
   *
   * @param head what it looks like: {@link Head#MULTI_LABEL}, or {@link Head#REGRESSION}, which
   *     wins if both are said
   */
  public void lookLike(Head head) {
    looks = looks == Head.REGRESSION ? looks : head;
  }

  /**
   * Returns the number of labels.
   *
   * @return how often {@link #add} was called
   */
  public int size() {
    return numbers == null ? size : numbers.samples();
  }

  /**
   * Says what the labels are, if nobody has: numbers to predict if they are numbers and hardly ever
   * the same, or if there are several columns of them; sets of labels if there are several columns
   * of 0 and 1; else classes.
   *
   * @return what they look like
   */
  public Head found() {
    if (numbers != null) {
      return Head.REGRESSION;
    }
    if (looks != null) {
      return looks;
    }
    if (columns.size() > 1) {
      boolean ones =
          texts.stream().allMatch(text -> SEPARATOR.splitAsStream(text).allMatch(Classes::isBit));
      return ones ? Head.MULTI_LABEL : Head.REGRESSION;
    }
    boolean measured = texts.stream().allMatch(Numeral::is) && looksMeasured();
    return measured ? Head.REGRESSION : Head.CLASSES;
  }

  private static boolean isBit(String cell) {
    double value = Numeral.parseDouble(cell.strip());
    return value == 0 || value == 1;
  }

  /**
   * Makes targets of the labels.
   *
   * @param head what they are; two classes for one output are classes here
   * @param known names of all classes, labels or numbers, in order, or nothing to take those found
   * @return one target a sample
   * @throws DataException if the labels are no such targets
   */
  public Targets targets(Head head, List<String> known) {
    return switch (head) {
      case CLASSES, BINARY -> {
        List<String> names = known.isEmpty() ? sorted() : known;
        yield new ClassTargets(Head.CLASSES, labels(names), names);
      }
      case MULTI_LABEL ->
          new SetLabels(file, column, unit, columns)
              .targets(texts, firstLines, Arrays.copyOf(rows, size), known);
      case REGRESSION -> {
        NumberLabels all = numbers;
        if (all == null) {
          all = new NumberLabels(file, column, unit);
          for (int i = 0; i < size; i++) {
            all.add(texts.get(rows[i]), firstLines.get(rows[i]));
          }
        }
        yield all.targets(columns, known);
      }
    };
  }

  /**
   * Orders the classes found: by value if all are numbers, else by letters.
   *
   * @return two or more names
   * @throws DataException if there is only one
   */
  public List<String> sorted() {
    if (texts.size() < 2) {
      throw new DataException(
          file
              + " has only the class \""
              + texts.getFirst()
              + "\" in "
              + column
              + ": add samples of another class, or name the right label column.");
    }
    return inOrder(texts);
  }

  /** Orders names by value if all are numbers, else by letters. */
  static List<String> inOrder(List<String> names) {
    List<String> ordered = new ArrayList<>(names);
    ordered.sort(
        names.stream().allMatch(Numeral::is)
            ? Comparator.comparingDouble(Numeral::parseDouble)
            : Comparator.naturalOrder());
    return ordered;
  }

  /**
   * Numbers the labels.
   *
   * @param names all classes, in order
   * @return index in {@code names} of each sample's class
   * @throws DataException if a label is none of them
   */
  public int[] labels(List<String> names) {
    Map<String, Integer> indices = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      indices.putIfAbsent(Numeral.canonical(names.get(i)), i);
    }
    int[] indexOfCode = new int[texts.size()];
    for (int code = 0; code < texts.size(); code++) {
      Integer index = indices.get(texts.get(code));
      if (index == null) {
        throw new DataException(
            file
                + " has the unknown class \""
                + texts.get(code)
                + "\" in "
                + unit
                + " "
                + firstLines.get(code)
                + ", "
                + column
                + ": known classes are "
                + Listing.of(names)
                + ".");
      }
      indexOfCode[code] = index;
    }
    int[] labels = new int[size];
    Arrays.setAll(labels, i -> indexOfCode[rows[i]]);
    return labels;
  }

  private boolean looksMeasured() {
    boolean fractions = texts.stream().anyMatch(text -> !text.matches("-?[0-9]+"));
    return (fractions && texts.size() > MANY_CLASSES)
        || (texts.size() > SOME_CLASSES && 2L * texts.size() > size);
  }
}
