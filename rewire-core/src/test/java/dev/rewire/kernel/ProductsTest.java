package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sums over the batch against loops in double precision, and the order in which they add. */
class ProductsTest {
  private static final List<Kernels> BOTH = List.of(KernelProvider.get(), KernelProvider.scalar());

  static List<KernelCase> cases() {
    return KernelCase.all().toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProductIsTheSumOverTheBatch(KernelCase c) {
    Topology t = c.topology();
    Activations x = c.activations(c.inputs(), 4, false);
    Activations d = c.activations(c.outputs(), 5, false);
    for (Kernels kernels : BOTH) {
      Floats out = new Floats(t.connections());
      for (int tile = 0; tile < c.tiles(); tile++) {
        products(kernels, t, x, d, tile, out);
      }
      for (int j = 0; j < c.outputs(); j++) {
        for (int e = t.rowStart().get(j); e < t.rowStart().get(j + 1); e++) {
          check(out.get(e), x, t.column().get(e), d, j, samples(c));
        }
      }
    }
  }

  /** What is behind the last sample is not zero in these tests, so it counts. */
  private static int samples(KernelCase c) {
    return Activations.padded(c.batch());
  }

  private static void products(
      Kernels kernels, Topology t, Activations x, Activations d, int tile, Floats out) {
    kernels.products(
        t.rowStart(),
        t.column(),
        x,
        d,
        tile,
        0,
        0,
        t.connections(),
        out,
        tile > 0,
        KernelCase.scratch(Kernels.SCRATCH));
  }

  private static void check(float actual, Activations x, int i, Activations d, int j, int width) {
    double sum = 0;
    double size = 0;
    for (int b = 0; b < width; b++) {
      double product = (double) x.get(i, b) * d.get(j, b);
      sum += product;
      size += Math.abs(product);
    }
    // A stripe adds 4 products, the tree four more times, and then there are the tiles.
    if (!(Math.abs(actual - sum) <= (4 + 4 + width / 64) * 0x1p-24 * size * 1.01)) {
      throw new AssertionError(actual + " is not " + sum);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aSumIsAProductWithOnes(KernelCase c) {
    Activations d = c.activations(c.outputs(), 5, false);
    Activations ones = new Activations(1, c.batch());
    for (int b = 0; b < ones.samples(); b++) {
      ones.set(0, b, 1f);
    }
    for (Kernels kernels : BOTH) {
      Floats out = new Floats(c.outputs());
      for (int tile = 0; tile < c.tiles(); tile++) {
        kernels.sums(d, tile, 0, c.outputs(), out, tile > 0);
      }
      for (int j = 0; j < c.outputs(); j++) {
        check(out.get(j), ones, 0, d, j, samples(c));
      }
    }
  }

  @Test
  void rangesMayBeginAndEndInsideRows() {
    KernelCase c = new KernelCase(17, 15, 64, KernelCase.Pattern.MIXED);
    Topology t = c.topology();
    Activations x = c.activations(17, 4, false);
    Activations d = c.activations(15, 5, false);
    for (Kernels kernels : BOTH) {
      Floats whole = new Floats(t.connections());
      products(kernels, t, x, d, 0, whole);
      int row = 0;
      for (int from = 0; from < t.connections(); from++) {
        while (t.rowStart().get(row + 1) <= from) {
          row++;
        }
        for (int to = from; to <= t.connections(); to++) {
          Floats part = new Floats(to - from + 1);
          part.set(to - from, 42f);
          kernels.products(
              t.rowStart(),
              t.column(),
              x,
              d,
              0,
              row,
              from,
              to,
              part,
              false,
              KernelCase.scratch(Kernels.SCRATCH));
          for (int e = from; e < to; e++) {
            assertThat(part.get(e - from)).isEqualTo(whole.get(e));
          }
          assertThat(part.get(to - from)).isEqualTo(42f);
        }
      }
    }
  }

  @Test
  void sumsMayBeOfSomeRows() {
    KernelCase c = new KernelCase(16, 17, 32, KernelCase.Pattern.FULL);
    Activations d = c.activations(17, 5, false);
    for (Kernels kernels : BOTH) {
      Floats whole = new Floats(17);
      Floats part = new Floats(4);
      kernels.sums(d, 0, 0, 17, whole, false);
      kernels.sums(d, 0, 3, 6, part, false);
      assertThat(part.toArray()).containsExactly(whole.get(3), whole.get(4), whole.get(5), 0f);
    }
  }

  @Test
  void addsInSixteenStripesAndThenInATree() {
    // In float arithmetic 2^24 + 1 is 2^24, so the result tells the order of the additions.
    float big = 0x1p24f;
    float[] row = new float[32];
    row[0] = big;
    row[16] = 1; // same stripe as row[0]: lost
    row[1] = 1; // stripes 1 and 9 meet first, then 2 meets big
    row[9] = 1;
    row[8] = -big; // stripe 0 + stripe 8: 0
    Activations d = new Activations(1, 32);
    d.values().copy(row, 0, 0, 32);
    for (Kernels kernels : BOTH) {
      Floats out = new Floats(1);
      kernels.sums(d, 0, 0, 1, out, false);
      assertThat(out.get(0)).as(kernels.name()).isEqualTo(2f);
    }
  }
}
