package dev.rewire.neuron;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Norms;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Batch normalisation (Ioffe and Szegedy 2015), in the form of PyTorch: each neuron is brought to
 * mean 0 and variance 1 over the samples of a training batch, then scaled and shifted by learned
 * numbers. Prediction uses running averages of mean and variance instead.
 *
 * <pre>
 * training    y = scale * (x - mean(x)) / sqrt(var(x) + epsilon) + shift
 * prediction  y = scale * (x - mean) / sqrt(variance + epsilon) + shift
 * </pre>
 *
 * @param momentum weight of the newest batch in the running averages, above 0, up to 1
 * @param epsilon added to the variance, above 0
 */
public record BatchNorm(double momentum, double epsilon) implements NeuronLayer.PerNeuron {
  /** The usual numbers: 0.1 and 1e-5. */
  public static final BatchNorm DEFAULT = new BatchNorm(0.1, 1e-5);

  /** Name in settings and files. */
  static final String NAME = "batch-norm";

  /** Checks the ranges. */
  public BatchNorm {
    if (!(momentum > 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          "momentum of batch-norm must be above 0 and at most 1: " + momentum);
    }
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("epsilon of batch-norm must be above 0: " + epsilon);
    }
  }

  @Override
  public String id() {
    return equals(DEFAULT) ? NAME : NAME + ":" + momentum + ":" + epsilon;
  }

  @Override
  public List<String> parameters() {
    return List.of("scale", "shift");
  }

  @Override
  public List<String> memory() {
    return List.of("mean", "variance");
  }

  @Override
  public float initial(String name, RandomGenerator random) {
    return name.equals("scale") || name.equals("variance") ? 1f : 0f;
  }

  @Override
  public int kept() {
    return 1;
  }

  @Override
  public NeuronWork work(NeuronNumbers numbers, int batch, boolean training) {
    return new Work(this, numbers, batch, training);
  }

  private static final class Work implements NeuronWork {
    private final BatchNorm settings;
    private final Floats scale;
    private final Floats shift;
    private final Floats runningMean;
    private final Floats runningVariance;

    /** Inputs at mean 0 and variance 1; of one neuron only if nobody asks for gradients. */
    private final Activations normal;

    private final Floats mean;
    private final Floats variance;
    private final Floats scaleGradient;
    private final Floats shiftGradient;

    private final Norms norms = KernelProvider.get().norms();

    /** Whether the last forward used statistics of the batch. */
    private boolean ofBatch;

    Work(BatchNorm settings, NeuronNumbers numbers, int batch, boolean training) {
      this.settings = settings;
      scale = numbers.parameter(0);
      shift = numbers.parameter(1);
      runningMean = numbers.memory(0);
      runningVariance = numbers.memory(1);
      int kept = training ? numbers.neurons() : 0;
      normal = new Activations(Math.max(1, kept), batch);
      mean = new Floats(kept);
      variance = new Floats(kept);
      scaleGradient = new Floats(kept);
      shiftGradient = new Floats(kept);
    }

    @Override
    public void forward(Activations x, int samples, boolean training, int from, int to) {
      ofBatch = training;
      if (x.width() % Activations.LANES == 0) {
        wideForward(x, samples, from, to);
        return;
      }
      for (int j = from; j < to; j++) {
        if (training) {
          measure(x, samples, j);
        }
        float centre = training ? mean.get(j) : runningMean.get(j);
        float factor = inverseDeviation(training ? variance.get(j) : runningVariance.get(j));
        for (int tile = 0; tile < x.tilesOf(samples); tile++) {
          long row = x.row(tile, j);
          long end = row + x.width();
          if (mean.length() > 0) {
            long keep = normal.row(tile, j) - row;
            for (long i = row; i < end; i++) {
              normal.values().set(keep + i, (x.values().get(i) - centre) * factor);
            }
          }
          float slope = factor * scale.get(j);
          float start = Math.fma(-centre, slope, shift.get(j));
          for (long i = row; i < end; i++) {
            x.values().set(i, Math.fma(x.values().get(i), slope, start));
          }
        }
      }
    }

    /** The same for rows that vectors fit into; sums are those of {@link Norms#rowSum}. */
    private void wideForward(Activations x, int samples, int from, int to) {
      int tiles = x.tilesOf(samples);
      for (int j = from; j < to; j++) {
        boolean keeps = mean.length() > 0;
        if (keeps) {
          wideNormal(x, samples, j);
        }
        float centre = ofBatch ? mean.get(j) : runningMean.get(j);
        float factor = inverseDeviation(ofBatch ? variance.get(j) : runningVariance.get(j));
        float slope = factor * scale.get(j);
        for (int tile = 0; tile < tiles; tile++) {
          long row = x.row(tile, j);
          if (ofBatch) {
            // it has been brought to mean 0 already
            x.values().copy(normal.values(), normal.row(tile, j), row, x.width());
            norms.scaleAndShift(x.values(), row, row + x.width(), slope, shift.get(j));
          } else {
            float start = Math.fma(-centre, slope, shift.get(j));
            norms.scaleAndShift(x.values(), row, row + x.width(), slope, start);
          }
          if (keeps) {
            long keep = normal.row(tile, j);
            norms.shiftAndScale(normal.values(), keep, keep + x.width(), 0f, factor);
          }
        }
      }
    }

    /** Keeps a row less its mean, which is measured in training. */
    private void wideNormal(Activations x, int samples, int j) {
      double sum = 0;
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        long keep = normal.row(tile, j);
        normal.values().copy(x.values(), x.row(tile, j), keep, x.width());
        clearPadding(samples, tile, keep);
        sum += ofBatch ? norms.rowSum(normal.values(), keep, x.width()) : 0;
      }
      float centre = ofBatch ? (float) (sum / samples) : runningMean.get(j);
      double squares = 0;
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        long keep = normal.row(tile, j);
        norms.shiftAndScale(normal.values(), keep, keep + x.width(), centre, 1f);
        clearPadding(samples, tile, keep);
        squares +=
            ofBatch
                ? norms.rowProducts(normal.values(), keep, normal.values(), keep, x.width())
                : 0;
      }
      if (ofBatch) {
        mean.set(j, centre);
        variance.set(j, (float) (squares / samples));
      }
    }

    private void clearPadding(int samples, int tile, long row) {
      for (int b = samples - tile * normal.width(); b < normal.width(); b++) {
        normal.values().set(row + b, 0f);
      }
    }

    private void wideBackward(Activations d, int samples, int from, int to) {
      int tiles = d.tilesOf(samples);
      int width = d.width();
      for (int j = from; j < to; j++) {
        double sum = 0;
        double products = 0;
        for (int tile = 0; tile < tiles; tile++) {
          long row = d.row(tile, j);
          sum += norms.rowSum(d.values(), row, width);
          products +=
              norms.rowProducts(d.values(), row, normal.values(), normal.row(tile, j), width);
        }
        shiftGradient.set(j, (float) sum);
        scaleGradient.set(j, (float) products);
        float factor =
            inverseDeviation(ofBatch ? variance.get(j) : runningVariance.get(j)) * scale.get(j);
        float common = ofBatch ? (float) (sum / samples) : 0f;
        float along = ofBatch ? (float) (products / samples) : 0f;
        for (int tile = 0; tile < tiles; tile++) {
          long row = d.row(tile, j);
          norms.normalGradient(
              normal.values(), normal.row(tile, j), d.values(), row, width, common, along, factor);
          for (int b = samples - tile * width; b < width; b++) {
            d.values().set(row + b, 0f);
          }
        }
      }
    }

    private float inverseDeviation(float variance) {
      return (float) (1 / Math.sqrt(variance + settings.epsilon()));
    }

    private void measure(Activations x, int samples, int j) {
      double sum = 0;
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        long row = x.row(tile, j);
        int here = Math.min(x.width(), samples - tile * x.width());
        for (int b = 0; b < here; b++) {
          sum += x.values().get(row + b);
        }
      }
      double centre = sum / samples;
      double squares = 0;
      for (int tile = 0; tile < x.tilesOf(samples); tile++) {
        long row = x.row(tile, j);
        int here = Math.min(x.width(), samples - tile * x.width());
        for (int b = 0; b < here; b++) {
          double distance = x.values().get(row + b) - centre;
          squares += distance * distance;
        }
      }
      mean.set(j, (float) centre);
      variance.set(j, (float) (squares / samples));
    }

    @Override
    public void backward(Activations d, int samples, int from, int to) {
      if (d.width() % Activations.LANES == 0) {
        wideBackward(d, samples, from, to);
        return;
      }
      for (int j = from; j < to; j++) {
        double sum = 0;
        double products = 0;
        for (int tile = 0; tile < d.tilesOf(samples); tile++) {
          long row = d.row(tile, j);
          long keep = normal.row(tile, j);
          // Padding has a gradient of 0.
          for (int b = 0; b < d.width(); b++) {
            double slope = d.values().get(row + b);
            sum += slope;
            products += slope * normal.values().get(keep + b);
          }
        }
        shiftGradient.set(j, (float) sum);
        scaleGradient.set(j, (float) products);
        float variance = ofBatch ? this.variance.get(j) : runningVariance.get(j);
        float factor = inverseDeviation(variance) * scale.get(j);
        float common = ofBatch ? (float) (sum / samples) : 0f;
        float along = ofBatch ? (float) (products / samples) : 0f;
        for (int tile = 0; tile < d.tilesOf(samples); tile++) {
          long row = d.row(tile, j);
          long keep = normal.row(tile, j);
          int here = Math.min(d.width(), samples - tile * d.width());
          for (int b = 0; b < here; b++) {
            float rest = d.values().get(row + b) - common;
            d.values().set(row + b, factor * Math.fma(-along, normal.values().get(keep + b), rest));
          }
        }
      }
    }

    @Override
    public Floats gradient(int parameter) {
      return parameter == 0 ? scaleGradient : shiftGradient;
    }

    /** The running variance is the unbiased one, as in PyTorch. */
    @Override
    public void learn(int samples, int from, int to) {
      double newest = settings.momentum();
      double unbiased = samples > 1 ? samples / (samples - 1.0) : 1;
      for (int j = from; j < to; j++) {
        runningMean.set(j, (float) ((1 - newest) * runningMean.get(j) + newest * mean.get(j)));
        runningVariance.set(
            j,
            (float) ((1 - newest) * runningVariance.get(j) + newest * unbiased * variance.get(j)));
      }
    }
  }
}
