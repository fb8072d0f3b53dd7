package dev.rewire.data.digits;

/** One hand that writes digits onto a canvas, each a little different. */
final class Writer {
  // The ranges below make the set as hard as it should be: a linear model gets about 87 % right, a
  // network with hidden layers more than 98 %. Size and place of a digit matter most.
  private static final double FURTHEST_SHIFT = 3;

  /** Straight pieces from one point of a stroke to the next. */
  private static final int STEPS = 6;

  private static final int MOST_POINTS = 16;

  private final int side;
  private final double margin;
  private final Canvas canvas;
  private final double[] xs = new double[MOST_POINTS];
  private final double[] ys = new double[MOST_POINTS];
  private final float[] curveX = new float[2 * MOST_POINTS * STEPS];
  private final float[] curveY = new float[2 * MOST_POINTS * STEPS];
  private final int[] ends = new int[4];

  /**
   * Prepares a hand.
   *
   * @param side pixels in a row and in a column of a picture
   * @param margin pixels at every edge that stay empty
   */
  Writer(int side, double margin) {
    this.side = side;
    this.margin = margin;
    this.canvas = new Canvas(side);
  }

  /**
   * Writes one digit.
   *
   * @param digit 0 to 9
   * @param chance decides everything else
   * @param target receives the pixels, 0 to 255
   * @param from where to start in {@code target}
   */
  void write(int digit, Chance chance, float[] target, int from) {
    double[][][] styles = Glyphs.styles(digit);
    double[][] strokes = styles[chance.index(styles.length)];
    double radius = chance.between(.8, 1.6);
    trace(strokes, chance);
    place(strokes.length, radius, chance);
    float brightness = (float) chance.between(170, 255);
    canvas.clear();
    draw(strokes.length, radius, chance);
    canvas.develop(brightness, (float) chance.between(1, 1.6), target, from);
  }

  /** Bends the strokes of a style and turns them, sized in pixels around (0, 0). */
  private void trace(double[][] strokes, Chance chance) {
    double height = chance.between(12, 18.5);
    double width = height * chance.between(.55, .9);
    double angle = chance.around(.35);
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    double shear = chance.around(.36);
    double bendX = chance.around(.05);
    double bendY = chance.around(.05);
    double phaseX = chance.between(0, 2 * Math.PI);
    double phaseY = chance.between(0, 2 * Math.PI);
    double squeeze = chance.around(.2);
    int at = 0;
    for (int s = 0; s < strokes.length; s++) {
      double[] stroke = strokes[s];
      int points = stroke.length / 2;
      double noiseX = 0;
      double noiseY = 0;
      for (int p = 0; p < points; p++) {
        double u = stroke[2 * p];
        double v = stroke[2 * p + 1];
        boolean corner = p > 0 && u == stroke[2 * p - 2] && v == stroke[2 * p - 1];
        if (!corner) {
          noiseX = chance.around(.05);
          noiseY = chance.around(.04);
        }
        double x = u + noiseX + bendX * StrictMath.sin(4 * v + phaseX) - .5;
        double y = v + noiseY + bendY * StrictMath.sin(4 * u + phaseY) - .5;
        // The upper part of a digit may be larger or smaller than the lower one.
        x *= 1 + 2 * squeeze * y;
        x *= width;
        y *= height;
        x += shear * y;
        xs[p] = cos * x - sin * y;
        ys[p] = sin * x + cos * y;
      }
      at = smooth(points, at);
      ends[s] = at;
    }
  }

  /** Appends a uniform Catmull-Rom curve through the points; returns where it ends. */
  private int smooth(int points, int start) {
    int at = start;
    for (int p = 0; p + 1 < points; p++) {
      int before = Math.max(0, p - 1);
      int after = Math.min(points - 1, p + 2);
      if (xs[p] == xs[p + 1] && ys[p] == ys[p + 1]) {
        continue;
      }
      for (int step = 0; step < STEPS; step++) {
        double t = (double) step / STEPS;
        curveX[at] = (float) spline(xs[before], xs[p], xs[p + 1], xs[after], t);
        curveY[at] = (float) spline(ys[before], ys[p], ys[p + 1], ys[after], t);
        at++;
      }
    }
    curveX[at] = (float) xs[points - 1];
    curveY[at] = (float) ys[points - 1];
    return at + 1;
  }

  private static double spline(double a, double b, double c, double d, double t) {
    return b + .5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  }

  /** Moves the curves to a random place inside the margin, shrinking what does not fit. */
  private void place(int strokes, double radius, Chance chance) {
    int count = ends[strokes - 1];
    double left = curveX[0];
    double right = left;
    double top = curveY[0];
    double bottom = top;
    for (int i = 1; i < count; i++) {
      left = Math.min(left, curveX[i]);
      right = Math.max(right, curveX[i]);
      top = Math.min(top, curveY[i]);
      bottom = Math.max(bottom, curveY[i]);
    }
    double room = side - 2 * (margin + radius + .8);
    double scale = Math.min(1, room / Math.max(right - left, bottom - top));
    double spareX = Math.min(room - scale * (right - left), 2 * FURTHEST_SHIFT);
    double spareY = Math.min(room - scale * (bottom - top), 2 * FURTHEST_SHIFT);
    double x = side * .5 + chance.between(-.5, .5) * spareX - scale * (left + right) / 2;
    double y = side * .5 + chance.between(-.5, .5) * spareY - scale * (top + bottom) / 2;
    for (int i = 0; i < count; i++) {
      curveX[i] = (float) (x + scale * curveX[i]);
      curveY[i] = (float) (y + scale * curveY[i]);
    }
  }

  /** Draws the curves; the pressure of the pen changes along the way. */
  private void draw(int strokes, double radius, Chance chance) {
    int from = 0;
    for (int s = 0; s < strokes; s++) {
      double first = radius * chance.between(.75, 1);
      double change = (radius * chance.between(.75, 1) - first) / (ends[s] - from);
      for (int i = from; i + 1 < ends[s]; i++) {
        float r0 = (float) (first + change * (i - from));
        float r1 = (float) (first + change * (i + 1 - from));
        canvas.line(curveX[i], curveY[i], r0, curveX[i + 1], curveY[i + 1], r1);
      }
      from = ends[s];
    }
  }
}
