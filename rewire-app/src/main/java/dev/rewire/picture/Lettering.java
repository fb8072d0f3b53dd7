package dev.rewire.picture;

/** How wide words are, since a page cannot be asked before somebody opens it. */
public final class Lettering {
  // Widths at 12 px in DejaVu Sans, the widest of the fonts that pages ask for.
  private static final String NARROW = " ijlIJf.,/:;\\|'-";
  private static final String SLIM = "()[]rt!\"";
  private static final String BROAD = "ABCDGHKNOQRUVXZ&";
  private static final String WIDE = "w#+<=>^~M×±−";
  private static final String WIDEST = "m%W@";

  private Lettering() {}

  /**
   * Says how wide a text of 12 px is at most, about.
   *
   * @param text a line
   * @return its width, px
   */
  public static double width(String text) {
    return text.chars().mapToDouble(Lettering::width).sum();
  }

  private static double width(int letter) {
    if (NARROW.indexOf(letter) >= 0) {
      return 4.3;
    }
    if (SLIM.indexOf(letter) >= 0) {
      return 5.5;
    }
    if (BROAD.indexOf(letter) >= 0) {
      return 9.4;
    }
    if (WIDE.indexOf(letter) >= 0) {
      return 10.4;
    }
    return WIDEST.indexOf(letter) >= 0 ? 12 : 7.6;
  }
}
