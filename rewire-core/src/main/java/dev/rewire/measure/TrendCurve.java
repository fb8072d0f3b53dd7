package dev.rewire.measure;

import dev.rewire.dataset.ImageShape;
import java.util.Arrays;

/**
 * How the connections of pixels change from the centre of a picture outwards: {@code values[i]} is
 * the mean over the pixels of the filled centred square of side {@code 2(i + 1)}, the last one the
 * whole picture; for 28 x 28 pixels rows and columns {@code 13 - i} to {@code 14 + i}, {@code i} =
 * 0 to 13. A curve that falls is positive topology learning: more connections in the centre. The
 * first values are means of few pixels and noisy.
 *
 * <p>Definition: the notebooks of {@code anhinga/synapses}, {@code regularization.md}. Pictures of
 * an odd size have squares of side 1, 3, 5 …; other rectangles have centred rectangles, whose
 * longer side shrinks in proportion. Costs one pass over the pixels.
 *
 * @param values one mean a square, from the smallest to the whole picture; 1 or more
 * @param half index of the square whose side is half the picture's
 */
public record TrendCurve(double[] values, int half) {
  /** Checks the index. */
  public TrendCurve {
    if (half < 0 || half >= values.length) {
      throw new IllegalArgumentException("square " + half + " is none of " + values.length);
    }
  }

  /**
   * Measures counts, as {@link InputConnectivity#pixels} has them.
   *
   * @param perPixel one number a pixel, row by row
   * @param shape of the picture; its colour planes are added up already
   * @return the curve
   */
  public static TrendCurve of(int[] perPixel, ImageShape shape) {
    return of(Arrays.stream(perPixel).asDoubleStream().toArray(), shape);
  }

  /**
   * Measures numbers, as {@link InputStrength#pixels} has them.
   *
   * @param perPixel one number a pixel, row by row
   * @param shape of the picture; its colour planes are added up already
   * @return the curve
   */
  public static TrendCurve of(double[] perPixel, ImageShape shape) {
    if (perPixel.length != shape.height() * shape.width()) {
      throw new IllegalArgumentException(
          "a picture of %d x %d pixels cannot have %d numbers"
              .formatted(shape.height(), shape.width(), perPixel.length));
    }
    CentredRectangles rectangles = CentredRectangles.of(shape);
    double[] above = cumulated(perPixel, shape.height(), shape.width());
    int row = shape.width() + 1;
    double[] values = new double[rectangles.count()];
    for (int i = 0; i < values.length; i++) {
      int top = rectangles.top(i) * row;
      int bottom = (shape.height() - rectangles.top(i)) * row;
      int left = rectangles.left(i);
      int right = shape.width() - left;
      double sum =
          above[bottom + right] - above[bottom + left] - above[top + right] + above[top + left];
      values[i] = sum / rectangles.pixels(i);
    }
    return new TrendCurve(values, rectangles.half());
  }

  /** Sums over all pixels above and to the left, one row and column of zeros before them. */
  private static double[] cumulated(double[] perPixel, int height, int width) {
    double[] sums = new double[(height + 1) * (width + 1)];
    for (int y = 0; y < height; y++) {
      double line = 0;
      for (int x = 0; x < width; x++) {
        line += perPixel[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + line;
      }
    }
    return sums;
  }

  /**
   * Compares the centre with the whole: r = mean of the square of half the side over the mean of
   * all, {@code v[6] / v[13]} for 28 x 28 pixels. Above 1.03 the study calls topology learning
   * positive, below 0.97 negative; {@link Polarity} has an error bar instead.
   *
   * @return 0 or more; 1 where no pixel has any connection
   */
  public double centerMeanRatio() {
    double mean = values[values.length - 1];
    return mean == 0 ? 1 : values[half] / mean;
  }
}
