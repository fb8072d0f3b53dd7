package dev.rewire.data.arff;

import dev.rewire.data.file.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What comes before the samples.
 *
 * @param attributes as they are declared
 * @param labels places of the attributes that the file itself calls labels, mostly none
 */
record ArffHeader(List<ArffAttribute> attributes, List<Integer> labels) {
  /** MEKA says in the name of the relation how many of the first, or last, ones are labels. */
  private static final Pattern MEKA = Pattern.compile("[ :]-C +(-?[0-9]{1,8})\\b");

  /** Reads to the line before the first sample. */
  static ArffHeader read(TextLines lines) {
    List<ArffAttribute> attributes = new ArrayList<>();
    int labels = 0;
    for (String line = lines.next(); line != null; line = lines.next()) {
      String text = line.replaceFirst("^\uFEFF", "").strip();
      String word = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
      switch (word) {
        case "" -> {}
        case "@relation" -> {
          Matcher found = MEKA.matcher(text);
          labels = found.find() ? Integer.parseInt(found.group(1)) : 0;
        }
        case "@attribute" ->
            attributes.add(ArffAttribute.parse(lines, text.substring(word.length()).strip()));
        case "@data" -> {
          return new ArffHeader(attributes, labels(labels, attributes.size()));
        }
        default -> {
          if (!text.startsWith("%")) {
            throw lines.wrong("is no declaration", "begin it by @attribute or @data");
          }
        }
      }
    }
    throw lines.wrong("ends before @data", "copy or write the file again");
  }

  private static List<Integer> labels(int labels, int attributes) {
    if (Math.abs(labels) >= attributes) {
      return List.of();
    }
    int first = labels < 0 ? attributes + labels : 0;
    return IntStream.range(first, first + Math.abs(labels)).boxed().toList();
  }
}
