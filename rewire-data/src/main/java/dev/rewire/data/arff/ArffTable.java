package dev.rewire.data.arff;

import dev.rewire.data.DataException;
import dev.rewire.data.Missing;
import dev.rewire.data.csv.Classes;
import dev.rewire.data.csv.LabelColumn;
import dev.rewire.data.csv.Rows;
import dev.rewire.data.file.TextLines;
import dev.rewire.data.format.ReadOptions;
import dev.rewire.dataset.Head;
import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.LoadedDataset;
import dev.rewire.dataset.SparseRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content of a file, all values checked, while it is read. */
final class ArffTable {
  private static final int MOST_FEATURES = 1 << 24;

  private final TextLines lines;
  private final Missing missing;
  private final List<ArffAttribute> attributes;

  /** The places of the attributes to predict, in the order in which they were named. */
  private final List<Integer> targets;

  private final boolean[] isTarget;
  private final int[] first;
  private final List<String> labels = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private final float[] row;
  private @Nullable Rows rows;
  private @Nullable SparseRows sparse;

  private ArffTable(TextLines lines, ReadOptions options, ArffHeader header) {
    this.lines = lines;
    this.missing = options.missing();
    attributes = header.attributes();
    targets = targets(options.labelColumn(), header.labels());
    if (targets.stream().distinct().count() < targets.size()) {
      throw lines.wrong("is to have one attribute as two labels", "name each attribute once");
    }
    isTarget = new boolean[attributes.size()];
    targets.forEach(a -> isTarget[a] = true);
    first = new int[attributes.size() + 1];
    long features = 0;
    for (int a = 0; a < attributes.size(); a++) {
      first[a] = (int) features;
      ArffAttribute attribute = attributes.get(a);
      if (!isTarget[a] && attribute.kind() == ArffAttribute.Kind.TEXT) {
        throw lines.wrong(
            "has the attribute " + attribute.name() + " above, whose values are text or dates",
            "remove it, or name it as the label");
      }
      features += isTarget[a] ? 0 : attribute.width();
      if (features > MOST_FEATURES) {
        throw lines.wrong("has more than " + MOST_FEATURES + " features above", "remove some");
      }
    }
    first[attributes.size()] = (int) features;
    if (features == 0) {
      throw lines.wrong("has no features above", "declare attributes beside the label");
    }
    row = new float[(int) features];
  }

  /** Reads a file to its end. */
  static ArffTable read(TextLines lines, ReadOptions options) {
    ArffTable table = new ArffTable(lines, options, ArffHeader.read(lines));
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("%")) {
        table.add(text);
      }
    }
    if (table.numbers.isEmpty()) {
      throw lines.wrong("ends without samples", "put lines with values behind @data");
    }
    return table;
  }

  /** The last attribute, unless the file or somebody says something else. */
  private List<Integer> targets(LabelColumn column, List<Integer> declared) {
    return switch (column) {
      case LabelColumn.Several(List<LabelColumn> columns) ->
          columns.stream().map(one -> targets(one, List.of()).getFirst()).toList();
      case LabelColumn.None() -> List.of();
      case LabelColumn.Last() -> declared.isEmpty() ? List.of(attributes.size() - 1) : declared;
      case LabelColumn.Numbered(int number) -> {
        if (number > attributes.size()) {
          throw lines.wrong(
              "has " + attributes.size() + " attributes above, so none has number " + number,
              "give another label");
        }
        yield List.of(number - 1);
      }
      case LabelColumn.Named(String name) -> {
        for (int a = 0; a < attributes.size(); a++) {
          if (attributes.get(a).name().equals(name)) {
            yield List.of(a);
          }
        }
        throw lines.wrong("has no attribute \"" + name + "\" above", "give another label");
      }
    };
  }

  private void add(String text) {
    boolean braces = text.startsWith("{");
    if (rows == null && sparse == null) {
      rows = braces ? null : new Rows(row.length);
      sparse = braces ? new SparseRows() : null;
    }
    if (braces != (sparse != null)) {
      throw lines.wrong("mixes lines with and without braces", "write all lines alike");
    }
    List<ArffCells.Cell> cells = braces ? sparseCells(text) : ArffCells.list(lines, text);
    if (cells.size() != attributes.size()) {
      throw lines.wrong(
          "has " + cells.size() + " values", "give " + attributes.size() + ", one an attribute");
    }
    for (int a = 0; a < cells.size(); a++) {
      if (!isTarget[a]) {
        put(a, cells.get(a));
      }
    }
    labels.add(targets.stream().map(a -> label(a, cells.get(a))).collect(Collectors.joining(",")));
    numbers.add(lines.number());
    if (rows != null) {
      rows.add(row);
    } else if (sparse != null) {
      for (int f = 0; f < row.length; f++) {
        if (row[f] != 0) {
          sparse.add(f, row[f]);
        }
      }
      sparse.endRow();
    }
  }

  private String label(int a, ArffCells.Cell cell) {
    ArffAttribute attribute = attributes.get(a);
    boolean known = attribute.values().isEmpty() || attribute.places().containsKey(cell.text());
    if (cell.missing() || !known) {
      throw lines.wrong(
          cell.missing() ? "has no class" : "has the class \"" + cell.text() + "\"",
          "give a declared value of " + attribute.name() + ", or remove that line");
    }
    return cell.text();
  }

  private void put(int a, ArffCells.Cell cell) {
    ArffAttribute attribute = attributes.get(a);
    float value = cell.missing() ? Float.NaN : attribute.value(cell.text());
    if (Float.isNaN(value) && (!cell.missing() || missing == Missing.REFUSE)) {
      String shown = cell.text().length() > 40 ? cell.text().substring(0, 40) : cell.text();
      throw lines.wrong(
          "has \"" + shown + "\" for " + attribute.name(),
          cell.missing()
              ? "say by --missing what to do about it, or remove that line"
              : "give a finite number or a declared value");
    }
    if (attribute.width() == 1) {
      row[first[a]] = value;
      return;
    }
    for (int v = 0; v < attribute.width(); v++) {
      row[first[a] + v] = Float.isNaN(value) ? value : v == (int) value ? 1 : 0;
    }
  }

  /** Writes a line like {@code {0 1.5, 3 red}} out; what is left out is 0 or the first value. */
  private List<ArffCells.Cell> sparseCells(String text) {
    if (!text.endsWith("}")) {
      throw lines.wrong("has no closing brace", "end the line by }");
    }
    List<ArffCells.Cell> cells = new ArrayList<>(attributes.size());
    for (ArffAttribute attribute : attributes) {
      cells.add(new ArffCells.Cell(attribute.absent(), true));
    }
    String inside = text.substring(1, text.length() - 1).strip();
    int before = -1;
    for (int at = 0; at < inside.length(); ) {
      int space = at;
      while (space < inside.length() && Character.isDigit(inside.charAt(space))) {
        space++;
      }
      String index = inside.substring(at, space);
      int place = index.matches("[0-9]{1,9}") ? Integer.parseInt(index) : -1;
      if (place <= before || place >= cells.size()) {
        throw lines.wrong(
            "has no index from "
                + (before + 1)
                + " to "
                + (cells.size() - 1)
                + " where one must be",
            "give pairs of an index, ascending from 0, and a value");
      }
      before = place;
      ArffCells.End end = ArffCells.one(lines, inside, space);
      cells.set(place, end.cell());
      at = end.next();
    }
    return cells;
  }

  int size() {
    return numbers.size();
  }

  /** Returns the labels as a column. */
  Classes classes(String file, @Nullable Head head) {
    if (targets.isEmpty()) {
      throw new DataException(file + " is read without a label attribute: name it by --label.");
    }
    List<String> names = targets.stream().map(a -> attributes.get(a).name()).toList();
    Classes classes = new Classes(file, String.join(", ", names), "line", head).ofColumns(names);
    for (int i = 0; i < labels.size(); i++) {
      classes.add(labels.get(i), numbers.get(i));
    }
    return classes;
  }

  LoadedDataset dataset(String name, int[] of, List<String> names) {
    if (sparse != null) {
      return sparse.dataset(name, row.length, 0, of, names);
    }
    if (rows == null) {
      throw new IllegalStateException("nothing was read");
    }
    return new InMemoryDataset(name, rows.toFloats(), row.length, of, names, null);
  }
}
