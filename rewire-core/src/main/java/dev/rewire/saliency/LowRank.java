package dev.rewire.saliency;

import dev.rewire.layer.Compute;
import dev.rewire.memory.Activations;
import dev.rewire.memory.SparseBatch;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of all cells of dense layers as a direction: {@code V = D H'} for gradients D and
 * inputs H of B samples, so that {@code V H = D (H' H)} and {@code V' D = H (D' D)} need no cell,
 * only products of samples: B² numbers, and time proportional to B² times the neurons.
 */
final class LowRank implements Direction {
  private static final int ROWS = 32;

  private final BatchPass pass;
  private final Compute compute;

  LowRank(BatchPass pass, Compute compute) {
    this.pass = pass;
    this.compute = compute;
  }

  @Override
  public void forward(int layer, Activations y) {
    Activations in = pass.inputs(layer);
    SparseBatch sparse = pass.sparseInputs(layer);
    double[][] gram = sparse == null ? gram(in) : gram(sparse);
    add(pass.gradients(layer), gram, y);
  }

  @Override
  public void backward(int layer, Activations e) {
    Activations in = pass.inputs(layer);
    if (in != null) {
      add(in, gram(pass.gradients(layer)), e);
    }
  }

  /** Products of all pairs of samples, summed over neurons. */
  private double[][] gram(@Nullable Activations x) {
    int count = pass.samples();
    double[][] gram = new double[count][count];
    if (x == null) {
      return gram;
    }
    compute
        .team()
        .run(
            count,
            (a, worker) -> {
              for (int unit = 0; unit < x.units(); unit++) {
                double here = x.get(unit, a);
                for (int b = 0; b < count && here != 0; b++) {
                  gram[a][b] += here * x.get(unit, b);
                }
              }
            });
    return gram;
  }

  private double[][] gram(SparseBatch x) {
    int count = pass.samples();
    double[][] gram = new double[count][count];
    for (int i = 0; i < x.features(); i++) {
      int end = x.start()[i + 1];
      for (int k = x.start()[i]; k < end; k++) {
        double[] row = gram[x.sample()[k]];
        for (int m = x.start()[i]; m < end; m++) {
          row[x.sample()[m]] += (double) x.value()[k] * x.value()[m];
        }
      }
    }
    return gram;
  }

  private void add(Activations x, double[][] gram, Activations y) {
    int count = pass.samples();
    compute
        .team()
        .run(
            Math.ceilDiv(x.units(), ROWS),
            (part, worker) -> {
              double[] sums = new double[count];
              for (int unit = part * ROWS; unit < Math.min(x.units(), (part + 1) * ROWS); unit++) {
                for (int b = 0; b < count; b++) {
                  sums[b] = y.get(unit, b);
                }
                for (int a = 0; a < count; a++) {
                  double factor = x.get(unit, a);
                  double[] row = gram[a];
                  for (int b = 0; b < count && factor != 0; b++) {
                    sums[b] += factor * row[b];
                  }
                }
                for (int b = 0; b < count; b++) {
                  y.set(unit, b, (float) sums[b]);
                }
              }
            });
  }
}
