package dev.rewire.loss;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;

/** A loss that looks at each output by itself and takes the mean over the outputs. */
public sealed interface ElementwiseLoss extends Loss permits MeanAbsoluteError, Huber, Hinge {
  /**
   * Computes the loss of one output.
   *
   * @param output what the network said
   * @param target what it should have said
   * @return 0 or more
   */
  double loss(double output, double target);

  /**
   * Computes the derivative of {@link #loss} with respect to the output.
   *
   * @param output what the network said
   * @param target what it should have said
   * @return the slope; where the loss has a kink, that of PyTorch
   */
  double slope(double output, double target);

  @Override
  default void evaluate(
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
    int units = output.units();
    int next = output.width();
    double scale = 1.0 / ((double) batch * units);
    for (int b = from; b < to; b++) {
      long end = output.at(units, b);
      double sum = 0;
      for (long i = output.at(0, b); i < end; i += next) {
        double said = y.get(i);
        double wanted = t.get(i);
        sum += loss(said, wanted);
        d.set(i, (float) (slope(said, wanted) * scale));
      }
      losses[b] = sum / units;
    }
    Padding.clear(gradient, batch, to);
  }
}
