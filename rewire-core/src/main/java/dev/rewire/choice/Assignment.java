package dev.rewire.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One entry of a text that says what holds where.
 *
 * @param where what stands before the sign, in small letters
 * @param value what stands behind it
 */
public record Assignment(String where, String value) {
  /**
   * Takes a text apart.
   *
   * @param text {@code WHERE=VALUE}, separated by commas; {@code none} or nothing for none
   * @param value what values are called, for the message
   * @param example for the message
   * @return the entries in their order
   * @throws IllegalArgumentException if an entry has no sign
   */
  public static List<Assignment> list(String text, String value, String example) {
    String inside = text.strip().replaceFirst("^\\[(.*)]$", "$1").strip();
    List<Assignment> entries = new ArrayList<>();
    if (inside.isEmpty() || inside.equals("none")) {
      return entries;
    }
    for (String part : inside.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "must be WHERE=%s, separated by commas, as in %s, not '%s'"
                .formatted(value, example, part.strip()));
      }
      entries.add(
          new Assignment(
              part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
              part.substring(equals + 1).strip()));
    }
    return entries;
  }
}
