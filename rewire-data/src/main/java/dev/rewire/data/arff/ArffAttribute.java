package dev.rewire.data.arff;

import dev.rewire.data.csv.Numeral;
import dev.rewire.data.file.TextLines;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An attribute as the header declares it.
 *
 * @param name what it is called
 * @param kind what its values are
 * @param values of a nominal attribute, in their order
 * @param places of the values in that order
 */
record ArffAttribute(String name, Kind kind, List<String> values, Map<String, Integer> places) {
  enum Kind {
    NUMERIC,
    NOMINAL,
    TEXT
  }

  /**
   * Reads a declaration.
   *
   * @param lines for messages
   * @param text what follows {@code @attribute}
   */
  static ArffAttribute parse(TextLines lines, String text) {
    String[] parts = ArffCells.word(lines, text);
    String type = parts[1];
    if (parts[0].isEmpty() || type.isEmpty()) {
      throw lines.wrong("declares an attribute without name or type", "give both");
    }
    if (type.startsWith("{")) {
      if (!type.endsWith("}")) {
        throw lines.wrong("has a list of values that is not closed", "end it by }");
      }
      List<String> values =
          ArffCells.list(lines, type.substring(1, type.length() - 1)).stream()
              .map(ArffCells.Cell::text)
              .toList();
      Map<String, Integer> places = new HashMap<>();
      for (String value : values) {
        if (places.putIfAbsent(value, places.size()) != null) {
          throw lines.wrong("has the value \"" + value + "\" twice", "name each value once");
        }
      }
      return new ArffAttribute(parts[0], Kind.NOMINAL, values, places);
    }
    Kind kind =
        switch (type.toLowerCase(Locale.ROOT).split("\\s")[0]) {
          case "numeric", "real", "integer" -> Kind.NUMERIC;
          case "string", "date" -> Kind.TEXT;
          default ->
              throw lines.wrong(
                  "declares the type " + type, "use numeric, string, or a list of values in { }");
        };
    return new ArffAttribute(parts[0], kind, List.of(), Map.of());
  }

  private boolean numbers() {
    return kind == Kind.NUMERIC || values.stream().allMatch(Numeral::is);
  }

  /** Returns how many features this attribute becomes. */
  int width() {
    return numbers() || values.size() <= 2 ? 1 : values.size();
  }

  /** Returns the text of a value that a sparse line leaves out. */
  String absent() {
    return values.isEmpty() ? "0" : values.getFirst();
  }

  /**
   * Reads a value that is there.
   *
   * @param text of the value
   * @return the number, or the place of a nominal value that is no number, or NaN if it is wrong
   */
  float value(String text) {
    if (numbers()) {
      boolean known = values.isEmpty() || places.containsKey(text);
      return known ? Numeral.parse(text) : Float.NaN;
    }
    Integer place = places.get(text);
    return place == null ? Float.NaN : place;
  }
}
