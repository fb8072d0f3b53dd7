package dev.rewire.data.csv;

import dev.rewire.data.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The label column of a table while it is read, and the classes found in it. */
public final class Classes {
  private static final int MANY_CLASSES = 1000;
  private static final int SOME_CLASSES = 20;

  private final String file;
  private final String column;
  private final String unit;
  private final Map<String, Integer> codes = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Long> firstLines = new ArrayList<>();
  private int[] rows = new int[1024];
  private int size;

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
    this.file = file;
    this.column = column;
    this.unit = unit;
  }

  /**
   * Adds the label of the next sample.
   *
   * @param text without spaces around it
   * @param line number in the file, or of the sample, from 1
   */
  public void add(String text, long line) {
    if (text.isEmpty() || text.equalsIgnoreCase("nan")) {
      throw new DataException(
          file
              + " has no class in "
              + unit
              + " "
              + line
              + ", "
              + column
              + ": fill it in or remove that "
              + unit
              + ".");
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
   * Orders the classes found: by value if all are numbers, else by letters.
   *
   * @return two or more names
   * @throws DataException if they are no classes
   */
  public List<String> sorted() {
    boolean numeric = texts.stream().allMatch(Numeral::is);
    if (numeric && looksMeasured()) {
      throw new DataException(
          file
              + " has "
              + texts.size()
              + " different numbers in "
              + column
              + ", too many to be classes: regression is not supported yet, so name a column of"
              + " classes.");
    }
    if (texts.size() < 2) {
      throw new DataException(
          file
              + " has only the class \""
              + texts.getFirst()
              + "\" in "
              + column
              + ": add samples of another class, or name the right label column.");
    }
    List<String> names = new ArrayList<>(texts);
    names.sort(
        numeric ? Comparator.comparingDouble(Numeral::parseDouble) : Comparator.naturalOrder());
    return names;
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
