package dev.rewire.loss;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import java.util.List;

/** What training minimises: a number for a batch, and its slope with respect to the outputs. */
public sealed interface Loss
    permits Loss.SoftmaxCrossEntropy,
        Loss.BinaryCrossEntropy,
        Loss.MeanSquaredError,
        Loss.ScipySquaredError,
        ElementwiseLoss,
        MultiMargin {
  /** All losses. */
  List<Loss> ALL =
      List.of(
          new SoftmaxCrossEntropy(),
          new BinaryCrossEntropy(),
          new MeanSquaredError(),
          new ScipySquaredError(),
          new MeanAbsoluteError(),
          new Huber(Huber.DEFAULT_DELTA),
          new Hinge(),
          new MultiMargin());

  /**
   * Returns the name used on the command line and in files.
   *
   * @return for example {@code cross-entropy}
   */
  String id();

  /**
   * Computes the loss of some samples of a batch and, in the same pass, its gradient. Called by
   * several threads at once, each with its own samples.
   *
   * @param output what the network said, one row an output
   * @param target what it should have said, one row an output
   * @param batch number of samples of the whole batch, the first columns
   * @param from first sample
   * @param to one past the last sample
   * @param gradient overwritten: derivative of the mean loss with respect to each output, zero
   *     behind the last sample of the batch up to the end of the tiles
   * @param losses overwritten: the loss of each sample
   */
  void evaluate(
      Activations output,
      Activations target,
      int batch,
      int from,
      int to,
      Activations gradient,
      double[] losses);

  /**
   * Computes the loss of a batch and, in the same pass, its gradient.
   *
   * @param output what the network said, one row an output
   * @param target what it should have said, one row an output
   * @param batch number of samples, the first columns
   * @param gradient overwritten: derivative of the mean loss with respect to each output, zero
   *     behind the last sample up to the end of the tiles
   * @return the sum of the losses of the samples; the mean is this divided by {@code batch}
   */
  default double evaluate(Activations output, Activations target, int batch, Activations gradient) {
    double[] losses = new double[batch];
    evaluate(output, target, batch, 0, batch, gradient, losses);
    double total = 0;
    for (double loss : losses) {
      total += loss;
    }
    return total;
  }

  /**
   * Makes targets less certain before {@link #evaluate} sees them (Szegedy et al. 2016): the share
   * {@code smoothing} of each is spread evenly. Only cross-entropies can be smoothed.
   *
   * @param target what the network should say, one row an output; changed
   * @param from first sample
   * @param to one past the last sample
   * @param smoothing above 0 and below 1
   */
  default void smooth(Activations target, int from, int to, double smoothing) {
    requireSmoothing();
  }

  /**
   * Checks that the targets of this loss can be smoothed.
   *
   * @throws IllegalArgumentException if they are no probabilities
   */
  default void requireSmoothing() {
    throw new IllegalArgumentException(
        "labels can be smoothed for cross-entropy and binary-cross-entropy, not for " + id());
  }

  /** {@code t = (1 - smoothing) * t + smoothing * even}. */
  private static void smooth(Activations target, int from, int to, double smoothing, double even) {
    float keep = (float) (1 - smoothing);
    float share = (float) (smoothing * even);
    for (int k = 0; k < target.units(); k++) {
      for (int b = from; b < to; b++) {
        target.set(k, b, Math.fma(keep, target.get(k, b), share));
      }
    }
  }

  /**
   * Turns outputs into what a user reads: probabilities where the loss works on logits.
   *
   * @param outputs the outputs of one sample, in place
   */
  default void toPrediction(float[] outputs) {}

  /**
   * Says whether {@link #toPrediction} makes probabilities of outputs.
   *
   * @return true for the cross-entropies
   */
  default boolean givesProbabilities() {
    return this instanceof SoftmaxCrossEntropy || this instanceof BinaryCrossEntropy;
  }

  /**
   * Says which side an output is on where its target is 0 or 1.
   *
   * @param output what the network said, before {@link #toPrediction}
   * @return true if it is taken for 1
   */
  default boolean isOne(float output) {
    return output > threshold();
  }

  /**
   * Returns the number above which a prediction is taken for 1 where its target is 0 or 1.
   *
   * @return in what {@link #toPrediction} makes of outputs; 0.5 unless the loss says otherwise
   */
  default double threshold() {
    return 0.5;
  }

  /**
   * Finds a loss by its name.
   *
   * @param id as {@link #id} returns it, or {@code huber:DELTA}
   * @return the loss
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  static Loss of(String id) {
    if (id.startsWith(Huber.WITH_DELTA)) {
      return new Huber(Double.parseDouble(id.substring(Huber.WITH_DELTA.length())));
    }
    return ALL.stream()
        .filter(loss -> loss.id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no loss '"
                    + id
                    + "', there are "
                    + String.join(", ", ALL.stream().map(Loss::id).toList())));
  }

  /**
   * Softmax of the outputs and cross-entropy with the targets, which are probabilities that add up
   * to 1. Gradient: {@code (softmax - target) / batch}.
   */
  record SoftmaxCrossEntropy() implements Loss {
    @Override
    public String id() {
      return "cross-entropy";
    }

    /** Over all classes, as PyTorch does. */
    @Override
    public void smooth(Activations target, int from, int to, double smoothing) {
      Loss.smooth(target, from, to, smoothing, 1.0 / target.units());
    }

    @Override
    public void requireSmoothing() {}

    @Override
    public void evaluate(
        Activations output,
        Activations target,
        int batch,
        int from,
        int to,
        Activations gradient,
        double[] losses) {
      Floats y = output.values();
      Floats t = target.values();
      Floats d = gradient.values();
      int next = output.width();
      for (int b = from; b < to; b++) {
        long first = output.at(0, b);
        long end = output.at(output.units(), b);
        double largest = Double.NEGATIVE_INFINITY;
        for (long i = first; i < end; i += next) {
          largest = Math.max(largest, y.get(i));
        }
        double sum = 0;
        double expected = 0;
        for (long i = first; i < end; i += next) {
          double z = y.get(i) - largest;
          double e = StrictMath.exp(z);
          sum += e;
          expected += t.get(i) * z;
          d.set(i, (float) e);
        }
        losses[b] = StrictMath.log(sum) - expected;
        for (long i = first; i < end; i += next) {
          d.set(i, (float) ((d.get(i) / sum - t.get(i)) / batch));
        }
      }
      Padding.clear(gradient, batch, to);
    }

    @Override
    public void toPrediction(float[] outputs) {
      double largest = Double.NEGATIVE_INFINITY;
      for (float output : outputs) {
        largest = Math.max(largest, output);
      }
      double sum = 0;
      for (float output : outputs) {
        sum += StrictMath.exp(output - largest);
      }
      for (int k = 0; k < outputs.length; k++) {
        outputs[k] = (float) (StrictMath.exp(outputs[k] - largest) / sum);
      }
    }
  }

  /**
   * Sigmoid of each output and binary cross-entropy with its target, mean over the outputs.
   * Gradient: {@code (sigmoid - target) / (batch * outputs)}.
   */
  record BinaryCrossEntropy() implements Loss {
    @Override
    public String id() {
      return "binary-cross-entropy";
    }

    /** Over yes and no of each output, as Keras does. */
    @Override
    public void smooth(Activations target, int from, int to, double smoothing) {
      Loss.smooth(target, from, to, smoothing, 0.5);
    }

    @Override
    public void requireSmoothing() {}

    @Override
    public void evaluate(
        Activations output,
        Activations target,
        int batch,
        int from,
        int to,
        Activations gradient,
        double[] losses) {
      Floats y = output.values();
      Floats t = target.values();
      int units = output.units();
      int next = output.width();
      for (int b = from; b < to; b++) {
        long end = output.at(units, b);
        double sum = 0;
        for (long i = output.at(0, b); i < end; i += next) {
          double z = y.get(i);
          // max(z, 0) - z t + log(1 + exp(-|z|)): no overflow on either side.
          sum += Math.max(z, 0) - z * t.get(i) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
          double p = 1 / (1 + StrictMath.exp(-z));
          gradient.values().set(i, (float) ((p - t.get(i)) / ((double) batch * units)));
        }
        losses[b] = sum / units;
      }
      Padding.clear(gradient, batch, to);
    }

    @Override
    public boolean isOne(float output) {
      return output > 0;
    }

    @Override
    public void toPrediction(float[] outputs) {
      for (int k = 0; k < outputs.length; k++) {
        outputs[k] = (float) (1 / (1 + StrictMath.exp(-outputs[k])));
      }
    }
  }

  /** Squared difference, mean over the outputs. Gradient: {@code 2 (y - t) / (batch * outputs)}. */
  record MeanSquaredError() implements Loss {
    @Override
    public String id() {
      return "mse";
    }

    @Override
    public void evaluate(
        Activations output,
        Activations target,
        int batch,
        int from,
        int to,
        Activations gradient,
        double[] losses) {
      double scale = 2.0 / ((double) batch * output.units());
      squares(output, target, from, to, gradient, losses, scale);
      Padding.clear(gradient, batch, to);
    }
  }

  /**
   * The squared error of the SciPy implementation of SET: the loss is that of {@link
   * MeanSquaredError}, the gradient is {@code (y - t) / batch}, as if the loss were half the sum
   * over the outputs.
   */
  record ScipySquaredError() implements Loss {
    @Override
    public String id() {
      return "scipy-mse";
    }

    @Override
    public void evaluate(
        Activations output,
        Activations target,
        int batch,
        int from,
        int to,
        Activations gradient,
        double[] losses) {
      squares(output, target, from, to, gradient, losses, 1.0 / batch);
      Padding.clear(gradient, batch, to);
    }
  }

  private static void squares(
      Activations output,
      Activations target,
      int from,
      int to,
      Activations gradient,
      double[] losses,
      double scale) {
    Floats y = output.values();
    Floats t = target.values();
    int next = output.width();
    for (int b = from; b < to; b++) {
      long end = output.at(output.units(), b);
      double sum = 0;
      for (long i = output.at(0, b); i < end; i += next) {
        double difference = (double) y.get(i) - t.get(i);
        sum += difference * difference;
        gradient.values().set(i, (float) (difference * scale));
      }
      losses[b] = sum / output.units();
    }
  }
}
