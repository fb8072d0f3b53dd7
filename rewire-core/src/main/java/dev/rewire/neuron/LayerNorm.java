package dev.rewire.neuron;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Norms;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;

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
    private final Norms norms = KernelProvider.get().norms();
    private final Activations normal;

    // Of each sample: the first two are means of inputs or of gradients.
    private final Floats centre;
    private final Floats along;
    private final Floats factor;

    Work(double epsilon, int neurons, int batch, boolean training) {
      this.epsilon = epsilon;
      this.neurons = neurons;
      keeps = training;
      normal = new Activations(training ? neurons : 1, batch);
      long samples = Activations.padded(batch);
      centre = new Floats(samples);
      along = new Floats(samples);
      factor = new Floats(samples);
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      for (int first = from; first < to; first = next(first, to)) {
        forward(x, first, next(first, to) - first);
      }
    }

    /** Where a vector of columns that begin here ends. */
    private static int next(int from, int to) {
      return Math.min(to, from - from % Activations.LANES + Activations.LANES);
    }

    private void forward(Activations x, int from, int columns) {
      int stride = x.width();
      long at = x.row(from / stride, 0) + from % stride;
      norms.columnSums(x.values(), at, stride, neurons, columns, centre, from);
      divide(centre, from, columns);
      norms.columnSquares(x.values(), at, stride, neurons, columns, centre, along, from);
      for (int b = from; b < from + columns; b++) {
        factor.set(b, (float) (1 / Math.sqrt((double) along.get(b) / neurons + epsilon)));
      }
      norms.columnNormal(x.values(), at, stride, neurons, columns, centre, factor, from);
      if (keeps) {
        long keep = normal.row(from / stride, 0) + from % stride;
        for (int j = 0; j < neurons; j++) {
          long row = (long) j * stride;
          normal.values().copy(x.values(), at + row, keep + row, columns);
        }
      }
    }

    private void divide(Floats sums, int from, int columns) {
      for (int b = from; b < from + columns; b++) {
        sums.set(b, sums.get(b) / neurons);
      }
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      for (int first = from; first < to; first = next(first, to)) {
        backward(d, first, next(first, to) - first);
      }
    }

    private void backward(Activations d, int from, int columns) {
      int stride = d.width();
      long at = d.row(from / stride, 0) + from % stride;
      long keep = normal.row(from / stride, 0) + from % stride;
      norms.columnSums(d.values(), at, stride, neurons, columns, centre, from);
      norms.columnProducts(
          d.values(), at, normal.values(), keep, stride, neurons, columns, along, from);
      divide(centre, from, columns);
      divide(along, from, columns);
      norms.columnGradient(
          normal.values(),
          keep,
          d.values(),
          at,
          stride,
          neurons,
          columns,
          centre,
          along,
          factor,
          from);
    }
  }
}
