package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.topology.Topology;

/**
 * The passes of a layer that has so many of its connections that it is faster to compute all cells,
 * absent ones as zeros: a blocked matrix product, four rows at a time. The rows of a strip are
 * unpacked just before they are used, so nothing is ever as large as the matrix.
 *
 * <p>Forward and input gradient add in the order of the topology, as sparse layers do. A weight
 * gradient adds sample by sample.
 */
final class DenseProduct {
  /** Rows of a strip. */
  static final int ROWS = 4;

  /**
   * Density from which this is faster, measured on layers of 1000 x 1000 at a batch of 128: a
   * sparse training step takes about 35 ns a connection there, a dense one 17 ms in all.
   */
  private static final double LEAST_DENSITY = 0.5;

  /** Shorter rows do not fill the registers. */
  private static final int LEAST_WIDTH = 16;

  /** Inputs of a panel of the transposed input. */
  private static final int PANEL = 32;

  private final SparseLayer layer;
  private final Kernels kernels;
  private final Compute compute;
  private final Floats[] strips;
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
    int longest = Math.max(Math.max(layer.inputs(), layer.outputs()), samples);
    int width = Math.max(panels() * PANEL, output.width());
    strips = new Floats[compute.team().threads()];
    results = new Floats[strips.length];
    for (int i = 0; i < strips.length; i++) {
      strips[i] = new Floats((long) ROWS * longest);
      results[i] = new Floats((long) ROWS * width);
    }
  }

  /** Says whether a layer is computed so. */
  static boolean suits(Topology topology, int width) {
    return width >= LEAST_WIDTH && topology.density() >= LEAST_DENSITY;
  }

  private int panels() {
    return Math.ceilDiv(layer.inputs(), PANEL);
  }

  /** Weighted sums of some outputs. */
  void forward(Activations in, Activations out, int tiles, int from, int to, int worker) {
    Ints rowStart = layer.topology().rowStart();
    Ints column = layer.topology().column();
    Floats strip = strips[worker];
    for (int j = from; j < to; j += ROWS) {
      int rows = Math.min(ROWS, to - j);
      strip.clear(0, (long) ROWS * in.units());
      for (int r = 0; r < rows; r++) {
        unpack(column, layer.weight(), rowStart.get(j + r), rowStart.get(j + r + 1L), strip, r);
      }
      for (int tile = 0; tile < tiles; tile++) {
        multiply(strip, in, out, tile, j, rows, layer.bias(), worker);
      }
    }
  }

  private static void unpack(Ints column, Floats weight, int from, int to, Floats strip, int row) {
    for (int e = from; e < to; e++) {
      strip.set((long) ROWS * column.get(e) + row, weight.get(e));
    }
  }

  /** Gradient of some inputs. */
  void inputGradient(
      Activations gradient, Activations result, int tiles, int from, int to, int worker) {
    Topology topology = layer.topology();
    Ints inputStart = topology.inputStart();
    Ints target = topology.target();
    Ints edge = topology.edge();
    Floats strip = strips[worker];
    Floats none = results[worker];
    for (int i = from; i < to; i += ROWS) {
      int rows = Math.min(ROWS, to - i);
      strip.clear(0, (long) ROWS * gradient.units());
      for (int r = 0; r < rows; r++) {
        int end = inputStart.get(i + r + 1L);
        for (int k = inputStart.get(i + r); k < end; k++) {
          strip.set((long) ROWS * target.get(k) + r, layer.weight().get(edge.get(k)));
        }
      }
      for (int tile = 0; tile < tiles; tile++) {
        multiply(strip, gradient, result, tile, i, rows, none, worker);
      }
    }
  }

  /** One strip for one tile; {@code start} is the memory of this class where it begins at zero. */
  private void multiply(
      Floats strip,
      Activations x,
      Activations y,
      int tile,
      int row,
      int rows,
      Floats start,
      int worker) {
    boolean whole = rows == ROWS;
    Floats sink = whole ? y.values() : results[worker];
    long at = whole ? y.row(tile, row) : 0;
    int width = y.width();
    for (int r = 0; r < ROWS; r++) {
      boolean zero = start == results[worker] || r >= rows;
      sink.fill(at + (long) r * width, width, zero ? 0f : start.get(row + r));
    }
    kernels.fourRows(
        strip, x.values(), x.row(tile, 0), x.width(), x.units(), sink, at, width, width);
    if (!whole) {
      y.values().copy(sink, 0, y.row(tile, row), (long) rows * width);
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
        transpose(in, tile, first, count, panels, panel + (long) tile * in.width() * PANEL);
      }
    }
  }

  private static void transpose(
      Activations in, int tile, int first, int count, Floats to, long at) {
    for (int b = 0; b < in.width(); b++) {
      for (int i = 0; i < count; i++) {
        to.set(at + (long) b * PANEL + i, in.values().get(in.row(tile, first + i) + b));
      }
    }
  }

  /**
   * Gradient of the weights of some outputs, at most {@link #ROWS} of them; {@link #transpose} must
   * have seen their inputs.
   */
  void products(Activations gradient, int from, int to, Floats out, int worker) {
    Floats strip = strips[worker];
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
      kernels.fourRows(strip, panels, panel, PANEL, used, result, (long) p * PANEL, stride, PANEL);
    }
    Ints rowStart = layer.topology().rowStart();
    int base = rowStart.get(from);
    for (int j = from; j < to; j++) {
      long row = (long) (j - from) * stride;
      pack(
          layer.topology().column(), result, row, rowStart.get(j), rowStart.get(j + 1L), out, base);
    }
  }

  private static void pack(
      Ints column, Floats result, long row, int from, int to, Floats out, int base) {
    for (int e = from; e < to; e++) {
      out.set(e - base, result.get(row + column.get(e)));
    }
  }
}
