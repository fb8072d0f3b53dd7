package dev.rewire.sweep;

import dev.rewire.config.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Seeds as they are typed. */
public final class Seeds {
  private static final int MOST = 10_000;

  private Seeds() {}

  /**
   * Understands what was typed.
   *
   * @param text numbers and ranges separated by commas: {@code 1..5}, {@code 1,2,7}, {@code 1..3,9}
   * @return all of them in this order, each once
   * @throws ConfigException if it is none of that, or more than 10,000
   */
  public static List<Long> of(String text) {
    Set<Long> seeds = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("\\.\\.", -1);
      try {
        long first = Long.parseLong(ends[0]);
        long last = ends.length == 2 ? Long.parseLong(ends[1]) : first;
        if (ends.length > 2 || last < first) {
          throw wrong(text);
        }
        if (last - first >= MOST || last - first < 0 || seeds.size() + last - first >= MOST) {
          throw new ConfigException("--seeds can be %,d at most, not '%s'".formatted(MOST, text));
        }
        for (long offset = 0; offset <= last - first; offset++) {
          seeds.add(first + offset);
        }
      } catch (NumberFormatException bad) {
        throw wrong(text);
      }
    }
    return new ArrayList<>(seeds);
  }

  private static ConfigException wrong(String text) {
    return new ConfigException(
        "--seeds must be whole numbers as in 1..5 or 1,2,7, not '%s'".formatted(text));
  }
}
