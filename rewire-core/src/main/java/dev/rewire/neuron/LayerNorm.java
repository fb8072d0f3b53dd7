package dev.rewire.neuron;

import dev.rewire.memory.Activations;
import java.util.Arrays;

/**
 * Layer normalisation (Ba, Kiros and Hinton 2016): each sample is brought to mean 0 and variance 1
 * over the neurons of the layer, in training and prediction alike. The learned scale and shift that
 * usually follow are a layer of their own, {@link NeuronAffine}.
 *
 * @param epsilon added to the variance, above 0
 */
public record LayerNorm(double epsilon) implements NeuronLayer.PerSample {
  /** The usual number: 1e-5. */
  public static final LayerNorm DEFAULT = new LayerNorm(1e-5);

  /** Name in settings and files. */
  static final String NAME = "layer-norm";

  /** Checks the range. */
  public LayerNorm {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon of layer-norm must be above 0: " + epsilon);
    }
  }

  @Override
  public String id() {
    return equals(DEFAULT) ? NAME : NAME + ":" + epsilon;
  }

  @Override
  public int kept() {
    return 1;
  }

  @Override
  public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
    return new Work(epsilon, numbers.neurons(), batch, training);
  }

  private static final class Work implements NeuronWork {
    private final double epsilon;
    private final int neurons;
    private final boolean keeps;
    private final Activations normal;

    // Of each sample.
    private final double[] sums;
    private final double[] products;
    private final float[] factors;

    Work(double epsilon, int neurons, int batch, boolean training) {
      this.epsilon = epsilon;
      this.neurons = neurons;
      keeps = training;
      normal = new Activations(training ? neurons : 1, batch);
      sums = new double[normal.samples()];
      products = new double[normal.samples()];
      factors = new float[normal.samples()];
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      int tile = from / x.width();
      int lane = from % x.width();
      int count = to - from;
      Arrays.fill(sums, from, to, 0);
      Arrays.fill(products, from, to, 0);
      for (int j = 0; j < neurons; j++) {
        long at = x.row(tile, j) + lane;
        for (int b = 0; b < count; b++) {
          sums[from + b] += x.values().get(at + b);
        }
      }
      for (int j = 0; j < neurons; j++) {
        long at = x.row(tile, j) + lane;
        for (int b = 0; b < count; b++) {
          double distance = x.values().get(at + b) - sums[from + b] / neurons;
          products[from + b] += distance * distance;
        }
      }
      for (int b = from; b < to; b++) {
        factors[b] = (float) (1 / Math.sqrt(products[b] / neurons + epsilon));
      }
      for (int j = 0; j < neurons; j++) {
        long at = x.row(tile, j) + lane;
        for (int b = 0; b < count; b++) {
          double distance = x.values().get(at + b) - sums[from + b] / neurons;
          x.values().set(at + b, (float) distance * factors[from + b]);
        }
        if (keeps) {
          normal.values().copy(x.values(), at, normal.row(tile, j) + lane, count);
        }
      }
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      int tile = from / d.width();
      int lane = from % d.width();
      int count = to - from;
      Arrays.fill(sums, from, to, 0);
      Arrays.fill(products, from, to, 0);
      for (int j = 0; j < neurons; j++) {
        long at = d.row(tile, j) + lane;
        long keep = normal.row(tile, j) + lane;
        for (int b = 0; b < count; b++) {
          double slope = d.values().get(at + b);
          sums[from + b] += slope;
          products[from + b] += slope * normal.values().get(keep + b);
        }
      }
      for (int j = 0; j < neurons; j++) {
        long at = d.row(tile, j) + lane;
        long keep = normal.row(tile, j) + lane;
        for (int b = 0; b < count; b++) {
          double rest =
              d.values().get(at + b)
                  - sums[from + b] / neurons
                  - normal.values().get(keep + b) * products[from + b] / neurons;
          d.values().set(at + b, (float) rest * factors[from + b]);
        }
      }
    }
  }
}
