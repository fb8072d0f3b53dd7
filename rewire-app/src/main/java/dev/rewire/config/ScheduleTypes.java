package dev.rewire.config;

import dev.rewire.optimizer.LayerStrengths;
import dev.rewire.schedule.Constant;
import dev.rewire.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types of values that may change in the course of a training. */
final class ScheduleTypes {
  private static final String EXAMPLE = "'0.1..0.01 cosine'";

  private ScheduleTypes() {}

  /** A number, or a text that says how it changes; all its values lie in the range. */
  static KeyType<Schedule> schedule(Range range) {
    KeyType<Double> number = Types.number(range);
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("type", "string");
    text.put("pattern", "^\\s*[-+.0-9eE]+\\s+(step|from|until|then)\\s|\\.\\.");
    return new KeyType<>(
        number.words() + ", or a schedule",
        Types.anyOf(number.schema(), text),
        List.of(),
        given -> read(number, range, given),
        schedule -> schedule instanceof Constant(double value) ? value : schedule.toString());
  }

  private static Schedule read(KeyType<Double> number, Range range, String text) {
    String inside = text.strip();
    boolean word = inside.chars().noneMatch(Character::isWhitespace) && !inside.contains("..");
    if (word) {
      try {
        return Schedule.constant(number.parser().apply(inside));
      } catch (IllegalArgumentException bad) {
        if (bad.getCause() == null) {
          throw bad;
        }
        throw new IllegalArgumentException(
            "must be a number %s, or a schedule as in %s, not '%s'"
                .formatted(range.words(), EXAMPLE, text),
            bad);
      }
    }
    Schedule schedule;
    try {
      schedule = Schedule.of(inside);
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException("is no schedule: " + bad.getMessage(), bad);
    }
    if (!range.contains(schedule.least()) || !range.contains(schedule.most())) {
      throw new IllegalArgumentException(
          "must always be %s, which '%s' is not".formatted(range.words(), inside));
    }
    return schedule;
  }

  /** Layers and kinds of parameters with a strength of their own. */
  static KeyType<LayerStrengths> exceptions() {
    return new KeyType<>(
        "none, or WHERE=STRENGTH separated by commas",
        Map.of("type", "string"),
        List.of("none"),
        LayerStrengths::of,
        LayerStrengths::toString);
  }
}
