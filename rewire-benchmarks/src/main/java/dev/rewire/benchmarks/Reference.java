package dev.rewire.benchmarks;

import java.util.Arrays;

/**
 * The obvious way to compute the three products, for some of the rows: every side is checked
 * against it before it is measured.
 */
public final class Reference {
  private static final int ROWS = 1000;
  private static final double TOLERANCE = 1e-4;

  /** One number of a result. */
  @FunctionalInterface
  public interface Element {
    /**
     * Reads it.
     *
     * @param row neuron or connection
     * @param sample position in the batch, 0 where there is none
     * @return the number
     */
    float get(int row, int sample);
  }

  private final String side;
  private final LayerProblem problem;
  private final Connections c;

  /**
   * Makes a judge.
   *
   * @param side who is judged
   * @param problem what was asked
   */
  public Reference(String side, LayerProblem problem) {
    this.side = side;
    this.problem = problem;
    c = problem.connections();
  }

  /**
   * Checks outputs.
   *
   * @param actual what a side computed
   */
  public void checkForward(Element actual) {
    int batch = problem.batch();
    double[] sums = new double[batch];
    for (int j = 0; j < c.outputs(); j += step(c.outputs())) {
      Arrays.fill(sums, 0);
      for (int e = c.rowStart()[j]; e < c.rowStart()[j + 1]; e++) {
        for (int b = 0; b < batch; b++) {
          sums[b] += (double) c.weight()[e] * problem.x()[c.column()[e] * batch + b];
        }
      }
      for (int b = 0; b < batch; b++) {
        check("forward", j, b, sums[b], actual.get(j, b));
      }
    }
  }

  /**
   * Checks the gradient of the inputs.
   *
   * @param actual what a side computed
   */
  public void checkInputGradient(Element actual) {
    int batch = problem.batch();
    int step = step(c.inputs());
    double[] sums = new double[(c.inputs() / step + 1) * batch];
    for (int j = 0; j < c.outputs(); j++) {
      for (int e = c.rowStart()[j]; e < c.rowStart()[j + 1]; e++) {
        int i = c.column()[e];
        for (int b = 0; i % step == 0 && b < batch; b++) {
          sums[i / step * batch + b] += (double) c.weight()[e] * problem.d()[j * batch + b];
        }
      }
    }
    for (int i = 0; i < c.inputs(); i += step) {
      for (int b = 0; b < batch; b++) {
        check("input gradient", i, b, sums[i / step * batch + b], actual.get(i, b));
      }
    }
  }

  /**
   * Checks the gradient of the weights.
   *
   * @param actual what a side computed, by number of the connection
   */
  public void checkWeightGradient(Element actual) {
    int batch = problem.batch();
    for (int j = 0; j < c.outputs(); j += step(c.outputs())) {
      for (int e = c.rowStart()[j]; e < c.rowStart()[j + 1]; e++) {
        double sum = 0;
        for (int b = 0; b < batch; b++) {
          sum += (double) problem.x()[c.column()[e] * batch + b] * problem.d()[j * batch + b];
        }
        check("weight gradient", e, 0, sum, actual.get(e, 0));
      }
    }
  }

  private static int step(int rows) {
    return Math.max(1, rows / ROWS);
  }

  private void check(String pass, int row, int sample, double expected, float actual) {
    if (!(Math.abs(expected - actual) <= TOLERANCE * Math.max(1, Math.abs(expected)))) {
      throw new IllegalStateException(
          "%s, %s, row %d, sample %d: expected %s, got %s"
              .formatted(side, pass, row, sample, expected, actual));
    }
  }
}
