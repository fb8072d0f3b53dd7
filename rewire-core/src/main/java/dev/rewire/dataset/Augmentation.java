package dev.rewire.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How pictures are moved while a network learns, so that it never sees one twice in the same place.
 *
 * @param shift pixels that a picture moves at the most, up or down and left or right, 0 or more
 * @param rotate degrees that it turns at the most around its middle, 0 to 180
 * @param flip whether every second one is seen in a mirror, left for right
 */
public record Augmentation(int shift, double rotate, boolean flip) {
  /** Pictures stay as they are. */
  public static final Augmentation NONE = new Augmentation(0, 0, false);

  /** Checks the numbers. */
  public Augmentation {
    if (shift < 0) {
      throw new IllegalArgumentException("shift must be 0 pixels or more, not " + shift);
    }
    if (!(rotate >= 0 && rotate <= 180)) {
      throw new IllegalArgumentException("rotate must be 0 to 180 degrees, not " + rotate);
    }
  }

  /**
   * Reads a list like {@code shift=2,rotate=10,flip}; {@code none} is an empty one.
   *
   * @param words names with their numbers, each at most once, separated by commas
   * @return what they say
   * @throws IllegalArgumentException if a word is unknown or a number is not possible
   */
  public static Augmentation of(String words) {
    int shift = 0;
    double rotate = 0;
    boolean flip = false;
    if (words.equals("none")) {
      return NONE;
    }
    List<String> seen = new ArrayList<>();
    for (String word : words.split(",", -1)) {
      String[] pair = word.strip().toLowerCase(Locale.ROOT).split("=", -1);
      if (seen.contains(pair[0])) {
        throw new IllegalArgumentException(pair[0] + " is there twice");
      }
      seen.add(pair[0]);
      try {
        switch (pair.length + pair[0]) {
          case "2shift" -> shift = Integer.parseInt(pair[1]);
          case "2rotate" -> rotate = Double.parseDouble(pair[1]);
          case "1flip" -> flip = true;
          default ->
              throw new IllegalArgumentException(
                  "'" + word + "' is none of shift=PIXELS, rotate=DEGREES, flip");
        }
      } catch (NumberFormatException bad) {
        throw new IllegalArgumentException("'" + word + "' has no number that is possible", bad);
      }
    }
    return new Augmentation(shift, rotate, flip);
  }

  /**
   * Writes what {@link #of} reads.
   *
   * @return for example {@code shift=2,rotate=10.0,flip}; {@code none} if pictures stay as they are
   */
  public String id() {
    List<String> words = new ArrayList<>();
    if (shift > 0) {
      words.add("shift=" + shift);
    }
    if (rotate > 0) {
      words.add("rotate=" + rotate);
    }
    if (flip) {
      words.add("flip");
    }
    return words.isEmpty() ? "none" : String.join(",", words);
  }

  /**
   * Says whether pictures stay as they are.
   *
   * @return true for {@link #NONE}
   */
  public boolean isNone() {
    return equals(NONE);
  }

  /**
   * Moves the pictures of a data set while it is learned.
   *
   * @param data pictures
   * @return the same data set if pictures stay as they are
   * @throws IllegalArgumentException if the data are no pictures
   */
  public Dataset of(LoadedDataset data) {
    return isNone() ? data : new AugmentedDataset(data, this);
  }
}
