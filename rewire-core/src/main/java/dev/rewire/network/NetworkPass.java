package dev.rewire.network;

import dev.rewire.dataset.Dataset;
import dev.rewire.dataset.Head;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.LayerPass;
import dev.rewire.layer.Limits;
import dev.rewire.layer.MemoryMode;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
  private final List<LayerPass> layers = new ArrayList<>();

  private final InputBatch input;
  private final BatchLoss losses;
  private final Activations evaluated;
  private final int batch;
  private final Limits limits;
  private final double smoothing;

  /** Samples of the last batch that was only looked at. */
  private int looked;

  /**
   * Allocates the buffers.
   *
   * @param network the network
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #train} will be called
   */
  public NetworkPass(Network network, Compute compute, int batch, boolean training) {
    this(network, compute, batch, training, MemoryMode.STANDARD, Limits.NONE, 0);
  }

  /**
   * Allocates the buffers.
   *
   * @param network the network
   * @param compute what to run on
   * @param batch samples at the most, 1 or more
   * @param training whether {@link #train} will be called
   * @param memory whether transposed indices may be built
   * @param limits of gradients and weights
   * @param smoothing share of the targets that is spread over all classes in {@link #train}, 0 to
   *     below 1; {@link #evaluate} always sees the targets as they are
   * @throws IllegalArgumentException if the loss of the network cannot be smoothed
   */
  public NetworkPass(
      Network network,
      Compute compute,
      int batch,
      boolean training,
      MemoryMode memory,
      Limits limits,
      double smoothing) {
    this.network = network;
    this.limits = limits;
    this.smoothing = smoothing;
    if (smoothing > 0) {
      network.loss().requireSmoothing();
    }
    this.batch = batch;
    input = new InputBatch(network, compute, batch);
    losses = new BatchLoss(network.meaning(), compute, batch);
    evaluated = new Activations(network.outputs(), batch);
    Dropout before = Dropout.NONE;
    for (SparseLayer layer : network.layers()) {
      layers.add(new LayerPass(layer, before, compute, batch, training, memory, limits));
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
    long step = network.steps();
    judge(data, order, from, samples, step, streams);
    double squares = 0;
    for (int l = layers.size() - 1; l >= 0; l--) {
      if (l > 0) {
        layers.get(l).backward(layers.get(l - 1));
      }
      if (limits.keepsGradient()) {
        squares += layers.get(l).store();
      } else {
        layers.get(l).update(optimizer.forLayer(l), step);
      }
    }
    for (int l = layers.size() - 1; l >= 0 && limits.keepsGradient(); l--) {
      layers.get(l).update(optimizer.forLayer(l), step, limits.scale(squares));
    }
    network.stepped();
    return losses.sum();
  }

  /** Forward, and back to the gradient of the last weighted sums. */
  private void judge(
      Dataset data, int[] order, int from, int samples, long step, RandomStreams streams) {
    Activations x = forward(data, order, from, samples, step, streams);
    LayerPass top = layers.getLast();
    losses.evaluate(network.loss(), x, data, order, from, samples, top.gradient(), smoothing);
    top.backward();
  }

  /** Forward, with dropout. */
  private Activations forward(
      Dataset data, int[] order, int from, int samples, long step, RandomStreams streams) {
    input.fill(data, order, from, samples);
    long firstKey = streams.key(Purpose.DROPOUT, 0, step);
    Activations x = input.forward(layers.getFirst(), samples, true, firstKey);
    for (int l = 1; l < layers.size(); l++) {
      long key = streams.key(Purpose.DROPOUT, l, step);
      x = layers.get(l).forward(x, samples, true, key);
    }
    return x;
  }

  /**
   * Looks at a batch as a training step does, but changes nothing: afterwards {@link #signals} has
   * what each layer has seen.
   *
   * @param data where samples come from
   * @param order indices of samples
   * @param from first entry of {@code order} to use
   * @param samples how many, at most {@link #batch}
   * @param step number of the step whose dropout is repeated, from 0
   * @param streams random numbers of the run
   * @param back whether gradients are wanted; without them {@link #signals} has those of an earlier
   *     batch
   */
  public void look(
      Dataset data,
      int[] order,
      int from,
      int samples,
      long step,
      RandomStreams streams,
      boolean back) {
    looked = samples;
    if (!back) {
      forward(data, order, from, samples, step, streams);
      return;
    }
    judge(data, order, from, samples, step, streams);
    for (int l = layers.size() - 1; l > 0; l--) {
      layers.get(l).backward(layers.get(l - 1));
    }
  }

  /**
   * Shows what a layer has seen in the batch of the last {@link #look}.
   *
   * @param layer its number
   * @return inputs and gradient; valid until the next batch
   */
  public Signals signals(int layer) {
    return layers.get(layer).signals(looked);
  }

  /**
   * Returns how many samples of the last batch were right: those that had their highest output at
   * the right class, or each output on the right side where targets are 0 or 1.
   *
   * @return of the batch given to {@link #train}, before the step; 0 where targets are numbers
   */
  public int correct() {
    return losses.correct();
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
      input.fill(data, all, from, samples);
      losses.evaluate(network.loss(), forward(samples), data, all, from, samples, evaluated, 0);
      right += losses.correct();
      loss += losses.sum();
    }
    int correct = network.head() == Head.REGRESSION ? Evaluation.NUMBERS : right;
    return new Evaluation(all.length, correct, loss / all.length);
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
    if (data.head() != network.head()) {
      throw new IllegalArgumentException(
          "the targets of %s are %s, the network predicts %s"
              .formatted(data.name(), words(data.head()), words(network.head())));
    }
    if (data.classNames().size() != network.classNames().size()) {
      throw new IllegalArgumentException(
          "%s has %d classes, the network has %d outputs"
              .formatted(data.name(), data.classNames().size(), network.classNames().size()));
    }
  }

  private static String words(Head head) {
    return switch (head) {
      case CLASSES -> "classes";
      case BINARY -> "one of two classes, with one output";
      case MULTI_LABEL -> "sets of labels";
      case REGRESSION -> "numbers";
    };
  }

  /** Hears what a network says about each sample. */
  @FunctionalInterface
  public interface PredictionListener {
    /**
     * Called for one sample after the other, on one thread.
     *
     * @param sample its index
     * @param prediction one number an output, as {@link Network#predict} gives them; used again for
     *     the next sample
     */
    void predicted(int sample, float[] prediction);
  }

  /**
   * Predicts all samples of a data set, a batch at a time, so that memory does not grow with it.
   *
   * @param data samples of the same features; their targets do not matter
   * @param listener hears of each, in order
   */
  public void predict(Dataset data, PredictionListener listener) {
    if (data.features() != network.inputs()) {
      throw new IllegalArgumentException(
          "%s has %d features, the network has %d inputs"
              .formatted(data.name(), data.features(), network.inputs()));
    }
    float[] prediction = new float[network.outputs()];
    int[] samples = new int[batch];
    for (int from = 0; from < data.size(); from += batch) {
      int count = Math.min(batch, data.size() - from);
      for (int b = 0; b < count; b++) {
        samples[b] = from + b;
      }
      input.fill(data, samples, 0, count);
      Activations output = forward(count);
      for (int b = 0; b < count; b++) {
        for (int k = 0; k < prediction.length; k++) {
          prediction[k] = output.get(k, b);
        }
        network.finish(prediction);
        listener.predicted(from + b, prediction);
      }
    }
  }

  void predict(float[][] samples, int from, int samplesOfBatch, float[][] predictions) {
    input.fill(samples, from, samplesOfBatch);
    read(forward(samplesOfBatch), from, samplesOfBatch, predictions);
  }

  void predict(Dataset data, int[] samples, int from, int count, float[][] predictions) {
    input.fill(data, samples, from, count);
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
    Activations x = input.forward(layers.getFirst(), samples, false, 0);
    for (int l = 1; l < layers.size(); l++) {
      x = layers.get(l).forward(x, samples, false, 0);
    }
    return x;
  }
}
