package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A run as one HTML file that needs nothing else, no network and no script. */
public final class HtmlReport {
  private final RunPage page;
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(RunPage page) {
    this.page = page;
  }

  /**
   * Writes the file.
   *
   * @param page what to tell
   * @param path where to
   * @throws IOException if it cannot be written
   */
  public static void write(RunPage page, Path path) throws IOException {
    Files.writeString(path, new HtmlReport(page).html());
  }

  private String html() throws IOException {
    head();
    facts();
    learning();
    connectivity();
    degrees();
    settings();
    next();
    html.append("<footer>Written by Rewire.</footer>\n</body>\n</html>\n");
    return html.toString();
  }

  private void head() throws IOException {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s: Rewire</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>%s</h1>
        <p>%s</p>
        """
            .formatted(
                Svg.escape(page.title()),
                style(),
                Svg.escape(page.title()),
                Svg.escape(page.subtitle())));
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void facts() {
    html.append("<div class=\"facts\">\n");
    for (RunPage.Fact fact : page.facts()) {
      html.append(
          "<div><strong>%s</strong><span>%s</span></div>%n"
              .formatted(Svg.escape(fact.value()), Svg.escape(fact.name())));
    }
    html.append("</div>\n");
  }

  private void section(String title, String text) {
    html.append("<h2>%s</h2>%n<p>%s</p>%n".formatted(Svg.escape(title), Svg.escape(text)));
  }

  private void figure(String content) {
    html.append("<figure>\n").append(content).append("</figure>\n");
  }

  private void pair(String left, String right) {
    html.append("<div class=\"pair\">\n");
    figure(left);
    figure(right);
    html.append("</div>\n");
  }

  private void learning() {
    section(
        "Learning",
        "Loss and accuracy of each epoch. The training samples are measured before the step that"
            + " they take part in, the test samples at the end of the epoch; the test samples teach"
            + " nothing.");
    if (page.epochs().isEmpty()) {
      html.append("<p>There was no epoch of training.</p>\n");
    } else {
      pair(Charts.loss(page.epochs()).svg(), Charts.accuracy(page.epochs()).svg());
    }
  }

  private void connectivity() throws IOException {
    ImageShape shape = page.end().image();
    if (shape == null) {
      section(
          "Where the network looks",
          "How many connections leave each feature, before and after training. All features begin"
              + " alike; what rewiring has learnt about them is the difference.");
      figure(new FeatureBars(page.start().outgoing(), page.end().outgoing()).svg());
      return;
    }
    section(
        "Where the network looks",
        "How many connections leave each pixel, before and after training, on one scale. All pixels"
            + " begin alike; what rewiring has learnt about them is the difference.");
    HeatMap map = HeatMap.of(shape, page.start(), page.end());
    pair(image("Before training", map, map.start()), image("After training", map, map.end()));
    html.append(
        "<div class=\"scale\"><i style=\"background: %s\"></i><div><span>0</span><span>%s</span><span>%s</span></div><p>connections leaving a pixel</p></div>%n"
            .formatted(
                Viridis.gradient(), Svg.number(map.most() / 2.0).replace(".0", ""), map.most()));
  }

  private static String image(String caption, HeatMap map, int[] counts) throws IOException {
    return "<figcaption>%s</figcaption><img alt=\"Heat map of connections: %s\" src=\"%s\">%n"
        .formatted(caption, caption, map.address(counts));
  }

  private void degrees() {
    section(
        "Degrees",
        "How many neurons have how many connections in the first layer, before and after"
            + " training.");
    pair(
        Charts.degrees(
                "From each input",
                "outgoing connections of an input",
                "inputs",
                page.start().outgoing(),
                page.end().outgoing())
            .svg(),
        Charts.degrees(
                "To each first hidden neuron",
                "incoming connections of a neuron",
                "neurons",
                page.start().incoming(),
                page.end().incoming())
            .svg());
    if (page.epochs().stream().anyMatch(epoch -> epoch.rewired() > 0)) {
      section(
          "Rewiring",
          "How many connections evolution has dropped after each epoch, over all layers; as many"
              + " grow elsewhere, unless the rule says otherwise.");
      pair(Charts.rewired(page.epochs()).svg(), Charts.seconds(page.epochs()).svg());
    }
  }

  private void settings() {
    section("Settings", "Everything that this run depended on; config.yaml has the same.");
    html.append("<div class=\"settings\">\n");
    for (Map.Entry<String, Map<String, String>> section : page.settings().entrySet()) {
      html.append("<section><h3>%s</h3><table>%n".formatted(Svg.escape(section.getKey())));
      for (Map.Entry<String, String> setting : section.getValue().entrySet()) {
        html.append(
            "<tr><td>%s</td><td>%s</td></tr>%n"
                .formatted(Svg.escape(setting.getKey()), Svg.escape(setting.getValue())));
      }
      html.append("</table></section>\n");
    }
    html.append("</div>\n");
  }

  private void next() {
    section("What to type next", "In the folder in which this run was started:");
    html.append("<pre>");
    for (RunPage.NextStep step : page.next()) {
      html.append("# %s%n%s%n".formatted(Svg.escape(step.purpose()), Svg.escape(step.command())));
    }
    html.append("</pre>\n");
  }
}
