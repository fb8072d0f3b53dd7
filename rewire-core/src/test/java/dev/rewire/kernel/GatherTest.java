package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
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
      for (int tile = 0; tile < c.tiles(); tile++) {
        kernels.gather(t.rowStart(), t.column(), weight, 0, bias, x, y, tile, 0, c.outputs());
      }
      for (int j = 0; j < c.outputs(); j++) {
        for (int b = 0; b < c.batch(); b++) {
          check(y.get(j, b), sum(bias.get(j), matrix[j], x, b));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bothWaysToTheInputsAreTheProductWithTheTransposedMatrix(KernelCase c) {
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    Activations d = c.activations(c.outputs(), 4, false);
    double[][] matrix = dense(t, weight);
    for (Kernels kernels : BOTH) {
      Activations y = new Activations(c.inputs(), c.batch());
      Activations scattered = new Activations(c.inputs(), c.batch());
      Floats permuted = new Floats(t.connections());
      kernels.permute(weight, t.edge(), 0, t.connections(), permuted);
      for (int tile = 0; tile < c.tiles(); tile++) {
        kernels.gather(t.inputStart(), t.target(), permuted, 0, null, d, y, tile, 0, c.inputs());
        kernels.scatter(
            t.rowStart(), t.rowStart(), 1, t.column(), weight, d, scattered, tile, 0, t.outputs());
      }
      for (int i = 0; i < c.inputs(); i++) {
        double[] column = new double[c.outputs()];
        for (int j = 0; j < c.outputs(); j++) {
          column[j] = matrix[j][i];
        }
        for (int b = 0; b < c.batch(); b++) {
          check(y.get(i, b), sum(0, column, d, b));
          // One order of additions, one result.
          assertThat(scattered.get(i, b)).isEqualTo(y.get(i, b));
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
  void onlyTheRowsAndTheTileThatWereAskedForAreWritten() {
    KernelCase c = new KernelCase(16, 17, 128, KernelCase.Pattern.FULL);
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    for (Kernels kernels : BOTH) {
      Activations y = new Activations(17, 128);
      kernels.gather(
          t.rowStart(), t.column(), weight, 0, new Floats(17), filled(16, 1f), y, 1, 3, 6);
      for (int j = 0; j < 17; j++) {
        for (int b = 0; b < 128; b++) {
          assertThat(y.get(j, b) != 0).isEqualTo(j >= 3 && j < 6 && b >= 64);
        }
      }
    }
  }

  /** Weights of a part lie at the front of the memory that they were put in order in. */
  @Test
  void weightsMayBeginAtAnyConnection() {
    KernelCase c = new KernelCase(17, 15, 64, KernelCase.Pattern.MIXED);
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    Activations x = c.activations(17, 4, false);
    int base = t.rowStart().get(4);
    Floats part = new Floats(t.connections() - base);
    part.copy(weight, base, 0, part.length());
    for (Kernels kernels : BOTH) {
      Activations whole = new Activations(15, 64);
      Activations rest = new Activations(15, 64);
      kernels.gather(t.rowStart(), t.column(), weight, 0, null, x, whole, 0, 4, 15);
      kernels.gather(t.rowStart(), t.column(), part, base, null, x, rest, 0, 4, 15);
      assertThat(rest.values().toArray()).isEqualTo(whole.values().toArray());
    }
  }

  /** As two threads do it: each walks its piece of every row. */
  @Test
  void scatteringMayBeSplitWithinRows() {
    KernelCase c = new KernelCase(17, 15, 8, KernelCase.Pattern.MIXED);
    Topology t = c.topology();
    Floats weight = c.floats(t.connections(), 2, false);
    Activations d = c.activations(15, 4, false);
    Ints split = new Ints(15);
    for (int j = 0; j < 15; j++) {
      split.set(j, t.rowStart().get(j) + t.fanIn(j) / 3);
    }
    for (Kernels kernels : BOTH) {
      Activations whole = new Activations(17, 8);
      Activations halves = new Activations(17, 8);
      kernels.scatter(
          t.rowStart(), t.rowStart(), 1, t.column(), weight, d, whole, 0, 0, t.outputs());
      kernels.scatter(t.rowStart(), split, 0, t.column(), weight, d, halves, 0, 0, t.outputs());
      assertThat(halves.values().toArray()).isNotEqualTo(whole.values().toArray());
      kernels.scatter(split, t.rowStart(), 1, t.column(), weight, d, halves, 0, 0, t.outputs());
      for (int i = 0; i < 17; i++) {
        assertThat(halves.get(i, 5)).isCloseTo(whole.get(i, 5), within(1e-5f));
      }
    }
  }

  @Test
  void noRowsAreNoWork() {
    KernelCase c = new KernelCase(1, 1, 16, KernelCase.Pattern.EMPTY);
    Topology t = c.topology();
    for (Kernels kernels : BOTH) {
      Activations nothing = new Activations(0, 16);
      kernels.gather(t.rowStart(), t.column(), new Floats(0), 0, null, nothing, nothing, 0, 0, 0);
      kernels.sums(nothing, 0, 0, 0, new Floats(0), false);
      kernels.units().sigmoid(nothing.values(), 0, 0);
      assertThat(nothing.values().length()).isZero();
    }
  }

  private static Activations filled(int units, float value) {
    Activations x = new Activations(units, 128);
    for (long i = 0; i < x.values().length(); i++) {
      x.values().set(i, value);
    }
    return x;
  }
}
