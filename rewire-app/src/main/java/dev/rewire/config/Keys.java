package dev.rewire.config;

import dev.rewire.data.catalogue.DatasetRequest;
import dev.rewire.train.Preset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings that a file can hold, in the order in which they are applied and written. To add
 * one, add it to the list of its section: files, {@code --set}, its option, its help, the schema
 * and {@code config.yaml} of a run know it then.
 */
public final class Keys {
  /** The section of facts about a run, which are no settings: written, and skipped when read. */
  public static final String RECORD = "record";

  /** The data set that needs no download. */
  public static final String DEFAULT_DATASET = "digits";

  /** Every key. */
  public static final List<Key<?>> ALL = all();

  /** What holds when nobody says anything. */
  static final RunSettings DEFAULTS =
      RunSettings.of(Preset.DEFAULT, DatasetRequest.of(DEFAULT_DATASET), null);

  private Keys() {}

  private static List<Key<?>> all() {
    List<Key<?>> all = new ArrayList<>();
    all.addAll(DataKeys.ALL);
    all.addAll(NetworkKeys.ALL);
    all.addAll(TrainingKeys.ALL);
    all.addAll(RewiringKeys.ALL);
    all.addAll(PruningKeys.ALL);
    return List.copyOf(all);
  }

  /**
   * Says what a section is about.
   *
   * @return one sentence for each section, in the order of the file
   */
  public static Map<String, String> sections() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("data", "Which samples, and how to read them.");
    sections.put("network", "The network to draw.");
    sections.put("training", "How weights learn.");
    sections.put("rewiring", "How connections move.");
    sections.put("pruning", "How neurons go.");
    return sections;
  }

  /**
   * Finds a key.
   *
   * @param path its full name
   * @return the key, or nothing
   */
  public static Optional<Key<?>> find(String path) {
    return ALL.stream().filter(key -> key.path().equals(path)).findFirst();
  }

  /**
   * Finds a key that must be there.
   *
   * @param path its full name, as it was typed
   * @param where place of the name, for the message
   * @return the key
   * @throws ConfigException that suggests the nearest key
   */
  public static Key<?> require(String path, String where) {
    return find(path)
        .orElseThrow(() ->
            new ConfigException(
                "%s: there is no key %s, did you mean %s? ('rewire config --keys' lists them)"
                    .formatted(where, path, nearest(path))));
  }

  /** The same name in another section, or else the fewest changes of letters. */
  static String nearest(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    return ALL.stream()
        .min(
            Comparator.comparingInt((Key<?> key) -> Distance.between(key.name(), name))
                .thenComparingInt(key -> Distance.between(key.path(), path)))
        .map(Key::path)
        .orElseThrow();
  }
}
