package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.dataset.SparseInMemoryDataset;
import dev.rewire.kernel.Kernels;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.LayerPass;
import dev.rewire.layer.MemoryMode;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A network at work on batches: the data path of prediction and of a training step.
 *
 * <pre>
 * samples → input [feature][sample] → scaling → layer 0 → ... → last layer → loss
 *                                            update ← ... ← gradient ←
 * </pre>
 *
 * <p>All buffers are allocated here once; a step allocates nothing. A last batch that is not full
 * has fewer tiles, the last of them padded: another width would be another path through the
 * kernels, and a path that is taken once an epoch is not compiled, which costs more than a second.
 */
public final class NetworkPass {
  private final Network network;
  private final Compute compute;
  private final Kernels kernels;
  private final List<LayerPass> layers = new ArrayList<>();

  /** Allocated at the first batch that is not sparse. */
  private @Nullable Activations input;

  /** Allocated at the first batch that is. */
  private @Nullable SparseBatch sparseInput;

  /** Which of the two holds the batch under way. */
  private boolean sparse;

  private final Activations target;
  private final Activations evaluated;
  private final Partition features;
  private final RangeTask fillTask = this::fillPart;
  private final int batch;

  // The arguments of the fill under way, see LayerPass.
  private @Nullable Dataset source;
  private int[] order = {};
  private int first;
  private int count;

  private int correct;

  /**
   * Allocates the buffers.
   *
   * @param network the network
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #train} will be called
   */
  public NetworkPass(Network network, Compute compute, int batch, boolean training) {
    this(network, compute, batch, training, MemoryMode.STANDARD);
  }

  /**
   * Allocates the buffers.
   *
   * @param network the network
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #train} will be called
   * @param memory whether transposed indices may be built
   */
  public NetworkPass(
      Network network, Compute compute, int batch, boolean training, MemoryMode memory) {
    this.network = network;
    this.compute = compute;
    this.batch = batch;
    kernels = compute.kernels();
    target = new Activations(network.outputs(), batch);
    evaluated = new Activations(network.outputs(), batch);
    features = Partition.equal(network.inputs(), 32);
    Dropout before = Dropout.NONE;
    for (SparseLayer layer : network.layers()) {
      layers.add(new LayerPass(layer, before, compute, batch, training, memory));
      before = layer.dropout();
    }
  }

  /**
   * Returns the largest batch.
   *
   * @return samples
   */
  public int batch() {
    return batch;
  }

  /**
   * Trains on one batch.
   *
   * @param data where samples come from
   * @param order indices of samples
   * @param from first entry of {@code order} to use
   * @param samples how many, at most {@link #batch}
   * @param optimizer changes the parameters
   * @param streams random numbers of the run
   * @return the sum of the losses of the samples, before the step
   */
  public double train(
      Dataset data,
      int[] order,
      int from,
      int samples,
      Optimizer optimizer,
      RandomStreams streams) {
    fill(data, order, from, samples);
    data.fillTargets(order, from, samples, target);
    long step = network.steps();
    Activations x = first(samples, true, streams.key(Purpose.DROPOUT, 0, step));
    for (int l = 1; l < layers.size(); l++) {
      long key = streams.key(Purpose.DROPOUT, l, step);
      x = layers.get(l).forward(x, target.tilesOf(samples), true, key);
    }
    LayerPass top = layers.getLast();
    double loss = network.loss().evaluate(x, target, samples, top.gradient());
    countCorrect(x, data, order, from, samples);
    top.throughActivation(0, network.outputs());
    for (int l = layers.size() - 1; l >= 0; l--) {
      if (l > 0) {
        layers.get(l).backward(layers.get(l - 1));
      }
      layers.get(l).update(optimizer.forLayer(l), step);
    }
    network.stepped();
    return loss;
  }

  /**
   * Returns how many samples of the last batch had their highest output at the right class.
   *
   * @return of the batch given to {@link #train}, before the step
   */
  public int correct() {
    return correct;
  }

  /**
   * Looks at a whole data set without training.
   *
   * @param data labelled samples
   * @return accuracy and loss
   */
  public Evaluation evaluate(Dataset data) {
    checkFits(network, data);
    int[] all = IntStream.range(0, data.size()).toArray();
    double loss = 0;
    int right = 0;
    for (int from = 0; from < all.length; from += batch) {
      int samples = Math.min(batch, all.length - from);
      fill(data, all, from, samples);
      data.fillTargets(all, from, samples, target);
      Activations output = forward(samples);
      countCorrect(output, data, all, from, samples);
      right += correct;
      loss += network.loss().evaluate(output, target, samples, evaluated);
    }
    return new Evaluation(all.length, right, loss / all.length);
  }

  /**
   * Checks that a network can be used on a data set.
   *
   * @param network the network
   * @param data the samples
   * @throws IllegalArgumentException if features or classes do not fit
   */
  public static void checkFits(Network network, Dataset data) {
    if (data.features() != network.inputs()) {
      throw new IllegalArgumentException(
          "%s has %d features, the network has %d inputs"
              .formatted(data.name(), data.features(), network.inputs()));
    }
    if (data.classNames().size() != network.outputs()) {
      throw new IllegalArgumentException(
          "%s has %d classes, the network has %d outputs"
              .formatted(data.name(), data.classNames().size(), network.outputs()));
    }
  }

  void predict(float[][] samples, int from, int samplesOfBatch, float[][] predictions) {
    sparse = false;
    Activations input = input();
    for (int b = 0; b < samplesOfBatch; b++) {
      float[] sample = samples[from + b];
      if (sample.length != network.inputs()) {
        throw new IllegalArgumentException(
            "sample %d has %d features, the network has %d inputs"
                .formatted(from + b, sample.length, network.inputs()));
      }
      for (int f = 0; f < sample.length; f++) {
        input.set(f, b, sample[f]);
      }
    }
    prepare(0, network.inputs(), samplesOfBatch);
    read(forward(samplesOfBatch), from, samplesOfBatch, predictions);
  }

  void predict(Dataset data, int[] samples, int from, int count, float[][] predictions) {
    fill(data, samples, from, count);
    read(forward(count), from, count, predictions);
  }

  private static void read(Activations output, int from, int count, float[][] predictions) {
    for (int b = 0; b < count; b++) {
      predictions[from + b] = new float[output.units()];
      for (int k = 0; k < output.units(); k++) {
        predictions[from + b][k] = output.get(k, b);
      }
    }
  }

  private Activations forward(int samples) {
    Activations x = first(samples, false, 0);
    for (int l = 1; l < layers.size(); l++) {
      x = layers.get(l).forward(x, target.tilesOf(samples), false, 0);
    }
    return x;
  }

  private Activations first(int samples, boolean training, long dropoutKey) {
    LayerPass layer = layers.getFirst();
    int tiles = target.tilesOf(samples);
    SparseBatch rows = sparseInput;
    return sparse && rows != null
        ? layer.forward(rows, tiles, training, dropoutKey)
        : layer.forward(input(), tiles, training, dropoutKey);
  }

  private Activations input() {
    Activations rows = input;
    if (rows == null) {
      rows = new Activations(network.inputs(), batch);
      input = rows;
    }
    return rows;
  }

  private void fill(Dataset data, int[] order, int from, int samples) {
    sparse = data instanceof SparseInMemoryDataset;
    if (data instanceof SparseInMemoryDataset rows) {
      rows.fillSparse(order, from, samples, sparseInput());
      network.scaling().apply(sparseInput());
      return;
    }
    input();
    source = data;
    this.order = order;
    first = from;
    count = samples;
    compute.team().run(features.parts(), fillTask);
  }

  private SparseBatch sparseInput() {
    SparseBatch rows = sparseInput;
    if (rows == null) {
      rows = network.scaling().batch(network.inputs());
      sparseInput = rows;
    }
    return rows;
  }

  private void fillPart(int part, int worker) {
    Dataset data = source;
    if (data != null) {
      data.fillFeatures(order, first, count, input(), features.from(part), features.to(part));
      prepare(features.from(part), features.to(part), count);
    }
  }

  /** Clears what is behind the last sample, where a NaN would reach the weights, and scales. */
  private void prepare(int from, int to, int samples) {
    Activations input = input();
    int end = input.tilesOf(samples) * input.width();
    for (int f = from; samples < end && f < to; f++) {
      for (int b = samples; b < end; b++) {
        input.set(f, b, 0f);
      }
    }
    if (!network.scaling().isNone()) {
      for (int tile = 0; tile < input.tilesOf(samples); tile++) {
        scale(tile, from, to);
      }
    }
  }

  private void scale(int tile, int from, int to) {
    Activations input = input();
    Scaling scaling = network.scaling();
    if (scaling.logarithmic()) {
      for (long i = input.row(tile, from); i < input.row(tile, to); i++) {
        input.values().set(i, Scaling.log1p(input.values().get(i)));
      }
    }
    if (input.width() < Activations.LANES) {
      for (int f = from; f < to; f++) {
        for (long i = input.row(tile, f); i < input.row(tile, f + 1); i++) {
          input.values().set(i, (input.values().get(i) - scaling.shift(f)) * scaling.scale(f));
        }
      }
      return;
    }
    for (int f = from; f < to; f++) {
      kernels.shiftAndScale(
          input.values(),
          input.row(tile, f),
          input.row(tile, f + 1),
          scaling.shift(f),
          scaling.scale(f));
    }
  }

  private void countCorrect(Activations output, Dataset data, int[] order, int from, int samples) {
    correct = 0;
    for (int b = 0; b < samples; b++) {
      int best = 0;
      for (int k = 1; k < output.units(); k++) {
        if (output.get(k, b) > output.get(best, b)) {
          best = k;
        }
      }
      if (best == data.label(order[from + b])) {
        correct++;
      }
    }
  }
}
