package dev.rewire.choice;

import java.util.regex.Pattern;

/**
 * Names layers of a network. Its layers are called {@code hidden-1}, {@code hidden-2} and so on,
 * from the input on, and the last one {@code output}.
 *
 * @param text the name of a layer, in which {@code *} stands for any letters; the number of a layer
 *     from 0; or {@code hidden} for all but the last
 */
public record LayerPattern(String text) {
  private static final String OUTPUT = "output";
  private static final String HIDDEN = "hidden";
  private static final String NUMBER = "\\d{1,9}";

  /** What can be the name of a layer in some network. */
  private static final Pattern POSSIBLE =
      Pattern.compile(
          NUMBER + "|" + HIDDEN + "|" + OUTPUT + "|hidden-[1-9]\\d{0,8}|(?=.*\\*)[a-z0-9*-]+");

  /** Checks that layers can be called so. */
  public LayerPattern {
    if (!isPossible(text)) {
      throw new IllegalArgumentException(
          "must name a layer as hidden-1, hidden-* or output, or by its number from 0, not '%s'"
              .formatted(text));
    }
  }

  /**
   * Says whether layers can be called so.
   *
   * @param text any
   * @return false if no network has a layer of this name
   */
  public static boolean isPossible(String text) {
    return POSSIBLE.matcher(text).matches();
  }

  /**
   * Returns the name of a layer.
   *
   * @param layer its number, from 0
   * @param layers of the network
   * @return for example {@code hidden-1} or {@code output}
   */
  public static String name(int layer, int layers) {
    return layer == layers - 1 ? OUTPUT : HIDDEN + "-" + (layer + 1);
  }

  /**
   * Says whether a layer is meant.
   *
   * @param layer its number, from 0
   * @param layers of the network
   * @return true if it is
   */
  public boolean matches(int layer, int layers) {
    if (text.matches(NUMBER)) {
      return Integer.parseInt(text) == layer;
    }
    return text.equals(HIDDEN)
        ? layer < layers - 1
        : name(layer, layers).matches(text.replace("*", ".*"));
  }

  /**
   * Checks that a layer is meant.
   *
   * @param layers of the network
   * @throws IllegalArgumentException if it has none of this name; the message says which it has
   */
  public void requireLayer(int layers) {
    for (int layer = 0; layer < layers; layer++) {
      if (matches(layer, layers)) {
        return;
      }
    }
    throw new IllegalArgumentException(
        "names layer %s, but the network has layers 0 to %d: %s"
            .formatted(text, layers - 1, names(layers)));
  }

  private static String names(int layers) {
    return switch (layers) {
      case 1 -> OUTPUT;
      case 2 -> "hidden-1 and output";
      case 3 -> "hidden-1, hidden-2 and output";
      default -> "hidden-1 to %s and output".formatted(name(layers - 2, layers));
    };
  }
}
