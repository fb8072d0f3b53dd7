package dev.rewire.sweep;

import dev.rewire.config.ConfigException;
import dev.rewire.config.Key;
import dev.rewire.config.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A key, and the values that it takes in turn.
 *
 * @param key any key but the seed
 * @param values as they were typed, one or more, all different
 */
public record Variation(Key<?> key, List<String> values) {
  private static final String OPTION = "--vary";

  /** Copies the list. */
  public Variation {
    values = List.copyOf(values);
  }

  /**
   * Understands what was typed.
   *
   * @param text {@code network.sparsity=0.9,0.95} or {@code network.hidden=[100,100],[1000]}
   * @return the variation
   * @throws ConfigException if there is no such key, or if a value stands there twice
   */
  public static Variation of(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new ConfigException(
          "%s needs a key and its values, for example network.sparsity=0.9,0.95, not '%s'"
              .formatted(OPTION, text));
    }
    Key<?> key = Keys.require(text.substring(0, equals).strip(), OPTION);
    if (key.path().equals("training.seed")) {
      throw new ConfigException(OPTION + " does not vary the seed: use --seeds");
    }
    List<String> values = split(text.substring(equals + 1));
    for (String value : values) {
      if (value.isEmpty()) {
        throw new ConfigException("%s %s has an empty value".formatted(OPTION, key));
      }
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new ConfigException(
          "%s %s has the same value twice: %s".formatted(OPTION, key, text.substring(equals + 1)));
    }
    return new Variation(key, values);
  }

  /** Commas inside brackets belong to a value. */
  private static List<String> split(String text) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int c = 0; c < text.length(); c++) {
      char letter = text.charAt(c);
      depth += letter == '[' ? 1 : letter == ']' ? -1 : 0;
      if (letter == ',' && depth == 0) {
        values.add(text.substring(from, c).strip());
        from = c + 1;
      }
    }
    values.add(text.substring(from).strip());
    return values;
  }
}
