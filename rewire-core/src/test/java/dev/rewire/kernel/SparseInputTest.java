package dev.rewire.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sparse input against the dense kernels, bit by bit, and against a loop in double precision. */
class SparseInputTest {
  /** A layer, and how many samples of the batch there are and how full they are. */
  record Case(KernelCase layer, int samples, double occupancy) {}

  static Stream<Case> cases() {
    double[] occupancy = {0, 0.02, 0.1, 0.5, 1};
    int[] missing = {0, 15, 3};
    KernelCase[] layers = KernelCase.all().toArray(KernelCase[]::new);
    return IntStream.range(0, layers.length)
        .mapToObj(i ->
            new Case(layers[i], Math.max(1, layers[i].batch() - missing[i % 3]), occupancy[i % 5]));
  }

  /** Every fifth sample is empty, every seventh value is a zero that is kept all the same. */
  private static Activations dense(Case c) {
    SplittableRandom random = new SplittableRandom(c.layer.inputs() * 1000L + c.samples);
    Activations x = new Activations(c.layer.inputs(), c.layer.batch());
    for (int f = 0; f < c.layer.inputs(); f++) {
      for (int b = 0; b < c.samples; b++) {
        boolean present = b % 5 != 2 && random.nextDouble() < c.occupancy;
        x.set(f, b, present ? (float) random.nextGaussian() : 0f);
      }
    }
    return x;
  }

  private static SparseBatch sparse(Case c, Activations x) {
    int features = c.layer.inputs();
    long[] start = new long[c.samples + 1];
    int[] column = new int[features * c.samples];
    float[] value = new float[features * c.samples];
    int k = 0;
    for (int b = 0; b < c.samples; b++) {
      for (int f = 0; f < features; f++) {
        if (x.get(f, b) != 0 || (b + f) % 7 == 0) {
          column[k] = f;
          value[k++] = x.get(f, b);
        }
      }
      start[b + 1] = k;
    }
    SparseBatch batch = new SparseBatch(features, 1f);
    batch.fill(
        start,
        Ints.of(column),
        Floats.of(value),
        IntStream.range(0, c.samples).toArray(),
        0,
        c.samples);
    return batch;
  }

  private static float[] scratch(KernelCase layer) {
    float[] scratch = new float[SparseInput.scratch(Activations.padded(layer.batch()))];
    Arrays.fill(scratch, Float.NaN);
    return scratch;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gather(Case c) {
    KernelCase layer = c.layer;
    Topology t = layer.topology();
    Floats weight = layer.floats(t.connections(), 2, false);
    Floats bias = layer.floats(layer.outputs(), 3, false);
    Activations x = dense(c);
    Activations y = layer.activations(layer.outputs(), 6, true);
    int middle = layer.outputs() / 2;
    SparseBatch batch = sparse(c, x);
    for (int part = 0; part < 2; part++) {
      SparseInput.gather(
          t.rowStart(),
          t.column(),
          weight,
          bias,
          batch,
          y,
          y.tiles(),
          part == 0 ? 0 : middle,
          part == 0 ? middle : layer.outputs(),
          scratch(layer));
    }
    Activations expected = new Activations(layer.outputs(), layer.batch());
    Kernels kernels = KernelProvider.get();
    for (int tile = 0; tile < y.tiles(); tile++) {
      kernels.gather(
          t.rowStart(), t.column(), weight, 0, bias, x, expected, tile, 0, layer.outputs());
    }
    for (int j = 0; j < layer.outputs(); j++) {
      for (int b = 0; b < y.samples(); b++) {
        assertThat(y.get(j, b)).isEqualTo(expected.get(j, b));
      }
      for (int b = 0; b < c.samples; b++) {
        double sum = bias.get(j);
        for (int e = t.rowStart().get(j); e < t.rowStart().get(j + 1L); e++) {
          sum += (double) weight.get(e) * x.get(t.column().get(e), b);
        }
        assertThat((double) y.get(j, b)).isCloseTo(sum, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void products(Case c) {
    KernelCase layer = c.layer;
    Topology t = layer.topology();
    Activations x = dense(c);
    Activations d = layer.activations(layer.outputs(), 5, false);
    for (int j = 0; j < layer.outputs(); j++) {
      for (int b = c.samples; b < d.samples(); b++) {
        d.set(j, b, 0f);
      }
    }
    SparseBatch batch = sparse(c, x);
    Floats expected = new Floats(t.connections());
    Kernels kernels = KernelProvider.get();
    Floats stripes = KernelCase.scratch(Kernels.SCRATCH);
    for (int tile = 0; tile < d.tiles(); tile++) {
      kernels.products(
          t.rowStart(), t.column(), x, d, tile, 0, 0, t.connections(), expected, tile > 0, stripes);
    }
    // In pieces that begin and end inside rows.
    for (int e = 0, row = 0; e < t.connections(); e += 37) {
      int end = Math.min(e + 37, t.connections());
      while (t.rowStart().get(row + 1L) <= e) {
        row++;
      }
      Floats out = new Floats(37);
      SparseInput.products(
          t.rowStart(), t.column(), batch, d, d.tiles(), row, e, end, out, scratch(layer));
      for (int k = e, j = row; k < end; k++) {
        while (t.rowStart().get(j + 1L) <= k) {
          j++;
        }
        double sum = 0;
        for (int b = 0; b < c.samples; b++) {
          sum += (double) x.get(t.column().get(k), b) * d.get(j, b);
        }
        assertThat(out.get(k - e)).isEqualTo(expected.get(k));
        assertThat((double) out.get(k - e)).isCloseTo(sum, within(1e-4));
      }
    }
  }
}
