package dev.rewire.loss;

import dev.rewire.memory.Activations;
import java.util.List;

/** What training minimises: a number for a batch, and its slope with respect to the outputs. */
public sealed interface Loss {
  /** All losses. */
  List<Loss> ALL =
      List.of(
          new SoftmaxCrossEntropy(),
          new BinaryCrossEntropy(),
          new MeanSquaredError(),
          new ScipySquaredError());

  /**
   * Returns the name used on the command line and in files.
   *
   * @return for example {@code cross-entropy}
   */
  String id();

  /**
   * Computes the loss of a batch and, in the same pass, its gradient.
   *
   * @param output what the network said, one row an output
   * @param target what it should have said, one row an output
   * @param batch number of samples, the first columns
   * @param gradient overwritten: derivative of the mean loss with respect to each output, zero
   *     behind the last sample up to the end of its tile
   * @return the sum of the losses of the samples; the mean is this divided by {@code batch}
   */
  double evaluate(Activations output, Activations target, int batch, Activations gradient);

  /**
   * Turns outputs into what a user reads: probabilities where the loss works on logits.
   *
   * @param outputs the outputs of one sample, in place
   */
  default void toPrediction(float[] outputs) {}

  /**
   * Finds a loss by its name.
   *
   * @param id as {@link #id} returns it
   * @return the loss
   * @throws IllegalArgumentException listing all names, if there is none of this name
   */
  static Loss of(String id) {
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

    @Override
    public double evaluate(
        Activations output, Activations target, int batch, Activations gradient) {
      int classes = output.units();
      double total = 0;
      for (int b = 0; b < batch; b++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < classes; k++) {
          largest = Math.max(largest, output.get(k, b));
        }
        double sum = 0;
        double expected = 0;
        for (int k = 0; k < classes; k++) {
          double z = output.get(k, b) - largest;
          double e = StrictMath.exp(z);
          sum += e;
          expected += target.get(k, b) * z;
          gradient.set(k, b, (float) e);
        }
        total += StrictMath.log(sum) - expected;
        for (int k = 0; k < classes; k++) {
          gradient.set(k, b, (float) ((gradient.get(k, b) / sum - target.get(k, b)) / batch));
        }
      }
      clearBehind(gradient, batch);
      return total;
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

    @Override
    public double evaluate(
        Activations output, Activations target, int batch, Activations gradient) {
      int units = output.units();
      double total = 0;
      for (int k = 0; k < units; k++) {
        for (int b = 0; b < batch; b++) {
          double z = output.get(k, b);
          double t = target.get(k, b);
          // max(z, 0) - z t + log(1 + exp(-|z|)): no overflow on either side.
          total += Math.max(z, 0) - z * t + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
          double p = 1 / (1 + StrictMath.exp(-z));
          gradient.set(k, b, (float) ((p - t) / ((double) batch * units)));
        }
      }
      clearBehind(gradient, batch);
      return total / units;
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
    public double evaluate(
        Activations output, Activations target, int batch, Activations gradient) {
      return squares(output, target, batch, gradient, 2.0 / ((double) batch * output.units()));
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
    public double evaluate(
        Activations output, Activations target, int batch, Activations gradient) {
      return squares(output, target, batch, gradient, 1.0 / batch);
    }
  }

  private static double squares(
      Activations output, Activations target, int batch, Activations gradient, double scale) {
    double total = 0;
    for (int k = 0; k < output.units(); k++) {
      for (int b = 0; b < batch; b++) {
        double difference = (double) output.get(k, b) - target.get(k, b);
        total += difference * difference;
        gradient.set(k, b, (float) (difference * scale));
      }
    }
    clearBehind(gradient, batch);
    return total / output.units();
  }

  private static void clearBehind(Activations gradient, int batch) {
    for (int k = 0; k < gradient.units(); k++) {
      for (int b = batch; b < gradient.samples(); b++) {
        gradient.set(k, b, 0f);
      }
    }
  }
}
