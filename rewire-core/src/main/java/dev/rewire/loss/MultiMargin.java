package dev.rewire.loss;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;

/**
 * The hinge between classes: by how much each wrong class comes nearer to the right one than 1,
 * {@code max(0, 1 - y[right] + y[k])}, summed over the wrong classes and divided by the number of
 * all, as PyTorch's {@code MultiMarginLoss} has it. Gradient: 1 for each class inside of the
 * margin, minus their number for the right one, divided by {@code batch * outputs}.
 *
 * <p>Source: K. Crammer and Y. Singer, On the Algorithmic Implementation of Multiclass Kernel-based
 * Vector Machines, JMLR 2 (2001), summed as J. Weston and C. Watkins do (1999).
 */
public record MultiMargin() implements Loss {
  @Override
  public String id() {
    return "multi-margin";
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
    Floats y = output.values();
    Floats t = target.values();
    Floats d = gradient.values();
    int units = output.units();
    int next = output.width();
    double step = 1.0 / ((double) batch * units);
    for (int b = from; b < to; b++) {
      long first = output.at(0, b);
      long end = output.at(units, b);
      long right = first;
      for (long i = first; i < end; i += next) {
        right = t.get(i) > t.get(right) ? i : right;
      }
      double best = y.get(right);
      double sum = 0;
      int inside = 0;
      for (long i = first; i < end; i += next) {
        double margin = 1 - best + y.get(i);
        if (i == right) {
          // the gradient may lie where the outputs are, so the right one comes last
          continue;
        }
        sum += Math.max(0, margin);
        inside += margin > 0 ? 1 : 0;
        d.set(i, margin > 0 ? (float) step : 0f);
      }
      // without another class there is nothing to sum, and what is no number must still show
      losses[b] = Double.isFinite(best) ? sum / units : Double.NaN;
      d.set(right, (float) (-inside * step));
    }
    Padding.clear(gradient, batch, to);
  }
}
