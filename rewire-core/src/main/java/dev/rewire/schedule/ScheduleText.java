package dev.rewire.schedule;

import dev.rewire.schedule.Pieces.Piece;
import dev.rewire.schedule.Pieces.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads schedules. The grammar is shown at {@link Schedule}; every message says what to write. */
final class ScheduleText {
  private static final String POWER = "power:";

  private final List<String> words;
  private int next;

  private ScheduleText(List<String> words) {
    this.words = words;
  }

  /** Reads the whole text. */
  static Schedule read(String text) {
    List<String> words =
        Arrays.stream(text.strip().toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    ScheduleText reader = new ScheduleText(words);
    List<Piece> pieces = new ArrayList<>();
    pieces.add(reader.piece());
    while (reader.take("then")) {
      pieces.add(reader.piece());
    }
    if (reader.next < words.size()) {
      throw new IllegalArgumentException(
          "'%s' is out of place in '%s': a value may be followed by from, until or then, and a"
                  .formatted(words.get(reader.next), text.strip())
              + " range A..B by its shape");
    }
    Piece first = pieces.getFirst();
    return pieces.size() == 1 && first.from() == null && first.until() == null
        ? first.what()
        : new Pieces(pieces);
  }

  private Piece piece() {
    Schedule what = value();
    Time from = null;
    Time until = null;
    while (true) {
      if (from == null && until == null && take("from")) {
        from = time("from");
      } else if (until == null && take("until")) {
        until = time("until");
      } else {
        return new Piece(what, from, until);
      }
    }
  }

  private Schedule value() {
    String word = word("a number, or a range such as 0.1..0.01");
    int dots = word.indexOf("..");
    if (dots >= 0) {
      double from = number(word.substring(0, dots), "the first end of a range");
      double to = number(word.substring(dots + 2), "the second end of a range");
      return new Ramp(from, to, shape(word));
    }
    double value = number(word, "a schedule");
    if (!take("step")) {
      return new Constant(value);
    }
    double factor = number(word("a factor after 'step'"), "the factor after 'step'");
    if (!take("every")) {
      throw new IllegalArgumentException(
          "'step' needs its epochs, as in '%s step %s every 30'".formatted(word, number(factor)));
    }
    double every = number(word("epochs after 'every'"), "the epochs after 'every'");
    return new Steps(value, factor, every);
  }

  private Shape shape(String range) {
    String shapes =
        Shape.PLAIN.stream().map(Shape::id).collect(Collectors.joining(", ")) + " or power:NUMBER";
    if (next == words.size()) {
      throw new IllegalArgumentException(
          "'%s' needs a shape, one of %s, as in '%s linear'".formatted(range, shapes, range));
    }
    String name = words.get(next++);
    if (name.startsWith(POWER)) {
      return new Shape.Power(number(name.substring(POWER.length()), "the exponent of power"));
    }
    return Shape.PLAIN.stream()
        .filter(shape -> shape.id().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the shape after '%s' must be %s, not '%s'".formatted(range, shapes, name)));
  }

  private Time time(String before) {
    String word = word("an epoch or a share of the run after '" + before + "', as in 100 or 75%");
    boolean percent = word.endsWith("%");
    String digits = percent ? word.substring(0, word.length() - 1) : word;
    return new Time(number(digits, "the epoch after '" + before + "'"), percent);
  }

  private boolean take(String word) {
    boolean there = next < words.size() && words.get(next).equals(word);
    next += there ? 1 : 0;
    return there;
  }

  private String word(String what) {
    if (next == words.size()) {
      throw new IllegalArgumentException(
          next == 0 ? "a schedule must not be empty" : "a schedule ends where it needs " + what);
    }
    return words.get(next++);
  }

  private static double number(String text, String what) {
    @Nullable Double value;
    try {
      value = Double.valueOf(text);
    } catch (NumberFormatException bad) {
      value = null;
    }
    if (value == null || !Double.isFinite(value)) {
      throw new IllegalArgumentException("%s must be a number, not '%s'".formatted(what, text));
    }
    return value;
  }

  /** A number that reads back as itself, without a superfluous point. */
  static String number(double value) {
    return String.valueOf(value).replaceFirst("\\.0(?=$|E)", "").replace('E', 'e');
  }
}
