package dev.rewire.sweep;

import dev.rewire.config.Configuration;
import dev.rewire.config.Keys;
import dev.rewire.config.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One choice of a value for every key that is varied.
 *
 * @param name what to call it, or empty to be called by its values
 * @param values values as they were typed, by the full name of their key; empty if nothing is
 *     varied
 */
public record Setting(String name, Map<String, String> values) {
  /**
   * One that is called by its values.
   *
   * @param values values as they were typed, by the full name of their key
   */
  public Setting(Map<String, String> values) {
    this("", values);
  }

  /**
   * Returns every combination.
   *
   * @param variations keys and their values
   * @return the combinations, the values of the last key changing fastest; one without values if
   *     nothing is varied
   */
  public static List<Setting> all(List<Variation> variations) {
    List<Setting> settings = List.of(new Setting(Map.of()));
    for (Variation variation : variations) {
      List<Setting> longer = new ArrayList<>();
      for (Setting setting : settings) {
        for (String value : variation.values()) {
          Map<String, String> values = new LinkedHashMap<>(setting.values);
          values.put(variation.key().path(), value);
          longer.add(new Setting(values));
        }
      }
      settings = longer;
    }
    return settings;
  }

  /**
   * Applies this to a configuration.
   *
   * @param base what is the same in all runs
   * @param seed of one run
   * @return the configuration of that run
   */
  public Configuration on(Configuration base, long seed) {
    Configuration all = base;
    for (Map.Entry<String, String> value : values.entrySet()) {
      all = all.with(Keys.require(value.getKey(), "--vary"), value.getValue(), Origin.SWEEP);
    }
    return all.with(Keys.require("training.seed", "--seeds"), String.valueOf(seed), Origin.SWEEP);
  }

  /**
   * Says what is special about it.
   *
   * @return for example {@code sparsity=0.9 lr=0.1}, or its name
   */
  public String label() {
    return name.isEmpty() ? text() : name;
  }

  private String text() {
    return values.isEmpty()
        ? "all runs"
        : values.entrySet().stream()
            .map(value -> last(value.getKey()) + "=" + value.getValue())
            .collect(Collectors.joining(" "));
  }

  private static String last(String path) {
    return path.substring(path.indexOf('.') + 1);
  }

  /**
   * Names the folder of a run: the same whatever else is varied beside it, and another one for
   * every other run.
   *
   * @param seed of the run
   * @return letters, digits, dots, hyphens and underscores
   */
  public String folder(long seed) {
    String plain = values.isEmpty() ? "seed=" + seed : text() + " seed=" + seed;
    String name = plain.replace('=', '-').replace(' ', '_').replaceAll("[^A-Za-z0-9._-]", "-");
    boolean exact =
        name.length() <= 120
            && values.values().stream().allMatch(value -> value.matches("[A-Za-z0-9.-]+"));
    return exact
        ? name
        : "%s-%08x".formatted(name.substring(0, Math.min(100, name.length())), plain.hashCode());
  }
}
