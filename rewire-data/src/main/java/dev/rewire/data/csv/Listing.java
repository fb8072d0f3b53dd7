package dev.rewire.data.csv;

import java.util.List;

/** Names in a message. */
final class Listing {
  private static final int MOST = 12;

  private Listing() {}

  /**
   * Joins names, the first few if there are many.
   *
   * @param names any number
   * @return for example {@code a, b, c and 17 more}
   */
  static String of(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
    return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
  }
}
