package dev.rewire.dataset;

/**
 * Features that are the pixels of a picture, row by row, colour planes one after another.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels 1 for grey, 3 for colour
 */
public record ImageShape(int height, int width, int channels) {
  /** Checks the sizes. */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "image sizes must be 1 or more: " + height + " x " + width + " x " + channels);
    }
  }

  /**
   * Returns the number of features.
   *
   * @return height times width times channels
   */
  public int features() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }
}
