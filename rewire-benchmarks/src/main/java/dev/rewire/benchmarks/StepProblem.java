package dev.rewire.benchmarks;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.dataset.Scaling;
import dev.rewire.layer.Activation;
import dev.rewire.layer.SparseLayer;
import dev.rewire.loss.Loss;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network 784-1000-1000-10 with sparse hidden layers and a dense output layer, and some batches
 * to train it on: the same for every side.
 *
 * @param layers from the input on
 * @param features one row a sample, 0 to 1
 * @param labels one a sample
 */
public record StepProblem(List<Connections> layers, float[][] features, int[] labels) {
  /** Neurons, from the input on. */
  private static final int[] WIDTHS = {784, 1000, 1000, 10};

  /** Batches of {@link LayerProblem#BATCH} samples. */
  public static final int BATCHES = 8;

  /** Steps at the beginning whose losses all sides must agree about. */
  public static final int CHECKED_STEPS = 10;

  /** Learning rate of these steps. */
  public static final double CHECKED_RATE = 0.05;

  /** Learning rate while time is measured, so small that nothing dies or explodes. */
  public static final double RATE = 1e-6;

  /** Of the optimizer. */
  public static final double MOMENTUM = 0.9;

  /**
   * Draws a problem.
   *
   * @param sparsity fraction of zeros in the hidden layers, in per cent
   * @return always the same for the same sparsity
   */
  public static StepProblem random(int sparsity) {
    SplittableRandom random = new SplittableRandom(7);
    int samples = BATCHES * LayerProblem.BATCH;
    float[][] features = new float[samples][WIDTHS[0]];
    int[] labels = new int[samples];
    int classes = WIDTHS[WIDTHS.length - 1];
    for (int s = 0; s < samples; s++) {
      for (int f = 0; f < WIDTHS[0]; f++) {
        features[s][f] = (float) random.nextDouble();
      }
      labels[s] = s % classes;
    }
    List<Connections> layers = new ArrayList<>();
    for (int l = 1; l < WIDTHS.length; l++) {
      int cells = WIDTHS[l - 1] * WIDTHS[l];
      boolean output = l == WIDTHS.length - 1;
      int count = output ? cells : Math.toIntExact(Math.round(cells * (1 - sparsity / 100.0)));
      layers.add(Connections.random(WIDTHS[l - 1], WIDTHS[l], count, random));
    }
    return new StepProblem(layers, features, labels);
  }

  /**
   * Makes the library's data set.
   *
   * @return all samples
   */
  public InMemoryDataset dataset() {
    Floats values = new Floats((long) features.length * WIDTHS[0]);
    for (int s = 0; s < features.length; s++) {
      values.copy(features[s], 0, (long) s * WIDTHS[0], WIDTHS[0]);
    }
    return new InMemoryDataset(
        "random", values, WIDTHS[0], labels, InMemoryDataset.numbered(10), null);
  }

  /**
   * Makes the library's network.
   *
   * @return with ReLU, softmax and cross-entropy
   */
  public Network network() {
    List<SparseLayer> stack = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      boolean output = l == layers.size() - 1;
      stack.add(layers.get(l).layer(l, output ? new Activation.Identity() : new Activation.Relu()));
    }
    return new Network(
        stack,
        new Loss.SoftmaxCrossEntropy(),
        Scaling.none(),
        InMemoryDataset.numbered(10),
        null,
        0);
  }
}
