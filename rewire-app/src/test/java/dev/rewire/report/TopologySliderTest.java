package dev.rewire.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.InputConnectivity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.picture.Palette;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TopologySliderTest {
  private static LayerHistory history(@Nullable ImageShape image, int[]... counts) {
    List<Moment> moments =
        IntStream.range(0, counts.length)
            .mapToObj(e -> {
              int[] incoming = new int[256];
              incoming[0] = Arrays.stream(counts[e]).sum();
              return Moment.of(new InputConnectivity(counts[e], incoming, image), e, 10L * e, 1, 1);
            })
            .toList();
    return new LayerHistory(
        0, moments.stream().map(Moment::point).toList(), moments, moments.getLast(), 0);
  }

  private static JsonNode numbers(String html) {
    Matcher found =
        Pattern.compile("<script type=\"application/json\">(.*?)</script>", Pattern.DOTALL)
            .matcher(html);
    assertThat(found.find()).isTrue();
    return JsonMapper.builder().build().readTree(found.group(1));
  }

  @Test
  void allCountsAreInThePage() throws IOException {
    int[] start = {1, 2, 3, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    int[] end = {0, 0, 0, 0, 0, 9, 9, 0, 0, 9, 200, 0, 0, 0, 0, 0};
    String html = new TopologySlider(history(new ImageShape(4, 4, 1), start, end)).html();
    JsonNode json = numbers(html);
    byte[] counts = Base64.getDecoder().decode(json.get("counts").asString());
    assertThat(json.get("bytes").asInt()).isEqualTo(1);
    assertThat(counts).hasSize(32);
    for (int i = 0; i < 16; i++) {
      assertThat(counts[i] & 0xff).isEqualTo(start[i]);
      assertThat(counts[16 + i] & 0xff).isEqualTo(end[i]);
    }
    assertThat(json.get("sign").get(1).asString()).isEqualTo("positive");
    assertThat(json.get("polarity").get(1).get(0).asDouble()).isEqualTo(1);
    assertThat(json.get("trend").get(1).get(1).asDouble()).isEqualTo(227 / 16.0, offset(1e-3));
    assertThat(html).contains("<canvas", "data-chart=\"trend\"", "data-chart=\"polarity\"");
  }

  @Test
  void largeCountsTakeTwoBytes() throws IOException {
    JsonNode json = numbers(new TopologySlider(history(null, new int[] {5, 70_000, 300})).html());
    byte[] counts = Base64.getDecoder().decode(json.get("counts").asString());
    assertThat(json.get("bytes").asInt()).isEqualTo(2);
    assertThat(counts).containsExactly(5, 0, -1, -1, 300 - 256, 1);
    assertThat(json.get("polarity").get(0)).isEmpty();
  }

  @Test
  void chanceHasTheColourInTheMiddle() {
    LayerHistory history =
        history(new ImageShape(2, 2, 1), new int[] {5, 5, 5, 5}, new int[] {0, 0, 0, 20});
    CountScale scale = CountScale.againstChance(history.moments());
    assertThat(scale.place(5)).isEqualTo(0.5);
    assertThat(scale.low()).isZero();
    assertThat(scale.place(0)).isZero();
    assertThat(scale.place(1000)).isEqualTo(1);
    assertThat(scale.image(new int[] {0, 5, 1000, 5}, 2).getRGB(1, 0) & 0xffffff)
        .isEqualTo(Palette.BLUE_ORANGE.colour(0.5));
    CountScale counts = CountScale.counts(history.moments());
    assertThat(counts.place(20)).isEqualTo(1);
    assertThat(counts.expected()).isEqualTo(5);
  }
}
