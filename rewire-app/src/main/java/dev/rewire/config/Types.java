package dev.rewire.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/** The types of values that keys have. */
final class Types {
  static final KeyType<Boolean> FLAG =
      new KeyType<>(
          "true or false",
          Map.of("type", "boolean"),
          List.of("true", "false"),
          Types::flag,
          value -> value);

  static final KeyType<String> TEXT =
      new KeyType<>("a text", Map.of("type", "string"), List.of(), text -> text, value -> value);

  static final KeyType<Path> PATH =
      new KeyType<>(
          "a path", Map.of("type", "string"), List.of(), Types::path, value -> value.toString());

  private Types() {}

  private static Boolean flag(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false, not " + text);
    };
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException bad) {
      throw new IllegalArgumentException("must be a path, not '" + text + "'", bad);
    }
  }

  static KeyType<Double> number(Range range) {
    return new KeyType<>(
        "a number " + range.words(),
        range.schema("number"),
        List.of(),
        text -> {
          double value;
          try {
            value = Double.parseDouble(text.strip());
          } catch (NumberFormatException bad) {
            throw new IllegalArgumentException(
                "must be a number %s, not '%s'".formatted(range.words(), text), bad);
          }
          if (!range.contains(value)) {
            throw new IllegalArgumentException("must be %s, not %s".formatted(range.words(), text));
          }
          return value;
        },
        value -> value);
  }

  /** A whole number that an int can hold. */
  static KeyType<Integer> whole(Range range) {
    Range limited =
        new Range(
            Math.max(range.least(), Integer.MIN_VALUE),
            range.open(),
            Math.min(range.most(), Integer.MAX_VALUE),
            range.most() < Integer.MAX_VALUE && range.openAbove());
    return whole("a whole number " + range.words(), range, limited, value -> (int) value);
  }

  /** Any number that a long can hold. */
  static KeyType<Long> seed() {
    Range any = new Range(Long.MIN_VALUE, false, Long.MAX_VALUE, false);
    KeyType<Long> type = whole("a whole number", any, any, value -> value);
    return new KeyType<>(
        type.words(), Map.of("type", "integer"), List.of(), type.parser(), type.printer());
  }

  private static <T> KeyType<T> whole(
      String words, Range said, Range range, LongFunction<T> narrow) {
    return new KeyType<>(
        words,
        range.schema("integer"),
        List.of(),
        text -> {
          long value;
          try {
            value = Long.parseLong(text.strip());
          } catch (NumberFormatException bad) {
            throw new IllegalArgumentException("must be %s, not '%s'".formatted(words, text), bad);
          }
          if (!range.contains(value)) {
            Range broken = said.contains(value) ? range : said;
            throw new IllegalArgumentException(
                "must be %s, not %s".formatted(broken.words(), text));
          }
          return narrow.apply(value);
        },
        value -> value);
  }

  /** A number, or one word that stands for a certain number. */
  static KeyType<Integer> wholeOr(String word, int meaning, Range range) {
    KeyType<Integer> number = whole(range);
    return new KeyType<>(
        number.words() + ", or " + word,
        anyOf(number.schema(), Map.of("const", word)),
        List.of(),
        text -> text.strip().equalsIgnoreCase(word) ? meaning : number.parser().apply(text),
        value -> value == meaning ? word : (Object) value);
  }

  /** Whole numbers, in a file a list, on the command line also without its brackets. */
  static KeyType<List<Integer>> wholes(Range range) {
    KeyType<Integer> one = whole(range);
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    list.put("items", one.schema());
    return new KeyType<>(
        "a list of whole numbers " + range.words() + ", or none",
        anyOf(list, Map.of("const", "none")),
        List.of(),
        text -> {
          String inside = text.strip().replaceFirst("^\\[(.*)]$", "$1").strip();
          List<Integer> values = new ArrayList<>();
          if (!inside.isEmpty() && !inside.equals("none")) {
            for (String item : inside.split(",", -1)) {
              try {
                values.add(one.parser().apply(item));
              } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException(
                    "must be whole numbers up to %,d separated by commas, each %s, not '%s'"
                        .formatted(Integer.MAX_VALUE, range.words(), text),
                    bad);
              }
            }
          }
          return List.copyOf(values);
        },
        values -> values);
  }

  /** The constants of an enum, in small letters with hyphens. */
  static <E extends Enum<E>> KeyType<E> constants(Class<E> type) {
    Map<String, E> values = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      values.put(ConfigText.word(constant), constant);
    }
    return choice(values);
  }

  /** One of a few words; two of them must not mean the same. */
  static <T> KeyType<T> choice(Map<String, T> values) {
    List<String> names = List.copyOf(values.keySet());
    String words = names.size() == 1 ? names.getFirst() : join(names);
    return new KeyType<>(
        words,
        Map.of("enum", names),
        names,
        text -> {
          T value = values.get(text.strip().toLowerCase(Locale.ROOT));
          if (value == null) {
            throw new IllegalArgumentException("must be %s, not %s".formatted(words, text));
          }
          return value;
        },
        value ->
            names.stream()
                .filter(name -> value.equals(values.get(name)))
                .findFirst()
                .orElseGet(value::toString));
  }

  /**
   * Things that know their names; some have a number behind a colon.
   *
   * @param plain names without a number
   * @param numbered names with one
   */
  static <T> KeyType<T> named(
      List<String> plain, List<String> numbered, Function<String, T> of, Function<T, String> id) {
    List<String> names = new ArrayList<>(plain);
    numbered.forEach(name -> names.add(name + ":NUMBER"));
    String words = join(names);
    List<Object> either = new ArrayList<>();
    either.add(Map.of("enum", plain));
    if (!numbered.isEmpty()) {
      String pattern = "^(" + String.join("|", numbered) + "):[0-9.eE+:-]+$";
      Map<String, Object> text = new LinkedHashMap<>();
      text.put("type", "string");
      text.put("pattern", pattern);
      either.add(text);
    }
    return new KeyType<>(
        words,
        Map.of("anyOf", either),
        plain,
        text -> {
          String name = text.strip().toLowerCase(Locale.ROOT);
          boolean known =
              plain.contains(name)
                  || numbered.stream().anyMatch(prefix -> name.startsWith(prefix + ":"));
          if (!known) {
            throw new IllegalArgumentException("must be %s, not %s".formatted(words, text));
          }
          try {
            return of.apply(name);
          } catch (NumberFormatException bad) {
            throw new IllegalArgumentException("has no number behind its colon: " + text, bad);
          } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                "cannot be %s: %s".formatted(text, bad.getMessage()));
          }
        },
        id::apply);
  }

  /** Another type and one more word. */
  static <T> KeyType<T> orWord(KeyType<T> type, String word, T meaning) {
    List<String> candidates = new ArrayList<>(List.of(word));
    candidates.addAll(type.candidates());
    return new KeyType<>(
        word + ", " + type.words(),
        anyOf(Map.of("const", word), type.schema()),
        candidates,
        text -> {
          if (text.strip().equalsIgnoreCase(word)) {
            return meaning;
          }
          try {
            return type.parser().apply(text);
          } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                String.valueOf(bad.getMessage())
                    .replaceFirst("^must be ", "must be " + word + ", "),
                bad);
          }
        },
        value -> value.equals(meaning) ? word : type.printer().apply(value));
  }

  static Map<String, Object> anyOf(Map<String, Object> first, Map<String, Object> second) {
    List<Object> either = new ArrayList<>();
    for (Map<String, Object> one : List.of(first, second)) {
      if (one.get("anyOf") instanceof List<?> some) {
        either.addAll(some);
      } else {
        either.add(one);
      }
    }
    return Map.of("anyOf", either);
  }

  private static String join(List<String> names) {
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " or " + names.get(last);
  }
}
