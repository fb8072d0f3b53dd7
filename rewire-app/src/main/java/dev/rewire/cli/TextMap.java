package dev.rewire.cli;

import java.util.Arrays;

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

  private int grey(int x, int y) {
    return GREY + (int) (share(x, y) * (GREYS - 1) + 0.5);
  }

  private double share(int x, int y) {
    int range = most() - least();
    return range == 0 ? 0 : (double) (values[y * width + x] - least()) / range;
  }
}
