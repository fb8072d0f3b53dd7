package dev.rewire.data.arff;

import dev.rewire.data.file.TextLines;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line into cells, some of them quoted. */
final class ArffCells {
  /**
   * A cell.
   *
   * @param text without quotes, and without spaces around it if it had none
   * @param quoted whether it had quotes, so that {@code ?} is a word
   */
  record Cell(String text, boolean quoted) {
    boolean missing() {
      return !quoted && text.equals("?");
    }
  }

  private static final String REMEDY = "close every quote, and separate cells by commas";

  private final TextLines lines;
  private final String line;
  private int at;

  private ArffCells(TextLines lines, String line, int at) {
    this.lines = lines;
    this.line = line;
    this.at = at;
  }

  /** Cuts text at its commas. */
  static List<Cell> list(TextLines lines, String text) {
    ArffCells cells = new ArffCells(lines, text, 0);
    List<Cell> all = new ArrayList<>();
    while (true) {
      all.add(cells.cell(",\t"));
      if (cells.at >= text.length()) {
        return all;
      }
      cells.at++;
    }
  }

  /**
   * Cuts off the first word, which may be quoted.
   *
   * @return the word, and the rest without spaces around it
   */
  static String[] word(TextLines lines, String text) {
    ArffCells cells = new ArffCells(lines, text, 0);
    String word = cells.cell(" \t").text();
    return new String[] {word, text.substring(cells.at).strip()};
  }

  /**
   * A cell of a line with braces.
   *
   * @param cell its value
   * @param next where the next pair begins
   */
  record End(Cell cell, int next) {}

  /** Reads the value of a pair, whose index ends at a place. */
  static End one(TextLines lines, String text, int at) {
    ArffCells cells = new ArffCells(lines, text, at);
    Cell cell = cells.cell(",");
    int next = cells.at + 1;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return new End(cell, next);
  }

  /** Reads to the next separator, or to the end. */
  private Cell cell(String separators) {
    while (at < line.length()
        && Character.isWhitespace(line.charAt(at))
        && separators.indexOf(line.charAt(at)) < 0) {
      at++;
    }
    char first = at < line.length() ? line.charAt(at) : ' ';
    if (first != '\'' && first != '"') {
      int from = at;
      while (at < line.length() && separators.indexOf(line.charAt(at)) < 0) {
        at++;
      }
      return new Cell(line.substring(from, at).strip(), false);
    }
    StringBuilder text = new StringBuilder();
    for (at++; at < line.length() && line.charAt(at) != first; at++) {
      if (line.charAt(at) == '\\' && at + 1 < line.length()) {
        at++;
      }
      text.append(line.charAt(at));
    }
    if (at == line.length()) {
      throw lines.wrong("has a quote that is not closed", REMEDY);
    }
    at++;
    while (at < line.length() && separators.indexOf(line.charAt(at)) < 0) {
      if (!Character.isWhitespace(line.charAt(at))) {
        throw lines.wrong("has letters behind a closing quote", REMEDY);
      }
      at++;
    }
    return new Cell(text.toString(), true);
  }
}
