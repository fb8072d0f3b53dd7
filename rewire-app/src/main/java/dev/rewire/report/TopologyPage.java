package dev.rewire.report;

import dev.rewire.measure.Polarity;
import dev.rewire.microscope.LayerHistory;
import dev.rewire.microscope.PolarityWords;
import dev.rewire.report.RunPage.Fact;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A topology as one HTML file that needs nothing else and no network. */
public final class TopologyPage {
  private TopologyPage() {}

  /**
   * Writes the page.
   *
   * @param title name of the run or model
   * @param subtitle the network in a few words
   * @param history of a layer
   * @param facts the numbers to see first
   * @param sentences each measure, and what its number means
   * @return the page
   * @throws IOException if a part of it cannot be read
   */
  public static String html(
      String title,
      String subtitle,
      LayerHistory history,
      List<Fact> facts,
      Map<String, String> sentences)
      throws IOException {
    HtmlPage html = new HtmlPage(title, subtitle);
    html.facts(facts);
    looks(html, history);
    if (!sentences.isEmpty()) {
      html.section("What the numbers say", "The last moment of the layer, measure by measure.");
      html.settings(Map.of("measures", sentences));
    }
    return html.end();
  }

  /** The section that all pages about a topology have in common. */
  static void looks(HtmlPage html, LayerHistory history) throws IOException {
    Polarity polarity = history.end().point().polarity();
    String moved =
        "Move the slider, by mouse or by the arrow keys, to go through training; all scales are fixed.";
    html.section(
        "Where the network looks",
        polarity == null
            ? "How many connections leave each input. All inputs begin alike; what rewiring has"
                + " learnt about them is the difference. "
                + moved
            : PolarityWords.sentence(polarity)
                + " Orange pixels have more connections than chance gives, blue ones fewer; the grey"
                + " band is where 95 of 100 random topologies lie. "
                + moved);
    html.append(new TopologySlider(history).html());
  }
}
