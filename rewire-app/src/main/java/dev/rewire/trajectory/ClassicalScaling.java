package dev.rewire.trajectory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * A map of things of which only the distances are known: classical multidimensional scaling
 * (Torgerson 1952). Squared distances are centred twice, and the two largest eigenvalues and their
 * vectors are the axes. Distances that points of a plane can have come back exactly.
 *
 * @param x first coordinate of each thing, the one that explains most
 * @param y second coordinate
 * @param explained share of the sum of all positive eigenvalues that the map shows, 0 to 1; 1 if
 *     there is nothing to explain
 */
public record ClassicalScaling(double[] x, double[] y, double explained) {
  private static final int SWEEPS = 100;

  /**
   * Draws the map.
   *
   * @param distances symmetric, zeros on the diagonal, none negative; some hundred things at most
   * @return coordinates with their mean at 0; the entry of each axis that lies farthest out is
   *     positive, so that the same distances give the same map
   * @throws IllegalArgumentException if the distances are not symmetric or not square
   */
  public static ClassicalScaling of(double[][] distances) {
    int n = distances.length;
    check(distances);
    double[][] centred = centred(distances);
    double[][] vectors = new double[n][n];
    jacobi(centred, vectors);
    double[] values = IntStream.range(0, n).mapToDouble(i -> centred[i][i]).toArray();
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double positive = Arrays.stream(values).filter(value -> value > 0).sum();
    double shown =
        Arrays.stream(order).limit(2).mapToDouble(axis -> Math.max(0, values[axis])).sum();
    return new ClassicalScaling(
        axis(vectors, values, order, 0),
        axis(vectors, values, order, 1),
        positive > 0 ? shown / positive : 1);
  }

  private static void check(double[][] distances) {
    for (int i = 0; i < distances.length; i++) {
      if (distances[i].length != distances.length) {
        throw new IllegalArgumentException("distances must be square, row " + i + " is not");
      }
      for (int j = 0; j <= i; j++) {
        if (!(distances[i][j] == distances[j][i] && distances[i][j] >= 0)) {
          throw new IllegalArgumentException(
              "the distance of %d and %d is %s one way and %s the other"
                  .formatted(i, j, distances[i][j], distances[j][i]));
        }
      }
    }
  }

  /** -1/2 of the squared distances, with means of rows, columns and all taken away. */
  private static double[][] centred(double[][] distances) {
    int n = distances.length;
    double[][] squared = new double[n][n];
    double[] mean = new double[n];
    double all = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squared[i][j] = distances[i][j] * distances[i][j];
        mean[i] += squared[i][j] / n;
      }
      all += mean[i] / n;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        squared[i][j] = -(squared[i][j] - mean[i] - mean[j] + all) / 2;
      }
    }
    return squared;
  }

  /**
   * Turns a symmetric matrix into a diagonal one by rotations (Jacobi 1846; Golub and Van Loan,
   * section 8.5).
   *
   * @param matrix becomes diagonal, its diagonal the eigenvalues
   * @param vectors becomes the eigenvectors, one a column
   */
  private static void jacobi(double[][] matrix, double[][] vectors) {
    int n = matrix.length;
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    double size = 0;
    for (double[] row : matrix) {
      size += Arrays.stream(row).map(value -> value * value).sum();
    }
    for (int sweep = 0; sweep < SWEEPS && offDiagonal(matrix) > 1e-26 * size; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, vectors, p, q);
        }
      }
    }
  }

  private static double offDiagonal(double[][] matrix) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += 2 * matrix[i][j] * matrix[i][j];
      }
    }
    return sum;
  }

  private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
    if (matrix[p][q] == 0) {
      return;
    }
    double tau = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    for (double[] row : matrix) {
      turn(row, p, q, c, s);
    }
    for (int k = 0; k < matrix.length; k++) {
      double a = matrix[p][k];
      double b = matrix[q][k];
      matrix[p][k] = c * a - s * b;
      matrix[q][k] = s * a + c * b;
    }
    for (double[] row : vectors) {
      turn(row, p, q, c, s);
    }
  }

  private static void turn(double[] row, int p, int q, double c, double s) {
    double a = row[p];
    double b = row[q];
    row[p] = c * a - s * b;
    row[q] = s * a + c * b;
  }

  private static double[] axis(double[][] vectors, double[] values, int[] order, int which) {
    int n = values.length;
    double[] axis = new double[n];
    if (which >= n || values[order[which]] <= 0) {
      return axis;
    }
    double length = Math.sqrt(values[order[which]]);
    Arrays.setAll(axis, i -> length * vectors[i][order[which]]);
    double farthest = 0;
    for (double value : axis) {
      // a little more, so that rounding does not choose between two that are as far
      farthest = Math.abs(value) > Math.abs(farthest) * (1 + 1e-9) ? value : farthest;
    }
    double sign = farthest < 0 ? -1 : 1;
    return Arrays.stream(axis).map(value -> sign * value).toArray();
  }
}
