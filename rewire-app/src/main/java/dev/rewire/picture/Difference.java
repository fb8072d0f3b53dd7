package dev.rewire.picture;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Finds out which part of a picture is not as in the one before. */
final class Difference {
  private final int width;
  private final int height;
  private int @Nullable [] before;

  Difference(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /**
   * Returns the smallest rectangle with all pixels that have changed: everything for the first
   * picture, one pixel if none has.
   */
  Rectangle from(BufferedImage picture) {
    if (picture.getWidth() != width || picture.getHeight() != height) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels in a film of %d x %d"
              .formatted(picture.getWidth(), picture.getHeight(), width, height));
    }
    int[] now = picture.getRGB(0, 0, width, height, null, 0, width);
    int[] then = before;
    before = now;
    if (then == null) {
      return new Rectangle(0, 0, width, height);
    }
    int left = width;
    int right = -1;
    int top = height;
    int bottom = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (now[y * width + x] != then[y * width + x]) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = y;
        }
      }
    }
    return right < 0
        ? new Rectangle(0, 0, 1, 1)
        : new Rectangle(left, top, right - left + 1, bottom - top + 1);
  }
}
