package dev.rewire.report;

import dev.rewire.microscope.Moment;
import dev.rewire.picture.Palette;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;

/**
 * Which colour a number of connections gets, the same in all pictures that are compared.
 *
 * @param palette the colours
 * @param low count of the first colour
 * @param middle count of the colour in the middle
 * @param high count of the last colour
 * @param expected what chance gives a pixel in the mean
 */
public record CountScale(Palette palette, double low, double middle, double high, double expected) {
  /** So much of what lies farthest out is cut off: single pixels shall not bleach all others. */
  private static final double CUT = 0.005;

  /**
   * Makes a scale from none to the most: bright is much.
   *
   * @param moments all that will be shown, 1 or more
   * @return a scale with an expectation as at the end
   */
  public static CountScale counts(List<Moment> moments) {
    double most =
        Math.max(1, moments.stream().flatMapToInt(m -> Arrays.stream(m.counts())).max().orElse(1));
    return new CountScale(Palette.VIRIDIS, 0, most / 2, most, moments.getLast().expected());
  }

  /**
   * Makes a scale around what chance gives: blue is less, orange more.
   *
   * @param moments all that will be shown, 1 or more
   * @return a scale with an expectation as at the end
   */
  public static CountScale againstChance(List<Moment> moments) {
    double expected = moments.getLast().expected();
    double[] distances =
        moments.stream()
            .flatMapToDouble(
                m -> Arrays.stream(m.counts()).mapToDouble(c -> Math.abs(c - expected)))
            .sorted()
            .toArray();
    double far = Math.max(1, Math.ceil(distances[(int) ((1 - CUT) * (distances.length - 1))]));
    return new CountScale(
        Palette.BLUE_ORANGE, Math.max(0, expected - far), expected, expected + far, expected);
  }

  /**
   * Says where a count lies.
   *
   * @param count any number
   * @return 0 at the first colour, 1 at the last
   */
  public double place(double count) {
    double place =
        count < middle
            ? 0.5 * (count - low) / Math.max(1e-9, middle - low)
            : 0.5 + 0.5 * (count - middle) / Math.max(1e-9, high - middle);
    return Math.clamp(place, 0, 1);
  }

  /**
   * Draws counts.
   *
   * @param counts row by row
   * @param width pixels in a row
   * @return one pixel a count
   */
  public BufferedImage image(int[] counts, int width) {
    BufferedImage image =
        new BufferedImage(width, counts.length / width, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < counts.length; i++) {
      image.setRGB(i % width, i / width, palette.colour(place(counts[i])));
    }
    return image;
  }
}
