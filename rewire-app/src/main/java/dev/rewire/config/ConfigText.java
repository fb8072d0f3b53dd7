package dev.rewire.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes settings as a file that can be read again, and the schema of such files. */
public final class ConfigText {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ConfigText() {}

  /**
   * Names a constant.
   *
   * @param constant of any enum
   * @return its name in small letters with hyphens
   */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns all settings by section; those that do not apply are left out.
   *
   * @param settings any settings
   * @return values in the words of a file
   */
  public static Map<String, Map<String, @Nullable Object>> sections(RunSettings settings) {
    Map<String, Map<String, @Nullable Object>> sections = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      Object value = key.print(settings);
      if (value != null) {
        sections
            .computeIfAbsent(key.section(), name -> new LinkedHashMap<>())
            .put(key.name(), value);
      }
    }
    return sections;
  }

  /**
   * Writes sections in YAML, each value on one line in the form of JSON.
   *
   * @param sections values by section and name
   * @return text that {@link ConfigFile} reads
   */
  public static String yaml(Map<String, Map<String, @Nullable Object>> sections) {
    return yaml(sections, path -> "");
  }

  /**
   * Writes settings in YAML, with a comment on each line that says where its value comes from.
   *
   * @param configuration what was given
   * @param settled the settings that follow from it
   * @return text that {@link ConfigFile} reads
   */
  public static String explained(Configuration configuration, RunSettings settled) {
    return yaml(
        sections(settled),
        path -> Keys.find(path).map(key -> configuration.origin(key, settled).place()).orElse(""));
  }

  private static String yaml(
      Map<String, Map<String, @Nullable Object>> sections, Function<String, String> comment) {
    StringBuilder text = new StringBuilder();
    sections.forEach((section, values) -> {
      text.append(section).append(":\n");
      values.forEach((name, value) -> {
        String line = "  " + name + ": " + JSON.writeValueAsString(value);
        String words = comment.apply(section + "." + name);
        text.append(words.isEmpty() ? line : "%-40s # %s".formatted(line, words)).append('\n');
      });
    });
    return text.toString();
  }

  /**
   * Writes the JSON Schema of configuration files, from the same table of keys.
   *
   * @return JSON with two spaces a level and a line at the end
   */
  public static String schema() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A run of Rewire");
    schema.put("description", "What 'rewire train run.yaml' reads. Written by 'rewire config'.");
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    Map<String, Object> sections = new LinkedHashMap<>();
    Keys.sections().forEach((section, words) -> sections.put(section, section(section, words)));
    sections.put(
        Keys.RECORD,
        ordered(
            "description",
            "Facts about a run that has been; not read.",
            "type",
            nullable("object")));
    schema.put("properties", sections);
    ObjectWriter writer = JSON.writer().with(new DefaultPrettyPrinter());
    return writer.writeValueAsString(schema).replace("\r\n", "\n") + "\n";
  }

  private static Map<String, Object> section(String section, String words) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Key<?> key : Keys.ALL) {
      if (key.section().equals(section)) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("description", key.description() + " Default: " + key.fallback() + ".");
        property.put("anyOf", orNull(key.type().schema()));
        properties.put(key.name(), property);
      }
    }
    return ordered(
        "description",
        words,
        "type",
        nullable("object"),
        "additionalProperties",
        false,
        "properties",
        properties);
  }

  /** A key without a value counts as not given. */
  private static List<Object> orNull(Map<String, Object> schema) {
    List<Object> either = new ArrayList<>();
    if (schema.get("anyOf") instanceof List<?> some) {
      either.addAll(some);
    } else {
      either.add(schema);
    }
    either.add(Map.of("type", "null"));
    return either;
  }

  private static List<String> nullable(String type) {
    return List.of(type, "null");
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int p = 0; p < pairs.length; p += 2) {
      map.put((String) pairs[p], pairs[p + 1]);
    }
    return map;
  }
}
