package dev.rewire.picture;

/**
 * Colours of heat maps. Equal steps look equal, and colour-blind eyes can tell them apart; eleven
 * stops with straight lines between them.
 */
public enum Palette {
  /**
   * From dark violet to yellow, ever brighter, so that it prints in grey (van der Walt and Smith,
   * 2015): for counts.
   */
  VIRIDIS(
      0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
      0xbddf26, 0xfde725),

  /**
   * From blue over nearly white to orange, darker on both sides (after Brewer's schemes, 2003): for
   * what is less or more than expected.
   */
  BLUE_ORANGE(
      0x08306b, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfee0b6, 0xfdb863, 0xe08214,
      0xb35806, 0x7f3b08);

  private final int[] stops;

  Palette(int... stops) {
    this.stops = stops;
  }

  /**
   * Returns a colour.
   *
   * @param value 0 for the first colour to 1 for the last one; what lies outside gets these
   * @return red, green and blue in 24 bits
   */
  public int colour(double value) {
    double at = Math.clamp(value, 0, 1) * (stops.length - 1);
    int low = (int) Math.min(Math.floor(at), stops.length - 2);
    double part = at - low;
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = stops[low] >> shift & 0xff;
      int to = stops[low + 1] >> shift & 0xff;
      colour |= (int) Math.round(from + part * (to - from)) << shift;
    }
    return colour;
  }

  /**
   * Returns the colours as a gradient of CSS.
   *
   * @return from left to right
   */
  public String gradient() {
    StringBuilder css = new StringBuilder("linear-gradient(to right");
    for (int stop : stops) {
      css.append(", #%06x".formatted(stop));
    }
    return css.append(')').toString();
  }

  /**
   * Returns the stops, for programs that draw by themselves.
   *
   * @return red, green and blue in 24 bits each
   */
  public int[] stops() {
    return stops.clone();
  }
}
