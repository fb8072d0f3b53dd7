package dev.rewire.report;

import dev.rewire.picture.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The parts that all pages have in common: head, style, facts, sections, figures, settings. */
final class HtmlPage {
  private final StringBuilder html = new StringBuilder();

  HtmlPage(String title, String subtitle) throws IOException {
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
            .formatted(Svg.escape(title), style(), Svg.escape(title), Svg.escape(subtitle)));
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlPage.class.getResourceAsStream("report.css")) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  void append(String raw) {
    html.append(raw);
  }

  void facts(List<RunPage.Fact> facts) {
    html.append("<div class=\"facts\">\n");
    for (RunPage.Fact fact : facts) {
      html.append(
          "<div><strong>%s</strong><span>%s</span></div>%n"
              .formatted(Svg.escape(fact.value()), Svg.escape(fact.name())));
    }
    html.append("</div>\n");
  }

  void section(String title, String text) {
    html.append("<h2>%s</h2>%n".formatted(Svg.escape(title)));
    paragraph(text);
  }

  void paragraph(String text) {
    html.append("<p>%s</p>%n".formatted(Svg.escape(text)));
  }

  void figure(String content) {
    html.append("<figure>\n").append(content).append("</figure>\n");
  }

  void pair(String left, String right) {
    html.append("<div class=\"pair\">\n");
    figure(left);
    figure(right);
    html.append("</div>\n");
  }

  /** Words by section, two columns each. */
  void settings(Map<String, Map<String, String>> sections) {
    html.append("<div class=\"settings\">\n");
    sections.forEach((name, words) -> {
      html.append("<section><h3>%s</h3><table>%n".formatted(Svg.escape(name)));
      words.forEach((key, value) ->
          html.append(
              "<tr><td>%s</td><td>%s</td></tr>%n".formatted(Svg.escape(key), Svg.escape(value))));
      html.append("</table></section>\n");
    });
    html.append("</div>\n");
  }

  /** A table: the first row are headings. Factors such as 0.8x that are below a limit stand out. */
  void table(List<List<String>> rows, double limit) {
    html.append("<div class=\"wide\"><table class=\"numbers\">\n");
    for (int r = 0; r < rows.size(); r++) {
      html.append("<tr>");
      for (String cell : rows.get(r)) {
        boolean low = cell.matches("[0-9.]+x") && factor(cell) < limit;
        String open = r == 0 ? "<th>" : low ? "<td class=\"low\">" : "<td>";
        html.append(open).append(Svg.escape(cell)).append(r == 0 ? "</th>" : "</td>");
      }
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  private static double factor(String cell) {
    return Double.parseDouble(cell.substring(0, cell.length() - 1));
  }

  String end() {
    return html + "<footer>Written by Rewire.</footer>\n</body>\n</html>\n";
  }
}
