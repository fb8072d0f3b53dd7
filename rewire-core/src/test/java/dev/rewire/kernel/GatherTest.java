package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gathering against a matrix product in double precision. */
class GatherTest {
  private static final List<Kernels> BOTH = List.of(KernelProvider.get(), KernelProvider.scalar());

  /** Rounding error of one operation, relative. */
  private static final double UNIT = 0x1p-24;

  static List<KernelCase> cases() {
    return KernelCase.all().toList();
  }

  /** What a sum must be, and how far rounding may take a chain of fused multiply-adds from it. */
  private record Expected(double value, double error) {}

  private static double[][] dense(Topology t, Floats weight) {
    double[][] matrix = new double[t.outputs()][t.inputs()];
    for (int j = 0; j < t.outputs(); j++) {
      for (int e = t.rowStart().get(j); e < t.rowStart().get(j + 1); e++) {
        matrix[j][t.column().get(e)] = weight.get(e);
      }
    }
    return matrix;
  }

  private static Expected sum(double start, double[] weights, Activations x, int sample) {
    double sum = start;
    double size = Math.abs(start);
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * x.get(i, sample);
      size += Math.abs(weights[i] * x.get(i, sample));
    }
    return new Expected(sum, weights.length * UNIT * size * 1.01);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gatherIsTheMatrixProduct(KernelCase c) {
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    Floats bias = c.floats(c.outputs(), 3, false);
    Activations x = c.activations(c.inputs(), 4, false);
    double[][] matrix = dense(t, weight);
    for (Kernels kernels : BOTH) {
      Activations y = new Activations(c.outputs(), c.batch());
      kernels.gather(t.rowStart(), t.column(), weight, bias, x, y, c.width(), 0, c.outputs());
      for (int j = 0; j < c.outputs(); j++) {
        for (int b = 0; b < c.width(); b++) {
          check(y.get(j, b), sum(bias.get(j), matrix[j], x, b));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gatherTransposedIsTheProductWithTheTransposedMatrix(KernelCase c) {
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    Activations d = c.activations(c.outputs(), 4, false);
    double[][] matrix = dense(t, weight);
    for (Kernels kernels : BOTH) {
      Activations y = new Activations(c.inputs(), c.batch());
      kernels.gatherTransposed(
          t.inputStart(), t.target(), t.edge(), weight, d, y, c.width(), 0, c.inputs());
      for (int i = 0; i < c.inputs(); i++) {
        double[] column = new double[c.outputs()];
        for (int j = 0; j < c.outputs(); j++) {
          column[j] = matrix[j][i];
        }
        for (int b = 0; b < c.width(); b++) {
          check(y.get(i, b), sum(0, column, d, b));
        }
      }
    }
  }

  private static void check(float actual, Expected expected) {
    // Not assertThat: a million of these.
    if (!(Math.abs(actual - expected.value()) <= expected.error())) {
      throw new AssertionError(actual + " is not " + expected);
    }
  }

  @Test
  void onlyTheRowsAndSamplesThatWereAskedForAreWritten() {
    KernelCase c = new KernelCase(16, 17, 32, KernelCase.Pattern.FULL);
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    for (Kernels kernels : BOTH) {
      Activations out = new Activations(17, 48);
      Activations in = new Activations(17, 48);
      kernels.gather(
          t.rowStart(), t.column(), weight, new Floats(17), filled(16, 1f), out, 32, 3, 5);
      kernels.gatherTransposed(
          t.inputStart(), t.target(), t.edge(), weight, filled(17, 1f), in, 32, 3, 5);
      for (Activations y : List.of(out, in)) {
        for (int j = 0; j < 17; j++) {
          for (int b = 0; b < 48; b++) {
            assertThat(y.get(j, b) != 0).isEqualTo(j >= 3 && j < 5 && b < 32);
          }
        }
      }
    }
  }

  @Test
  void noRowsAreNoWork() {
    KernelCase c = new KernelCase(1, 1, 16, KernelCase.Pattern.EMPTY);
    Topology t = c.topology();
    for (Kernels kernels : BOTH) {
      Activations nothing = new Activations(0, 16);
      kernels.gather(
          t.rowStart(), t.column(), new Floats(0), new Floats(0), nothing, nothing, 16, 0, 0);
      kernels.sums(nothing, 16, 0, 0, new Floats(0), KernelCase.scratch());
      kernels.sigmoid(nothing.values(), 0, 0);
      assertThat(nothing.values().length()).isZero();
    }
  }

  private static Activations filled(int units, float value) {
    Activations x = new Activations(units, 48);
    for (long i = 0; i < x.values().length(); i++) {
      x.values().set(i, value);
    }
    return x;
  }
}
