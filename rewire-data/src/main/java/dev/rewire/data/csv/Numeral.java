package dev.rewire.data.csv;

/** Numbers as tables write them. */
public final class Numeral {
  private static final String ALPHABET = "0123456789+-.eE";
  private static final double LARGEST_WHOLE = 1e15;

  private Numeral() {}

  /**
   * Reads a decimal number. What only Java takes for a number ({@code 1f}, {@code 0x1p3}, {@code
   * NaN}, {@code Infinity}) is none.
   *
   * @param text without spaces around it
   * @return the nearest float, or NaN if there is no finite one
   */
  public static float parse(String text) {
    double value = parseDouble(text);
    return Math.abs(value) <= Float.MAX_VALUE ? Float.parseFloat(text) : Float.NaN;
  }

  /**
   * Tells numbers from words.
   *
   * @param text without spaces around it
   * @return true for a finite decimal number
   */
  public static boolean is(String text) {
    return !Double.isNaN(parseDouble(text));
  }

  /**
   * Reads a decimal number.
   *
   * @param text without spaces around it
   * @return a finite number, or NaN
   */
  public static double parseDouble(String text) {
    if (text.isEmpty()) {
      return Double.NaN;
    }
    for (int i = 0; i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /**
   * Writes whole numbers in one way, so that {@code 1}, {@code 1.0} and {@code 1e0} are one class.
   *
   * @param text a label
   * @return a whole number without fraction, or the text as it is
   */
  public static String canonical(String text) {
    double value = parseDouble(text);
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Long.toString((long) value)
        : text;
  }
}
