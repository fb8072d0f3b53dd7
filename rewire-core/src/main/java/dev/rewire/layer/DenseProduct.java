package dev.rewire.layer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import java.lang.foreign.MemorySegment;

/**
 * The passes of a layer that has so many of its connections that it is faster to compute all cells,
 * absent ones as zeros: a blocked matrix product, some rows at a time. They are unpacked just
 * before they are used, so nothing is ever as large as the matrix.
 *
 * <p>Forward and input gradient add in the order of the topology, as sparse layers do. A weight
 * gradient adds sample by sample.
 */
final class DenseProduct {
  /** Rows whose weights get their gradient at once. */
  static final int ROWS = Strips.ROWS;

  /**
   * Density from which this is as fast, measured on layers of 1000 x 1000 at a batch of 128: a
   * sparse training step takes about 27 ns a connection at any density, this one 31 at 0.6, 27 at
   * 0.7 and 17 at 1. It also needs no transposed index.
   */
  private static final double LEAST_DENSITY = 0.7;

  /** Shorter rows do not fill the registers. */
  private static final int LEAST_WIDTH = 16;

  /** Inputs of a panel of the transposed input. */
  private static final int PANEL = 32;

  private final SparseLayer layer;
  private final Kernels kernels;
  private final Compute compute;
  private final Strips[] strips;
  private final Floats[] gradients;
  private final Floats[] results;
  private final int samples;
  private Floats panels = new Floats(0);
  private Partition panelParts = Partition.equal(1, 1);
  private final RangeTask transposeTask = this::transposePart;

  // The arguments of the call under way.
  private Activations in;
  private int tiles;

  DenseProduct(SparseLayer layer, Compute compute, Activations output) {
    this.layer = layer;
    this.compute = compute;
    kernels = compute.kernels();
    in = output;
    samples = output.samples();
    int threads = compute.team().threads();
    strips = new Strips[threads];
    gradients = new Floats[threads];
    results = new Floats[threads];
    int terms = Math.max(layer.inputs(), layer.outputs());
    int unpacked = Math.max(Strips.OUTPUTS, Strips.INPUTS);
    for (int i = 0; i < threads; i++) {
      strips[i] = new Strips(unpacked, terms, output.width());
      gradients[i] = new Floats((long) ROWS * samples);
      results[i] = new Floats((long) ROWS * panels() * PANEL);
    }
  }

  /** Says whether a layer is computed so. */
  static boolean suits(double density, int width) {
    return width >= LEAST_WIDTH && density >= LEAST_DENSITY;
  }

  private int panels() {
    return Math.ceilDiv(layer.inputs(), PANEL);
  }

  /** Weighted sums of some outputs. */
  void forward(Activations in, Activations out, int tiles, int from, int to, int worker) {
    Strips rows = strips[worker];
    for (int j = from; j < to; j += Strips.OUTPUTS) {
      int end = Math.min(j + Strips.OUTPUTS, to);
      rows.unpackOutputs(layer.topology(), layer.weight(), j, end);
      for (int tile = 0; tile < tiles; tile++) {
        rows.multiply(kernels, in, out, tile, j, end - j, layer.bias());
      }
    }
  }

  /**
   * Gradient of some inputs.
   *
   * @param position the first connection of each row that ends at {@code from} or behind; changed
   */
  void inputGradient(
      Activations gradient,
      Activations result,
      int tiles,
      Ints position,
      int from,
      int to,
      int worker) {
    Strips rows = strips[worker];
    for (int i = from; i < to; i += Strips.INPUTS) {
      int end = Math.min(i + Strips.INPUTS, to);
      rows.unpackInputs(layer.topology(), layer.weight(), position, i, end);
      for (int tile = 0; tile < tiles; tile++) {
        rows.multiply(kernels, gradient, result, tile, i, end - i, null);
      }
    }
  }

  /**
   * Turns the input around for {@link #products}: panels of {@value #PANEL} inputs, in each of them
   * one row a sample.
   */
  void transpose(Activations in, int tiles) {
    this.in = in;
    this.tiles = tiles;
    long length = (long) panels() * PANEL * samples;
    if (panels.length() != length) {
      panels = new Floats(length);
      panelParts = Partition.equal(panels(), (long) PANEL * samples);
    }
    compute.team().run(panelParts.parts(), transposeTask);
  }

  private void transposePart(int part, int worker) {
    for (int p = panelParts.from(part); p < panelParts.to(part); p++) {
      int first = p * PANEL;
      int count = Math.min(PANEL, in.units() - first);
      long panel = (long) p * PANEL * samples;
      for (int tile = 0; tile < tiles; tile++) {
        long at = panel + (long) tile * in.width() * PANEL;
        long row = in.row(tile, first);
        kernels.turn(in.values(), row, count, in.width(), panels, at, PANEL);
      }
    }
  }

  /**
   * Gradient of the weights of some outputs, at most {@link #ROWS} of them; {@link #transpose} must
   * have seen their inputs.
   */
  void products(Activations gradient, int from, int to, Floats out, int worker) {
    Floats strip = gradients[worker];
    Floats result = results[worker];
    int used = tiles * gradient.width();
    for (int b = 0; b < used; b++) {
      for (int r = 0; r < ROWS; r++) {
        strip.set((long) ROWS * b + r, from + r < to ? gradient.get(from + r, b) : 0f);
      }
    }
    int stride = panels() * PANEL;
    result.clear(0, (long) ROWS * stride);
    for (int p = 0; p < panels(); p++) {
      long panel = (long) p * PANEL * samples;
      kernels.fourRows(
          strip, 0, panels, panel, PANEL, used, result, (long) p * PANEL, stride, PANEL);
    }
    Ints rowStart = layer.topology().rowStart();
    int base = rowStart.get(from);
    for (int j = from; j < to; j++) {
      long row = (long) (j - from) * stride;
      int begin = rowStart.get(j);
      int end = rowStart.get(j + 1L);
      if (end - begin == layer.inputs()) {
        out.copy(result, row, begin - base, layer.inputs());
      } else {
        pack(layer.topology().column(), result, row, begin, end, out, base);
      }
    }
  }

  private static void pack(
      Ints column, Floats result, long row, int from, int to, Floats out, int base) {
    int count = to - from;
    MemorySegment columns = column.segment().asSlice(from * 4L, count * 4L);
    MemorySegment source = result.segment().asSlice(row * 4);
    MemorySegment sink = out.segment().asSlice((from - base) * 4L, count * 4L);
    for (int k = 0; k < count; k++) {
      long at = columns.getAtIndex(JAVA_INT, k);
      sink.setAtIndex(JAVA_FLOAT, k, source.getAtIndex(JAVA_FLOAT, at));
    }
  }
}
