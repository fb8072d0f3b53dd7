package dev.rewire.data.digits;

import java.util.Arrays;

/** A small grey picture on which round-ended lines are drawn without jagged edges. */
final class Canvas {
  private final int side;

  /** How far inside the ink the middle of each pixel is, in pixels; negative outside. */
  private final float[] depth;

  /**
   * Makes an empty picture.
   *
   * @param side pixels in a row and in a column
   */
  Canvas(int side) {
    this.side = side;
    this.depth = new float[side * side];
    clear();
  }

  /** Removes all ink. */
  void clear() {
    Arrays.fill(depth, -1f);
  }

  /**
   * Draws a straight line whose thickness changes evenly. Coordinates are in pixels; the middle of
   * the first pixel is at (0.5, 0.5).
   *
   * @param x0 start
   * @param y0 start
   * @param r0 half of the thickness there
   * @param x1 end
   * @param y1 end
   * @param r1 half of the thickness there
   */
  void line(float x0, float y0, float r0, float x1, float y1, float r1) {
    float reach = Math.max(r0, r1) + 1;
    int left = Math.max(0, (int) (Math.min(x0, x1) - reach));
    int right = Math.min(side - 1, (int) (Math.max(x0, x1) + reach));
    int top = Math.max(0, (int) (Math.min(y0, y1) - reach));
    int bottom = Math.min(side - 1, (int) (Math.max(y0, y1) + reach));
    float dx = x1 - x0;
    float dy = y1 - y0;
    float inverse = 1 / Math.max(1e-6f, dx * dx + dy * dy);
    for (int y = top; y <= bottom; y++) {
      float py = y + .5f - y0;
      for (int x = left; x <= right; x++) {
        float px = x + .5f - x0;
        float t = Math.clamp((px * dx + py * dy) * inverse, 0f, 1f);
        float ex = px - t * dx;
        float ey = py - t * dy;
        float inside = r0 + t * (r1 - r0) - (float) Math.sqrt(ex * ex + ey * ey);
        int at = y * side + x;
        depth[at] = Math.max(depth[at], inside);
      }
    }
  }

  /**
   * Turns the ink into grey.
   *
   * @param brightness of full ink, 0 to 255
   * @param softness pixels over which ink fades at an edge, above 0
   * @param target receives one whole number 0 to 255 a pixel, row by row
   * @param from where to start in {@code target}
   */
  void develop(float brightness, float softness, float[] target, int from) {
    float scale = 1 / softness;
    for (int i = 0; i < depth.length; i++) {
      float covered = Math.clamp(.5f + depth[i] * scale, 0f, 1f);
      target[from + i] = (int) (covered * brightness + .5f);
    }
  }
}
