package dev.rewire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The small JSON of headers against a grown-up parser. */
class JsonTest {
  private static Map<String, Object> value() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "quote \" backslash \\ line\n tab\t bell\u0007 umlaut ü cat 🐈 slash /");
    value.put("long", Long.MIN_VALUE);
    value.put("double", 0.1);
    value.put("small", 1e-300);
    value.put("list", Arrays.asList(1L, "two", null, true, false, List.of(), Map.of()));
    value.put("map", Map.of("key \"x\"", List.of(1L, List.of(2L))));
    return value;
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(Json.read(Json.write(value()))).isEqualTo(value());
  }

  @Test
  void anotherParserReadsTheSame() {
    assertThat(JsonMapper.shared().readTree(Json.write(value())))
        .isEqualTo(JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value())));
  }

  @Test
  void whatAnotherOneWroteIsRead() {
    String pretty =
        JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(value());
    assertThat(Json.read(pretty)).isEqualTo(value());
    assertThat(Json.read(" \"\\u00fc\\/\\b\\f\\r\" ")).isEqualTo("ü/\b\f\r");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[1,",
        "[1 2]",
        "[,1]",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "tru",
        "nulL",
        "1 2",
        "1.2.3",
        "--1",
        "\"",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12g4\"",
        "[1]]",
        "01a",
        "NaN"
      })
  void whatIsNotJson(String text) {
    assertThatThrownBy(() -> Json.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nestingHasALimit() {
    String deep = "[".repeat(100_000);
    assertThatThrownBy(() -> Json.read(deep))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("not JSON at character");
  }
}
