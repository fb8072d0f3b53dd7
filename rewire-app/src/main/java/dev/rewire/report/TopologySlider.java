package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.microscope.Moment.Point;
import dev.rewire.picture.Axis;
import dev.rewire.picture.Chart;
import dev.rewire.picture.Chart.Level;
import dev.rewire.picture.Chart.Series;
import dev.rewire.picture.Palette;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A part of a page that goes through the moments of a topology by a slider: heat map, trend curve,
 * polarity and degrees. All numbers are in the page, counts in one or two bytes each.
 */
public final class TopologySlider {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int BYTE = 0xff;
  private static final int SHORT = 0xffff;

  private final LayerHistory history;
  private final TopologyCharts charts;
  private final @Nullable ImageShape image;

  /**
   * Gets ready to write.
   *
   * @param history of a layer
   */
  public TopologySlider(LayerHistory history) {
    this.history = history;
    charts = new TopologyCharts(history);
    image = history.end().connectivity().image();
  }

  /**
   * Writes the part.
   *
   * @return elements of HTML with their script, for a page with the style sheet of reports
   * @throws IOException if its script cannot be read
   */
  public String html() throws IOException {
    Moment end = history.end();
    StringBuilder html = new StringBuilder("<div class=\"microscope\">\n");
    html.append(
        """
        <div class="scrub">
        <button type="button" aria-label="Play">&#9654;</button>
        <input type="range" min="0" max="%d" value="%d" aria-label="Moment of training">
        </div>
        <p class="verdict" role="status"><strong></strong> <span></span></p>
        """
            .formatted(history.moments().size() - 1, history.moments().size() - 1));
    ImageShape shape = image;
    if (shape == null) {
      html.append("<div class=\"pair\">\n");
      figure(html, "ranks", ranks(end));
      figure(html, "degrees", charts.degreesOfAll());
      html.append("</div>\n");
    } else {
      CountScale scale = CountScale.againstChance(history.moments());
      html.append(
          "<div class=\"pair\">\n<figure>\n<figcaption>Connections leaving each pixel, against chance</figcaption>\n");
      html.append(
          "<canvas role=\"img\" width=\"%d\" height=\"%d\" aria-label=\"Heat map of connections\"></canvas>%n"
              .formatted(shape.width(), shape.height()));
      html.append(
          "<div class=\"scale\"><i style=\"background: %s\"></i><div><span>%s</span><span>chance %s</span><span>%s</span></div><p>fewer &#8592; connections leaving a pixel &#8594; more</p></div>%n"
              .formatted(
                  Palette.BLUE_ORANGE.gradient(),
                  HeatPanel.number(scale.low()),
                  HeatPanel.number(scale.middle()),
                  HeatPanel.number(scale.high())));
      html.append("</figure>\n");
      html.append("<div class=\"stack\">\n");
      figure(html, "trend", charts.trend(history.start(), false));
      figure(html, "polarity", charts.polarity(end));
      html.append("</div>\n</div>\n<div class=\"pair\">\n");
      figure(html, "degrees", charts.degreesOfAll());
      html.append("<figure>\n").append(charts.churn().svg()).append("</figure>\n</div>\n");
    }
    html.append("<script type=\"application/json\">")
        .append(JSON.writeValueAsString(numbers()).replace("<", "\\u003c"))
        .append("</script>\n<script>\n")
        .append(script())
        .append("</script>\n</div>\n");
    return html.toString();
  }

  private static void figure(StringBuilder html, String name, Chart chart) {
    html.append("<figure data-chart=\"%s\" data-plot=\"%s\">%n".formatted(name, plot(chart)))
        .append(chart.svg().replace("</svg>", "<path class=\"line now\"/></svg>"))
        .append("</figure>\n");
  }

  private static String plot(Chart chart) {
    return String.join(
        " ", Arrays.stream(chart.plot()).mapToObj(value -> String.valueOf(value)).toList());
  }

  /** Inputs in the order of the end, so that it can be seen how that order comes about. */
  private Chart ranks(Moment end) {
    int inputs = end.counts().length;
    double most =
        history.moments().stream().flatMapToInt(m -> Arrays.stream(m.counts())).max().orElse(1);
    return new Chart(
            "Inputs, those with the most connections at the end first",
            Axis.whole(1, inputs),
            "rank of the input at the end",
            Axis.linear(0, most),
            "connections of the input",
            List.<Series>of())
        .with(new Level("chance " + HeatPanel.number(end.expected()), end.expected()));
  }

  private Map<String, Object> numbers() {
    List<Moment> moments = history.moments();
    CountScale scale = CountScale.againstChance(moments);
    int most = moments.stream().flatMapToInt(m -> Arrays.stream(m.counts())).max().orElse(0);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", moments.stream().map(m -> m.point().epoch()).toList());
    json.put("step", moments.stream().map(m -> m.point().step()).toList());
    json.put("connections", moments.stream().map(m -> m.point().connections()).toList());
    json.put("sign", moments.stream().map(m -> TopologyCharts.sign(m.point())).toList());
    json.put("polarity", moments.stream().map(m -> interval(m.point())).toList());
    json.put("scale", new double[] {scale.low(), scale.middle(), scale.high()});
    json.put("stops", Palette.BLUE_ORANGE.stops());
    json.put("bin", charts.degreeStep());
    json.put("bytes", most > BYTE ? 2 : 1);
    json.put("counts", counts(most > BYTE ? 2 : 1));
    List<double[]> curves = new ArrayList<>();
    for (Moment moment : moments) {
      TrendCurve trend = moment.trend();
      if (trend != null) {
        curves.add(Arrays.stream(trend.values()).map(v -> Math.round(1000 * v) / 1000.0).toArray());
      }
    }
    json.put("trend", curves);
    json.put("sides", TopologyCharts.sidesOf(history.end()));
    return json;
  }

  private static double[] interval(Point point) {
    Polarity polarity = point.polarity();
    return polarity == null
        ? new double[0]
        : new double[] {
          rounded(polarity.index()), rounded(polarity.low()), rounded(polarity.high())
        };
  }

  private static double rounded(double value) {
    return Math.round(10_000 * value) / 10_000.0;
  }

  /** All counts one after the other, the low byte first. */
  private String counts(int bytes) {
    int inputs = history.end().counts().length;
    byte[] packed = new byte[history.moments().size() * inputs * bytes];
    int at = 0;
    for (Moment moment : history.moments()) {
      for (int count : moment.counts()) {
        int kept = Math.min(count, SHORT);
        packed[at++] = (byte) kept;
        if (bytes == 2) {
          packed[at++] = (byte) (kept >> Byte.SIZE);
        }
      }
    }
    return Base64.getEncoder().encodeToString(packed);
  }

  private static String script() throws IOException {
    try (InputStream in = TopologySlider.class.getResourceAsStream("slider.js")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
