package dev.rewire.cli;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * A heat map of letters: in colour two pixels a letter, one above the other; without colour one
 * pixel in two letters of a shade. Wide pictures are thinned out to fit a terminal.
 *
 * @param width pixels in a row
 * @param height rows
 * @param values row by row
 */
record TextMap(int width, int height, int[] values) {
  private static final int COLUMNS = 80;
  private static final String SHADES = " .:-=+*#%@";
  private static final int GREY = 232;
  private static final int GREYS = 24;
  private static final int CUBE = 16;

  int least() {
    return Arrays.stream(values).min().orElse(0);
  }

  int most() {
    return Arrays.stream(values).max().orElse(0);
  }

  String text(boolean colour) {
    int letters = colour ? 1 : 2;
    int every = Math.max(1, (width * letters + COLUMNS - 1) / COLUMNS);
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < height; y += colour ? 2 * every : every) {
      for (int x = 0; x < width; x += every) {
        if (colour) {
          text.append(
              "\u001b[38;5;%d;48;5;%dm\u2580"
                  .formatted(grey(x, y), y + every < height ? grey(x, y + every) : GREY));
        } else {
          char shade = SHADES.charAt((int) (share(x, y) * (SHADES.length() - 1) + 0.5));
          text.append(shade).append(shade);
        }
      }
      text.append(colour ? "\u001b[0m\n" : "\n");
    }
    return text.toString();
  }

  /**
   * Draws with half blocks in colours of one's own: all of them where the terminal says that it has
   * them, or else the nearest of 256.
   *
   * @param colour of a value, in 24 bits
   */
  String coloured(IntUnaryOperator colour) {
    String terminal = String.valueOf(System.getenv("COLORTERM"));
    boolean all = terminal.contains("truecolor") || terminal.contains("24bit");
    int every = Math.max(1, (width + COLUMNS - 1) / COLUMNS);
    StringBuilder text = new StringBuilder();
    for (int y = 0; y < height; y += 2 * every) {
      for (int x = 0; x < width; x += every) {
        text.append("\u001b[").append(code(38, colour.applyAsInt(values[y * width + x]), all));
        if (y + every < height) {
          int below = colour.applyAsInt(values[(y + every) * width + x]);
          text.append(';').append(code(48, below, all));
        } else {
          text.append(";49");
        }
        text.append("m\u2580");
      }
      text.append("\u001b[0m\n");
    }
    return text.toString();
  }

  /**
   * The part of a terminal's command that sets a colour: 38 for the upper half, 48 for the lower.
   */
  private static String code(int ground, int colour, boolean all) {
    int red = colour >> 16;
    int green = colour >> 8 & 0xff;
    int blue = colour & 0xff;
    return all
        ? "%d;2;%d;%d;%d".formatted(ground, red, green, blue)
        : "%d;5;%d".formatted(ground, CUBE + 36 * step(red) + 6 * step(green) + step(blue));
  }

  /** Terminals of 256 colours have six steps of each: 0, 95, 135, 175, 215, 255. */
  private static int step(int part) {
    return part < 48 ? 0 : part < 115 ? 1 : Math.min(5, (part - 35) / 40);
  }

  private int grey(int x, int y) {
    return GREY + (int) (share(x, y) * (GREYS - 1) + 0.5);
  }

  private double share(int x, int y) {
    int range = most() - least();
    return range == 0 ? 0 : (double) (values[y * width + x] - least()) / range;
  }
}
