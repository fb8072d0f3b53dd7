package dev.rewire.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What the value of a key may be.
 *
 * @param words what is allowed, for example {@code a number above 0}
 * @param schema the same in JSON Schema
 * @param candidates words that can be typed, for completion; empty for numbers and free text
 * @param parser understands a value as it stands in a file or as it was typed, a list as {@code [a,
 *     b]}; throws an IllegalArgumentException whose message follows the name of the key
 * @param printer says a value as a number, a boolean, a string or a list of them; the parser
 *     understands its text
 * @param <T> type of the values in the program
 */
public record KeyType<T>(
    String words,
    Map<String, Object> schema,
    List<String> candidates,
    Function<String, T> parser,
    Function<T, Object> printer) {}
