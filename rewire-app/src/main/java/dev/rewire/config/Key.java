package dev.rewire.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name, what it may be, what it means, and where it is kept. The lists in {@link
 * Keys} are all that is known about settings: files, options, help and the schema follow from them.
 *
 * @param <T> type of its values
 */
public final class Key<T> {
  private final String path;
  private final KeyType<T> type;
  private final Reader<T> reader;
  private final Writer<T> writer;
  private String description = "";
  private @Nullable String option;
  private String label = "";
  private @Nullable String fallback;

  /**
   * Makes a key.
   *
   * @param path section and name, joined by a dot
   * @param type what it may be
   * @param reader reads it from settings
   * @param writer changes settings
   */
  Key(String path, KeyType<T> type, Reader<T> reader, Writer<T> writer) {
    this.path = path;
    this.type = type;
    this.reader = reader;
    this.writer = writer;
  }

  /** Reads a value from settings; null where it does not apply. */
  interface Reader<T> {
    @Nullable T of(RunSettings settings);
  }

  /** Changes settings; may look at which other keys were given. */
  interface Writer<T> {
    RunSettings to(RunSettings settings, T value, Configuration all);
  }

  /** Makes a key of a component of the settings, see {@link Component}. */
  static <T> Key<T> at(String path, KeyType<T> type, String place) {
    Component<T> component = Component.of(place);
    return new Key<>(
        path, type, component::get, (settings, value, all) -> component.with(settings, value));
  }

  /** Says what it means, in a sentence or two. */
  Key<T> means(String sentence) {
    description = sentence;
    return this;
  }

  /** Says what holds if nobody gives it and no preset has it. */
  Key<T> otherwise(String words) {
    fallback = words;
    return this;
  }

  /** Gives it an option on the command line. */
  Key<T> option(String name, String placeholder) {
    option = name;
    label = placeholder;
    return this;
  }

  /**
   * Returns the full name.
   *
   * @return section and name, for example {@code network.epsilon}
   */
  public String path() {
    return path;
  }

  /**
   * Returns the first part of the name.
   *
   * @return for example {@code network}
   */
  public String section() {
    return path.substring(0, path.indexOf('.'));
  }

  /**
   * Returns the second part of the name.
   *
   * @return for example {@code epsilon}
   */
  public String name() {
    return path.substring(path.indexOf('.') + 1);
  }

  /**
   * Returns what it may be.
   *
   * @return the type
   */
  public KeyType<T> type() {
    return type;
  }

  /**
   * Returns what it means.
   *
   * @return a sentence or two, without the default
   */
  public String description() {
    return description;
  }

  /**
   * Returns the option of the command line.
   *
   * @return for example {@code --epsilon}, or null if it has none
   */
  public @Nullable String option() {
    return option;
  }

  /**
   * Returns what stands for a value in the help of the option.
   *
   * @return for example {@code E}; empty for an option without value
   */
  public String label() {
    return label;
  }

  /**
   * Returns what holds if nobody gives it.
   *
   * @return the value in the default preset, or words about it
   */
  public String fallback() {
    Object value = print(Keys.DEFAULTS);
    return fallback != null ? fallback : value == null ? "none" : plain(value);
  }

  /** Numbers without a superfluous point, lists without brackets. */
  private static String plain(Object value) {
    return String.valueOf(value).replaceFirst("\\.0$", "").replaceAll("[\\[\\] ]", "");
  }

  /**
   * Reads the value from settings.
   *
   * @param settings any settings
   * @return the value in the words of a file, or null if it does not apply
   */
  public @Nullable Object print(RunSettings settings) {
    T value = reader.of(settings);
    return value == null ? null : type.printer().apply(value);
  }

  /** Understands a value, and says which key it was if it cannot. */
  T parse(String text, Origin origin) {
    try {
      return type.parser().apply(text);
    } catch (IllegalArgumentException bad) {
      throw new ConfigException(origin.naming(this) + " " + bad.getMessage());
    }
  }

  /** Changes settings to a value that {@link #parse} returned. */
  @SuppressWarnings("unchecked")
  RunSettings apply(RunSettings settings, Object value, Configuration all) {
    return writer.to(settings, (T) Objects.requireNonNull(value), all);
  }

  @Override
  public String toString() {
    return path;
  }
}
