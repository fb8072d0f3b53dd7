package dev.rewire.saliency;

import dev.rewire.kernel.Kernels;
import dev.rewire.layer.Compute;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Products of implicit layers with batches: the weights of four neurons and some hundred others are
 * made, multiplied and forgotten. Each sum has the order of its terms, on any number of threads.
 */
final class TileProduct implements Products {
  /** Neurons whose weights are made at once. */
  private static final int ROWS = 4;

  /** Terms whose weights are made at once. */
  private static final int TERMS = 512;

  /** Groups of rows of a part. */
  private static final int GROUPS = 8;

  private final Compute compute;
  private final List<ImplicitLayer> layers;
  private final Work[] work;

  /** Memory of a thread. */
  private record Work(Floats strip, Floats result) {}

  /**
   * Allocates the memory of all threads.
   *
   * @param layers from the input on
   * @param samples of the widest batch, padding included
   */
  TileProduct(Compute compute, List<ImplicitLayer> layers, int samples) {
    this.compute = compute;
    this.layers = List.copyOf(layers);
    work = new Work[compute.team().threads()];
    for (int i = 0; i < work.length; i++) {
      work[i] = new Work(new Floats((long) ROWS * TERMS), new Floats((long) ROWS * samples));
    }
  }

  /** Numbers that are held for all threads. */
  long held() {
    return work.length * (work[0].strip.length() + work[0].result.length());
  }

  @Override
  public void forward(int number, Activations x, int tiles, boolean biases, Activations y) {
    ImplicitLayer layer = layers.get(number);
    int parts = Math.ceilDiv(layer.outputs(), ROWS * GROUPS);
    compute
        .team()
        .run(
            parts,
            (part, worker) -> {
              int end = Math.min(layer.outputs(), (part + 1) * ROWS * GROUPS);
              for (int j = part * ROWS * GROUPS; j < end; j += ROWS) {
                int rows = Math.min(ROWS, end - j);
                start(layer, j, biases ? rows : 0, tiles * x.width(), work[worker].result, x);
                for (int first = 0; first < layer.inputs(); first += TERMS) {
                  int count = Math.min(TERMS, layer.inputs() - first);
                  long cell = (long) j * layer.inputs() + first;
                  fill(layer, cell, layer.inputs(), rows, 1, count, work[worker].strip);
                  multiply(work[worker], x, tiles, first, count);
                }
                take(work[worker].result, tiles, j, rows, y);
              }
            });
  }

  @Override
  public void backward(int number, Activations d, int tiles, Activations e) {
    ImplicitLayer layer = layers.get(number);
    int parts = Math.ceilDiv(layer.inputs(), ROWS * GROUPS);
    compute
        .team()
        .run(
            parts,
            (part, worker) -> {
              int end = Math.min(layer.inputs(), (part + 1) * ROWS * GROUPS);
              for (int i = part * ROWS * GROUPS; i < end; i += ROWS) {
                int rows = Math.min(ROWS, end - i);
                start(layer, i, 0, tiles * d.width(), work[worker].result, d);
                for (int first = 0; first < layer.outputs(); first += TERMS) {
                  int count = Math.min(TERMS, layer.outputs() - first);
                  long cell = (long) first * layer.inputs() + i;
                  fill(layer, cell, 1, rows, layer.inputs(), count, work[worker].strip);
                  multiply(work[worker], d, tiles, first, count);
                }
                take(work[worker].result, tiles, i, rows, e);
              }
            });
  }

  @Override
  public void forward(SparseBatch x, int tiles, Activations y) {
    ImplicitLayer layer = layers.getFirst();
    int parts = Math.ceilDiv(layer.outputs(), ROWS * GROUPS);
    compute
        .team()
        .run(
            parts,
            (part, worker) -> {
              float[] sums = new float[tiles * y.width()];
              int end = Math.min(layer.outputs(), (part + 1) * ROWS * GROUPS);
              for (int j = part * ROWS * GROUPS; j < end; j++) {
                Arrays.fill(sums, layer.bias(j));
                add(layer, j, x, sums);
                for (int tile = 0; tile < tiles; tile++) {
                  y.values().copy(sums, tile * y.width(), y.row(tile, j), y.width());
                }
              }
            });
  }

  private static void add(ImplicitLayer layer, int output, SparseBatch x, float[] sums) {
    int[] start = x.start();
    int[] sample = x.sample();
    float[] value = x.value();
    for (int i = 0; i < layer.inputs(); i++) {
      if (start[i] < start[i + 1]) {
        float weight = layer.weight((long) output * layer.inputs() + i);
        for (int k = start[i]; k < start[i + 1]; k++) {
          sums[sample[k]] = Math.fma(weight, value[k], sums[sample[k]]);
        }
      }
    }
  }

  /** Rows of a result begin at their biases, or at 0; those that do not exist stay there. */
  private static void start(
      ImplicitLayer layer, int first, int biased, int samples, Floats result, Activations x) {
    for (int r = 0; r < ROWS; r++) {
      float from = r < biased ? layer.bias(first + r) : 0f;
      for (int at = 0; at < samples; at += x.width()) {
        result.fill((long) at * ROWS + (long) r * x.width(), x.width(), from);
      }
    }
  }

  /** The weights of four rows side by side; of rows that do not exist they are 0. */
  private static void fill(
      ImplicitLayer layer, long cell, long nextRow, int rows, long next, int count, Floats strip) {
    if (rows < ROWS) {
      strip.clear();
    }
    for (int r = 0; r < rows; r++) {
      long at = cell + r * nextRow;
      for (int k = 0; k < count; k++) {
        strip.set((long) ROWS * k + r, layer.weight(at));
        at += next;
      }
    }
  }

  private void multiply(Work mine, Activations x, int tiles, int first, int count) {
    Kernels kernels = compute.kernels();
    int width = x.width();
    for (int tile = 0; tile < tiles; tile++) {
      kernels.fourRows(
          mine.strip,
          0,
          x.values(),
          x.row(tile, first),
          width,
          count,
          mine.result,
          (long) tile * ROWS * width,
          width,
          width);
    }
  }

  private static void take(Floats result, int tiles, int first, int rows, Activations y) {
    int width = y.width();
    for (int tile = 0; tile < tiles; tile++) {
      y.values().copy(result, (long) tile * ROWS * width, y.row(tile, first), (long) rows * width);
    }
  }
}
