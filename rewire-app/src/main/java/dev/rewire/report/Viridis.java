package dev.rewire.report;

/**
 * The colours of heat maps (van der Walt and Smith, 2015): equal steps look equal, also to
 * colour-blind eyes and in grey print. Eleven stops, straight lines between them.
 */
final class Viridis {
  private static final int[] STOPS = {
    0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
    0xbddf26, 0xfde725
  };

  private Viridis() {}

  /**
   * Returns a colour.
   *
   * @param value 0 for dark violet to 1 for yellow
   * @return red, green and blue in 24 bits
   */
  static int colour(double value) {
    double at = Math.clamp(value, 0, 1) * (STOPS.length - 1);
    int low = (int) Math.min(Math.floor(at), STOPS.length - 2);
    double part = at - low;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = STOPS[low] >> shift & 0xff;
      int to = STOPS[low + 1] >> shift & 0xff;
      colour |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return colour;
  }

  /** Returns the colours as a gradient of CSS, from left to right. */
  static String gradient() {
    StringBuilder css = new StringBuilder("linear-gradient(to right");
    for (int stop : STOPS) {
      css.append(", #%06x".formatted(stop));
    }
    return css.append(')').toString();
  }
}
