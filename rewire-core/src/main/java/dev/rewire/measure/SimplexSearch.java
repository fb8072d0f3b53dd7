package dev.rewire.measure;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/** The least value of a function of two numbers (Nelder and Mead, Computer Journal 7, 1965). */
final class SimplexSearch {
  private static final int MOST_STEPS = 400;
  private static final double PRECISION = 1e-9;

  private SimplexSearch() {}

  private record Point(double[] at, double cost) {}

  static double[] minimum(ToDoubleFunction<double[]> function, double x, double y) {
    Point[] simplex = {
      point(function, x, y), point(function, x + 1, y), point(function, x, y + 0.5)
    };
    for (int step = 0; step < MOST_STEPS; step++) {
      Arrays.sort(simplex, Comparator.comparingDouble(Point::cost));
      if (near(simplex[0], simplex[2])) {
        break;
      }
      Point reflected = along(function, simplex, 1);
      if (reflected.cost < simplex[0].cost) {
        Point farther = along(function, simplex, 2);
        simplex[2] = farther.cost < reflected.cost ? farther : reflected;
      } else if (reflected.cost < simplex[1].cost) {
        simplex[2] = reflected;
      } else {
        Point nearer = along(function, simplex, reflected.cost < simplex[2].cost ? 0.5 : -0.5);
        if (nearer.cost < Math.min(reflected.cost, simplex[2].cost)) {
          simplex[2] = nearer;
        } else {
          shrink(function, simplex);
        }
      }
    }
    Arrays.sort(simplex, Comparator.comparingDouble(Point::cost));
    return simplex[0].at;
  }

  private static Point point(ToDoubleFunction<double[]> function, double x, double y) {
    double[] at = {x, y};
    return new Point(at, function.applyAsDouble(at));
  }

  /** From the worst point through the middle of the others. */
  private static Point along(ToDoubleFunction<double[]> function, Point[] simplex, double factor) {
    double[] worst = simplex[2].at;
    double x = (simplex[0].at[0] + simplex[1].at[0]) / 2;
    double y = (simplex[0].at[1] + simplex[1].at[1]) / 2;
    return point(function, x + factor * (x - worst[0]), y + factor * (y - worst[1]));
  }

  private static void shrink(ToDoubleFunction<double[]> function, Point[] simplex) {
    double[] best = simplex[0].at;
    for (int i = 1; i < simplex.length; i++) {
      double[] at = simplex[i].at;
      simplex[i] = point(function, (best[0] + at[0]) / 2, (best[1] + at[1]) / 2);
    }
  }

  private static boolean near(Point best, Point worst) {
    return worst.cost - best.cost <= PRECISION * (1 + Math.abs(best.cost))
        && Math.abs(worst.at[0] - best.at[0]) < 1e-4
        && Math.abs(worst.at[1] - best.at[1]) < 1e-4;
  }
}
