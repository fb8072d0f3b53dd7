package dev.rewire.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** One line of JSON for programs that read what a command printed. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String line(Map<String, ?> values) {
    return MAPPER.writeValueAsString(values);
  }

  /** JSON has no NaN and no infinity. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
