package dev.rewire.cli;

import dev.rewire.dataset.ImageShape;
import dev.rewire.measure.Polarity;
import dev.rewire.measure.TrendCurve;
import dev.rewire.microscope.Chance;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.Moment;
import dev.rewire.microscope.Moment.Point;
import dev.rewire.microscope.PolarityWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is measured of a layer at one moment, for programs and in sentences.
 *
 * @param source the run or model
 * @param history of the layer
 * @param measures one a line of the summary
 */
record TopologyFacts(TopologySource source, LayerHistory history, List<Measure> measures) {
  private static final int LINE = 100;

  /**
   * A measure.
   *
   * @param name for people
   * @param value for people
   * @param sentence what the value means
   * @param json keys and values for programs
   */
  record Measure(
      String name, String value, String sentence, Map<String, ? extends @Nullable Object> json) {}

  static TopologyFacts of(
      TopologySource source, LayerHistory history, boolean full, Console console, Patience patience)
      throws IOException {
    List<Measure> measures = new ArrayList<>();
    Moment moment = history.chosen();
    Point point = moment.point();
    if (point.polarity() != null) {
      measures.add(ratio(point));
    }
    measures.addAll(LayerMeasures.of(source, history, full, console, patience));
    return new TopologyFacts(source, history, measures);
  }

  private static Measure ratio(Point point) {
    return new Measure(
        "centre/mean ratio",
        String.format(Locale.ROOT, "%.3f", point.ratio()),
        String.format(
            Locale.ROOT,
            "A pixel in the centre has %.1f %% %s connections than the mean pixel; the study calls"
                + " more than 3 %% positive, less than -3 %% negative.",
            100 * Math.abs(point.ratio() - 1),
            point.ratio() < 1 ? "fewer" : "more"),
        Map.of());
  }

  /** Each measure with its value and sentence. */
  Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>();
    measures.forEach(
        measure -> sentences.put(measure.name(), measure.value() + ". " + measure.sentence()));
    return sentences;
  }

  void print(PrintWriter out) {
    int wide = measures.stream().mapToInt(measure -> measure.name().length()).max().orElse(0);
    for (Measure measure : measures) {
      out.println(
          measure.name() + " ".repeat(wide - measure.name().length() + 2) + measure.value());
      wrapped(measure.sentence(), " ".repeat(wide + 2), out);
    }
    out.println();
  }

  private static void wrapped(String sentence, String indent, PrintWriter out) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : sentence.split(" ", -1)) {
      if (line.length() + word.length() > LINE && line.length() > indent.length()) {
        out.println(line.toString().stripTrailing());
        line.setLength(indent.length());
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }

  Map<String, @Nullable Object> json(Map<String, String> files) {
    Moment moment = history.chosen();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("place", source.place().toString());
    json.put("data", source.run() == null ? null : source.title());
    json.put("layer", history.layer());
    json.put("layers", source.network().layers().size());
    json.put("inputs", moment.connectivity().outgoing().length);
    json.put("outputs", moment.connectivity().incoming().length);
    ImageShape image = moment.connectivity().image();
    json.put(
        "image", image == null ? null : List.of(image.height(), image.width(), image.channels()));
    json.putAll(json(moment.point()));
    json.put("expected_per_pixel", moment.expected());
    TrendCurve trend = moment.trend();
    json.put("trend", trend == null ? null : trend.values());
    Chance chance =
        image == null
            ? null
            : Chance.of(
                moment.point().connections(), moment.connectivity().incoming().length, image);
    json.put("trend_chance_low", chance == null ? null : chance.low());
    json.put("trend_chance_high", chance == null ? null : chance.high());
    json.put("removed_and_not_replaced", history.removed());
    json.put("input_degrees", moment.connectivity().outgoing());
    measures.forEach(measure -> json.putAll(measure.json()));
    json.put("history", history.points().stream().map(TopologyFacts::json).toList());
    json.put("files", files);
    return json;
  }

  private static Map<String, @Nullable Object> json(Point point) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("epoch", point.epoch());
    json.put("step", point.step());
    json.put("connections", point.connections());
    json.put("center_mean_ratio", Json.number(point.ratio()));
    Polarity polarity = point.polarity();
    json.put("polarity", polarity == null ? null : polarity.index());
    json.put(
        "polarity_interval", polarity == null ? null : List.of(polarity.low(), polarity.high()));
    json.put("polarity_sign", polarity == null ? null : PolarityWords.word(polarity));
    json.put("churn", Json.number(point.churn()));
    return json;
  }
}
