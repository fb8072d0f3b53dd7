package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.kernel.Kernels;
import dev.rewire.layer.Compute;
import dev.rewire.layer.LayerPass;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.SparseBatch;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The features of a batch on their way into the first layer: samples are copied, turned to
 * neuron-major rows and scaled. Sparse samples stay sparse.
 *
 * <p>Samples are copied before they are turned: they lie anywhere in memory, but what is read from
 * one end to the other the processor fetches ahead.
 */
final class InputBatch {
  private final Network network;
  private final Compute compute;
  private final Kernels kernels;
  private final int batch;
  private final Partition features;
  private final RangeTask turnTask = this::turnPart;

  /** Allocated at the first batch that is not sparse. */
  private @Nullable Activations rows;

  /** For each thread a tile of copied samples. */
  private Floats[] copies = {};

  // What is subtracted from raw features, and what they are multiplied with.
  private final float[] shift;
  private final float[] scale;

  /** Allocated at the first batch that is sparse. */
  private @Nullable SparseBatch sparseRows;

  /** Which of the two holds the batch under way. */
  private boolean sparse;

  // The arguments of the fill under way, see LayerPass.
  private @Nullable Dataset source;
  private float @Nullable [][] given;
  private int[] order = {};
  private int first;
  private int count;

  InputBatch(Network network, Compute compute, int batch) {
    this.network = network;
    this.compute = compute;
    kernels = compute.kernels();
    this.batch = batch;
    features = Partition.streams(network.inputs(), compute.team().threads());
    Scaling scaling = network.scaling();
    shift = new float[scaling.width()];
    scale = new float[scaling.width()];
    for (int f = 0; f < shift.length; f++) {
      shift[f] = scaling.shift(f);
      scale[f] = scaling.scale(f);
    }
  }

  /** Reads samples of a data set, at most as many as a batch holds. */
  void fill(Dataset data, int[] order, int from, int samples) {
    sparse = data instanceof SparseInMemoryDataset;
    if (data instanceof SparseInMemoryDataset entries) {
      entries.fillSparse(order, from, samples, sparseRows());
      network.scaling().apply(sparseRows());
      return;
    }
    source = data;
    this.order = order;
    turn(from, samples);
  }

  /** Reads samples of the caller, which are checked here. */
  void fill(float[][] samples, int from, int count) {
    sparse = false;
    for (int b = from; b < from + count; b++) {
      if (samples[b].length != network.inputs()) {
        throw new IllegalArgumentException(
            "sample %d has %d features, the network has %d inputs"
                .formatted(b, samples[b].length, network.inputs()));
      }
    }
    given = samples;
    turn(from, count);
    given = null;
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
      long tile = (long) allocated.width() * features.longest();
      copies = new Floats[compute.team().threads()];
      Arrays.setAll(copies, i -> new Floats(tile));
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

  private void turn(int from, int samples) {
    rows();
    first = from;
    count = samples;
    compute.team().run(features.parts(), turnTask);
  }

  private void turnPart(int part, int worker) {
    int from = features.from(part);
    int to = features.to(part);
    Activations x = rows();
    int length = to - from;
    Floats copy = copies[worker];
    for (int tile = 0; tile < x.tilesOf(count); tile++) {
      int begin = tile * x.width();
      int samples = Math.min(x.width(), count - begin);
      for (int b = 0; b < samples; b++) {
        copySample(first + begin + b, from, to, copy, (long) b * length);
        network.scaling().prepare(copy, (long) b * length, from, to);
      }
      long row = x.row(tile, from);
      kernels.turn(copy, 0, samples, length, shift, scale, from, x.values(), row, x.width());
      if (samples < x.width()) {
        clearBehind(x, tile, from, to, samples);
      }
    }
  }

  /** Behind the last sample there are zeros: a NaN would reach the weights. */
  private static void clearBehind(Activations x, int tile, int from, int to, int samples) {
    for (int f = from; f < to; f++) {
      x.values().clear(x.row(tile, f) + samples, x.row(tile, f) + x.width());
    }
  }

  private void copySample(int number, int from, int to, Floats copy, long at) {
    float[][] samples = given;
    Dataset data = source;
    if (samples != null) {
      copy.copy(samples[number], from, at, to - from);
    } else if (data != null) {
      data.copyFeatures(order[number], from, to, copy, at);
    }
  }
}
