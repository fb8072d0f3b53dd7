package dev.rewire.microscope;

import dev.rewire.measure.Polarity;
import java.util.Locale;

/** What a polarity means, in words that need no explanation. */
public final class PolarityWords {
  private PolarityWords() {}

  /**
   * Says it in one word.
   *
   * @param polarity of a layer
   * @return positive, negative or none
   */
  public static String word(Polarity polarity) {
    return polarity.sign().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Says it in numbers.
   *
   * @param polarity of a layer
   * @return for example {@code polarity +0.085 (+0.070 to +0.100)}
   */
  public static String numbers(Polarity polarity) {
    return String.format(
        Locale.ROOT,
        "polarity %+.3f (%+.3f to %+.3f)",
        polarity.index(),
        polarity.low(),
        polarity.high());
  }

  /**
   * Says it in a sentence.
   *
   * @param polarity of a layer
   * @return what a newcomer wants to know
   */
  public static String sentence(Polarity polarity) {
    if (polarity.sign() != Polarity.Sign.NONE && Math.abs(polarity.index()) == 1) {
      return polarity.index() > 0
          ? "The centre has all connections, the margin none."
          : "The margin has all connections, the centre none.";
    }
    return switch (polarity.sign()) {
      case POSITIVE ->
          "A pixel in the centre has %s more connections than one in the margin: the network has moved its wires to where the pictures differ."
              .formatted(percent(polarity.index()));
      case NEGATIVE ->
          "A pixel in the centre has %s fewer connections than one in the margin: the wires have gathered where the pictures say least."
              .formatted(percent(polarity.index()));
      case NONE ->
          "Centre and margin have as many connections as chance gives them: nothing to see, or not yet.";
    };
  }

  /** Centre against margin: an index of (x - y) / (x + y) is a ratio of (1 + i) / (1 - i). */
  private static String percent(double index) {
    double ratio = (1 + index) / (1 - index);
    return String.format(Locale.ROOT, "%.0f %%", 100 * Math.abs(ratio - 1));
  }
}
