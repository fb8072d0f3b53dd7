package dev.rewire.data.csv;

import java.util.ArrayList;
import java.util.List;

/** Finds out what separates the columns of a table. */
final class Delimiter {
  /** In the order in which they are believed: a comma may also be a decimal sign. */
  private static final char[] CANDIDATES = {'\t', ';', ','};

  private static final int MOST_LINES = 20;

  private Delimiter() {}

  /**
   * Finds the delimiter that every line has equally often, or else the most frequent one of the
   * first line. Quoted text does not count.
   *
   * @param beginning of the file
   * @param complete false if more follows, so that its last line may be cut
   * @return comma, semicolon or tab; comma if there is none of them
   */
  static char detect(String beginning, boolean complete) {
    List<int[]> lines = count(beginning, complete);
    for (int c = 0; c < CANDIDATES.length; c++) {
      int candidate = c;
      if (!lines.isEmpty()
          && lines.getFirst()[c] > 0
          && lines.stream().allMatch(line -> line[candidate] == lines.getFirst()[candidate])) {
        return CANDIDATES[c];
      }
    }
    int best = CANDIDATES.length - 1;
    for (int c = CANDIDATES.length - 2; c >= 0 && !lines.isEmpty(); c--) {
      if (lines.getFirst()[c] > lines.getFirst()[best]) {
        best = c;
      }
    }
    return CANDIDATES[best];
  }

  private static List<int[]> count(String beginning, boolean complete) {
    List<int[]> lines = new ArrayList<>();
    int[] line = new int[CANDIDATES.length];
    boolean quoted = false;
    boolean blank = true;
    for (int i = 0; i < beginning.length() && lines.size() < MOST_LINES; i++) {
      char c = beginning.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      }
      if (quoted) {
        blank = false;
      } else if (c == '\n' || c == '\r') {
        if (!blank) {
          lines.add(line);
          line = new int[CANDIDATES.length];
        }
        blank = true;
      } else {
        blank = false;
        for (int k = 0; k < CANDIDATES.length; k++) {
          line[k] += c == CANDIDATES[k] ? 1 : 0;
        }
      }
    }
    // A cut line still is better than none.
    if (!blank && lines.size() < MOST_LINES && (complete || lines.isEmpty())) {
      lines.add(line);
    }
    return lines;
  }
}
