package dev.rewire.report;

import dev.rewire.dataset.ImageShape;
import dev.rewire.metric.ConfusionMatrix;
import dev.rewire.picture.Palette;
import dev.rewire.picture.Png;
import dev.rewire.picture.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run as one HTML file that needs nothing else and no network; only its slider needs a script.
 */
public final class HtmlReport {
  private final RunPage page;
  private final HtmlPage html;

  private HtmlReport(RunPage page) throws IOException {
    this.page = page;
    html = new HtmlPage(page.title(), page.subtitle());
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
    html.facts(page.facts());
    learning();
    quality();
    connectivity();
    degrees();
    settings();
    next();
    return html.end();
  }

  private void learning() {
    html.section(
        "Learning",
        "Loss of each epoch, and accuracy if classes or labels are predicted. The training samples are measured before the step that"
            + " they take part in, the %1$s samples at the end of the epoch; the %1$s samples teach"
                .formatted(page.watched())
            + " nothing."
            + (page.watched().equals("test")
                ? ""
                : " The test samples are looked at once, at the end of the training."));
    if (page.epochs().isEmpty()) {
      html.paragraph("There was no epoch of training.");
    } else {
      String loss = Charts.loss(page.epochs(), page.watched()).svg();
      if (page.epochs().stream().allMatch(epoch -> Double.isNaN(epoch.test().accuracy()))) {
        html.figure(loss); // numbers are predicted, which are never quite right
      } else {
        html.pair(loss, Charts.accuracy(page.epochs(), page.watched()).svg());
      }
    }
  }

  private void quality() {
    Quality quality = page.quality();
    if (quality.rows().isEmpty()) {
      return;
    }
    html.section(
        "Test",
        "How good the predictions for the test samples are, at the end of the training."
            + (quality.confusion() == null
                ? ""
                : " A class whose row is bright beside the diagonal is taken for another one."));
    html.table(quality.rows(), 0);
    ConfusionMatrix confusion = quality.confusion();
    if (confusion != null) {
      html.figure(new ConfusionPicture(confusion, quality.classNames()).svg());
    }
  }

  private void connectivity() throws IOException {
    ImageShape shape = page.end().image();
    TopologyPage.looks(html, page.history());
    if (shape == null) {
      html.section(
          "Before and after",
          "How many connections leave each feature, before and after training. All features begin"
              + " alike; what rewiring has learnt about them is the difference.");
      html.figure(new FeatureBars(page.start().outgoing(), page.end().outgoing()).svg());
      return;
    }
    html.section(
        "Before and after",
        "How many connections leave each pixel, before and after training, on one scale. All pixels"
            + " begin alike; what rewiring has learnt about them is the difference.");
    HeatMap map = HeatMap.of(shape, page.start(), page.end());
    html.pair(image("Before training", map, map.start()), image("After training", map, map.end()));
    html.append(
        "<div class=\"scale\"><i style=\"background: %s\"></i><div><span>0</span><span>%s</span><span>%s</span></div><p>connections leaving a pixel</p></div>%n"
            .formatted(
                Palette.VIRIDIS.gradient(),
                Svg.number(map.most() / 2.0).replace(".0", ""),
                map.most()));
  }

  private static String image(String caption, HeatMap map, int[] counts) throws IOException {
    return "<figcaption>%s</figcaption><img alt=\"Heat map of connections: %s\" src=\"%s\">%n"
        .formatted(caption, caption, Png.address(map.image(counts)));
  }

  private void degrees() {
    html.section(
        "Degrees",
        "How many neurons have how many connections in the first layer, before and after"
            + " training.");
    html.pair(
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
      html.section(
          "Rewiring",
          "How many connections evolution has dropped after each epoch, over all layers; as many"
              + " grow elsewhere, unless the rule says otherwise.");
      html.pair(Charts.rewired(page.epochs()).svg(), Charts.seconds(page.epochs()).svg());
    }
  }

  private void settings() {
    html.section("Settings", "Everything that this run depended on; config.yaml has the same.");
    html.settings(page.settings());
  }

  private void next() {
    html.section("What to type next", "In the folder in which this run was started:");
    html.append("<pre>");
    for (RunPage.NextStep step : page.next()) {
      html.append("# %s%n%s%n".formatted(Svg.escape(step.purpose()), Svg.escape(step.command())));
    }
    html.append("</pre>\n");
  }
}
