package dev.rewire.config;

import dev.rewire.data.catalogue.Catalogue;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads a file of settings, key by key, so that each has a line. */
public final class ConfigFile {
  /** More would not be settings. */
  private static final long MOST_BYTES = 10_000_000;

  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private final Path file;
  private final JsonParser parser;
  private final Map<String, Integer> seen = new HashMap<>();
  private Configuration configuration;

  private ConfigFile(Path file, JsonParser parser, Configuration configuration) {
    this.file = file;
    this.parser = parser;
    this.configuration = configuration;
  }

  /**
   * Says whether a path is meant as a file of settings.
   *
   * @param path as it was typed
   * @return true for {@code .yaml} and {@code .yml}
   */
  public static boolean isNamed(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml");
  }

  /**
   * Reads a file.
   *
   * @param file sections with keys in YAML
   * @param configuration what is given already
   * @return a configuration with the values of the file
   * @throws IOException if it cannot be read
   * @throws ConfigException with the line, if it holds something else than known keys with values
   *     that they can have
   */
  public static Configuration read(Path file, Configuration configuration) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new ConfigException(
          "%s has more than %,d bytes: this is no file of settings".formatted(file, MOST_BYTES));
    }
    try (JsonParser parser = YAML.createParser(Files.readString(file))) {
      ConfigFile reader = new ConfigFile(file, parser, configuration);
      reader.sections();
      return reader.configuration;
    } catch (MalformedInputException binary) {
      throw new ConfigException(file + " is not text in UTF-8: this is no file of settings");
    } catch (JacksonException broken) {
      TokenStreamLocation place = broken.getLocation();
      throw new ConfigException(
          "%s:%d: this is not YAML: %s"
              .formatted(
                  file,
                  place == null ? 1 : place.getLineNr(),
                  String.valueOf(broken.getOriginalMessage()).lines().findFirst().orElse("")));
    }
  }

  private ConfigException wrong(String sentence, Object... values) {
    return new ConfigException("%s:%d: ".formatted(file, line()) + sentence.formatted(values));
  }

  private int line() {
    return Math.max(1, parser.currentTokenLocation().getLineNr());
  }

  private void sections() {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw wrong("sections are expected, for example 'network:'");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String section = parser.currentName();
      once(section);
      boolean known = Keys.sections().containsKey(section);
      if (!known && !section.equals(Keys.RECORD)) {
        throw wrong("%s", unknownSection(section));
      }
      JsonToken value = parser.nextToken();
      if (section.equals(Keys.RECORD)) {
        parser.skipChildren();
      } else if (value == JsonToken.START_OBJECT) {
        keys(section);
      } else if (value != JsonToken.VALUE_NULL) {
        throw wrong("%s is a section: give its keys, each on a line of its own", section);
      }
    }
    if (parser.nextToken() != null) {
      throw wrong("a second document begins: a file describes one run");
    }
  }

  private static String unknownSection(String section) {
    String sections = String.join(", ", Keys.sections().keySet());
    for (Key<?> key : Keys.ALL) {
      if (key.name().equals(section)) {
        return "%s belongs into a section: did you mean %s? (sections are %s)"
            .formatted(section, key.path(), sections);
      }
    }
    String near =
        Keys.sections().keySet().stream()
            .min(Comparator.comparingInt(name -> Distance.between(name, section)))
            .orElseThrow();
    return "there is no section %s, did you mean %s? (sections are %s)"
        .formatted(section, near, sections);
  }

  private void once(String path) {
    Integer before = seen.put(path, line());
    if (before != null) {
      throw wrong("%s is given a second time, first in line %d", path, before);
    }
  }

  private void keys(String section) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String path = section + "." + parser.currentName();
      once(path);
      Key<?> key = Keys.require(path, file + ":" + line());
      JsonToken token = parser.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        int line = line();
        String text = text(key, token);
        configuration = configuration.with(key, resolved(key, text), Origin.line(file, line));
      }
    }
  }

  private String text(Key<?> key, JsonToken token) {
    if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
      throw wrong("%s is an alias: write the value itself", key);
    }
    if (token == JsonToken.START_ARRAY) {
      StringJoiner items = new StringJoiner(", ", "[", "]");
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken().isStructStart()) {
          throw wrong("%s must be %s, not lists or sections in a list", key, key.type().words());
        }
        items.add(parser.getString());
      }
      return items.toString();
    }
    if (!token.isScalarValue()) {
      throw wrong("%s must be %s, not a section", key, key.type().words());
    }
    return parser.getString();
  }

  /** A path in a file is looked for beside the file, so that both can move together. */
  private String resolved(Key<?> key, String text) {
    boolean data = key.path().equals("data.dataset");
    if (!data && !key.type().equals(Types.PATH)) {
      return text;
    }
    if (data && Catalogue.standard().find(text).isPresent()) {
      return text;
    }
    Path beside = beside(text);
    return beside != null && (!data || Files.exists(beside)) ? beside.toString() : text;
  }

  private @Nullable Path beside(String text) {
    try {
      return file.toAbsolutePath().resolveSibling(text).normalize();
    } catch (InvalidPathException noPath) {
      return null;
    }
  }
}
