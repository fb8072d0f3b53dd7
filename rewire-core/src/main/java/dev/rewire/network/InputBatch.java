package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.layer.Compute;
import dev.rewire.layer.LayerPass;
import dev.rewire.memory.Activations;
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
  /** Features that are turned at a time: the rows that they become fit L1. */
  private static final int TURNED = 64;

  private final Network network;
  private final Compute compute;
  private final int batch;
  private final Partition features;
  private final RangeTask turnTask = this::turnPart;

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
  private float @Nullable [][] given;
  private int[] order = {};
  private int first;
  private int count;

  InputBatch(Network network, Compute compute, int batch) {
    this.network = network;
    this.compute = compute;
    this.batch = batch;
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
    float[] copy = copies[worker];
    for (int tile = 0; tile < x.tilesOf(count); tile++) {
      int begin = tile * x.width();
      int samples = Math.min(x.width(), count - begin);
      for (int b = 0; b < samples; b++) {
        copySample(first + begin + b, from, to, copy, b * (to - from));
        network.scaling().prepare(copy, b * (to - from), from, to);
      }
      for (int f = from; f < to; f += TURNED) {
        int end = Math.min(f + TURNED, to);
        turn(copy, from, to, f, end, samples, turned[worker], x.width());
        x.values().copy(turned[worker], 0, x.row(tile, f), (end - f) * x.width());
      }
    }
  }

  private void copySample(int number, int from, int to, float[] copy, int at) {
    float[][] samples = given;
    Dataset data = source;
    if (samples != null) {
      System.arraycopy(samples[number], from, copy, at, to - from);
    } else if (data != null) {
      data.copyFeatures(order[number], from, to, copy, at);
    }
  }

  /** Behind the last sample there are zeros: a NaN would reach the weights. */
  private void turn(
      float[] copy, int from, int to, int f, int end, int samples, float[] rows, int width) {
    Scaling scaling = network.scaling();
    for (int row = 0; f < end; f++, row += width) {
      float shift = scaling.shift(f);
      float scale = scaling.scale(f);
      for (int b = 0, at = f - from; b < samples; b++, at += to - from) {
        rows[row + b] = (copy[at] - shift) * scale;
      }
      Arrays.fill(rows, row + samples, row + width, 0f);
    }
  }
}
