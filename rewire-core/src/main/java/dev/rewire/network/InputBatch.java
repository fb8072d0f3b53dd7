package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.kernel.Kernels;
import dev.rewire.layer.Compute;
import dev.rewire.layer.LayerPass;
import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import org.jspecify.annotations.Nullable;

/**
 * The features of a batch on their way into the first layer: samples are copied, turned to
 * neuron-major rows and scaled. Sparse samples stay sparse.
 *
 * <p>Samples are copied before they are turned: they lie anywhere in memory, but what is read from
 * one end to the other the processor fetches ahead.
 */
final class InputBatch {
  /** Features that are turned at a time: the rows that they become fit L1. */
  private static final int TURNED = 64;

  private final Network network;
  private final Compute compute;
  private final Kernels kernels;
  private final int batch;
  private final Partition features;
  private final RangeTask fillTask = this::fillPart;

  /** Allocated at the first batch that is not sparse. */
  private @Nullable Activations rows;

  /** For each thread a tile of copied samples, and some rows of it. */
  private float[][] copies = {};

  private float[][] turned = {};

  /** Allocated at the first batch that is sparse. */
  private @Nullable SparseBatch sparseRows;

  /** Which of the two holds the batch under way. */
  private boolean sparse;

  // The arguments of the fill under way, see LayerPass.
  private @Nullable Dataset source;
  private int[] order = {};
  private int first;
  private int count;

  InputBatch(Network network, Compute compute, int batch) {
    this.network = network;
    this.compute = compute;
    this.batch = batch;
    kernels = compute.kernels();
    features = Partition.streams(network.inputs(), compute.team().threads());
  }

  /** Reads samples of a data set, at most as many as a batch holds. */
  void fill(Dataset data, int[] order, int from, int samples) {
    sparse = data instanceof SparseInMemoryDataset;
    if (data instanceof SparseInMemoryDataset entries) {
      entries.fillSparse(order, from, samples, sparseRows());
      network.scaling().apply(sparseRows());
      return;
    }
    rows();
    source = data;
    this.order = order;
    first = from;
    count = samples;
    compute.team().run(features.parts(), fillTask);
  }

  /** Reads samples of the caller, which are checked here. */
  void fill(float[][] samples, int from, int count) {
    sparse = false;
    Activations x = rows();
    x.values().clear();
    for (int b = 0; b < count; b++) {
      float[] sample = samples[from + b];
      if (sample.length != network.inputs()) {
        throw new IllegalArgumentException(
            "sample %d has %d features, the network has %d inputs"
                .formatted(from + b, sample.length, network.inputs()));
      }
      for (int f = 0; f < sample.length; f++) {
        x.set(f, b, sample[f]);
      }
    }
    for (int tile = 0; tile < x.tilesOf(count); tile++) {
      scale(x, tile, 0, network.inputs());
    }
  }

  /** The samples under way, unless they are sparse. */
  @Nullable Activations dense() {
    return sparse ? null : rows;
  }

  /** The samples under way, if they are sparse. */
  @Nullable SparseBatch sparse() {
    return sparse ? sparseRows : null;
  }

  /** Sends the batch through the first layer, see {@link LayerPass#forward}. */
  Activations forward(LayerPass layer, int samples, boolean training, long dropoutKey) {
    SparseBatch entries = sparseRows;
    return sparse && entries != null
        ? layer.forward(entries, samples, training, dropoutKey)
        : layer.forward(rows(), samples, training, dropoutKey);
  }

  private Activations rows() {
    Activations allocated = rows;
    if (allocated == null) {
      allocated = new Activations(network.inputs(), batch);
      rows = allocated;
      int width = allocated.width();
      copies = new float[compute.team().threads()][width * features.longest()];
      turned = new float[compute.team().threads()][width * TURNED];
    }
    return allocated;
  }

  private SparseBatch sparseRows() {
    SparseBatch allocated = sparseRows;
    if (allocated == null) {
      allocated = network.scaling().batch(network.inputs());
      sparseRows = allocated;
    }
    return allocated;
  }

  private void fillPart(int part, int worker) {
    Dataset data = source;
    if (data == null) {
      return;
    }
    int from = features.from(part);
    int to = features.to(part);
    Activations x = rows();
    for (int tile = 0; tile < x.tilesOf(count); tile++) {
      int begin = tile * x.width();
      int samples = Math.min(x.width(), count - begin);
      float[] copy = copies[worker];
      for (int b = 0; b < samples; b++) {
        data.copyFeatures(order[first + begin + b], from, to, copy, b * (to - from));
      }
      for (int f = from; f < to; f += TURNED) {
        int some = Math.min(TURNED, to - f);
        turn(copy, f - from, to - from, samples, some, turned[worker], x.width());
        x.values().copy(turned[worker], 0, x.row(tile, f), some * x.width());
        scale(x, tile, f, f + some);
      }
    }
  }

  /** Behind the last sample there are zeros: a NaN would reach the weights. */
  private static void turn(
      float[] copy, int first, int length, int samples, int features, float[] rows, int width) {
    for (int b = 0; b < width; b++) {
      if (b < samples) {
        int from = b * length + first;
        for (int f = 0; f < features; f++) {
          rows[f * width + b] = copy[from + f];
        }
      } else {
        for (int f = 0; f < features; f++) {
          rows[f * width + b] = 0f;
        }
      }
    }
  }

  private void scale(Activations x, int tile, int from, int to) {
    Scaling scaling = network.scaling();
    if (scaling.isNone()) {
      return;
    }
    if (scaling.fillsGaps()) {
      for (int f = from; f < to; f++) {
        for (long i = x.row(tile, f); i < x.row(tile, f + 1); i++) {
          float raw = x.values().get(i);
          if (Float.isNaN(raw)) {
            x.values().set(i, scaling.present(raw, f));
          }
        }
      }
    }
    if (scaling.logarithmic()) {
      for (long i = x.row(tile, from); i < x.row(tile, to); i++) {
        x.values().set(i, Scaling.log1p(x.values().get(i)));
      }
    }
    if (x.width() < Activations.LANES) {
      for (int f = from; f < to; f++) {
        for (long i = x.row(tile, f); i < x.row(tile, f + 1); i++) {
          x.values().set(i, (x.values().get(i) - scaling.shift(f)) * scaling.scale(f));
        }
      }
      return;
    }
    int step = scaling.width() == 1 ? to - from : 1;
    for (int f = from; f < to; f += step) {
      kernels.shiftAndScale(
          x.values(), x.row(tile, f), x.row(tile, f + step), scaling.shift(f), scaling.scale(f));
    }
  }
}
