package dev.rewire.report;

import java.util.Locale;

/** Writes a picture in SVG, inside a page. */
final class Svg {
  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String title) {
    text.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n"
            .formatted(width, height, escape(title)));
  }

  /** Makes any text harmless between tags and in attributes. */
  static String escape(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** A fraction with at most one digit behind the point. */
  static String percent(double fraction) {
    return number(100 * fraction).replaceFirst("\\.0$", "") + " %";
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    text.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>%n"
            .formatted(style, number(x1), number(y1), number(x2), number(y2)));
  }

  void path(String style, String path) {
    text.append("<path class=\"%s\" d=\"%s\"/>%n".formatted(style, path));
  }

  void bar(String style, double x, double y, double width, double height, String tip) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>%n"
            .formatted(style, number(x), number(y), number(width), number(height), escape(tip)));
  }

  void area(String style, double x, double y, double width, double height) {
    text.append(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>%n"
            .formatted(style, number(x), number(y), number(width), number(height)));
  }

  void dot(String style, double x, double y, String tip) {
    text.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"2.5\"><title>%s</title></circle>%n"
            .formatted(style, number(x), number(y), escape(tip)));
  }

  /** Writes words; the anchor is start, middle or end. */
  void text(String style, String anchor, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>%n"
            .formatted(style, anchor, number(x), number(y), escape(words)));
  }

  /** Writes words upwards. */
  void upwards(String style, double x, double y, String words) {
    text.append(
        "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%s %s) rotate(-90)\">%s</text>%n"
            .formatted(style, number(x), number(y), escape(words)));
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }
}
