package dev.rewire.evolution;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import dev.rewire.layer.DenseGradient;
import dev.rewire.layer.Signals;
import dev.rewire.memory.Floats;
import java.util.function.Consumer;

/**
 * The growth of RigL (Evci et al. 2020): the free cells whose gradient is largest by absolute
 * value, exactly, over all cells of the layer. The gradient of all cells is computed block by block
 * and never held; time is proportional to cells times samples, memory to the connections. Equal
 * gradients go to the lowest cells; where fewer cells have any gradient than are to grow, the rest
 * grows anywhere.
 *
 * <p>Layers of more cells than a limit are not worth that: there the best of a sample grow, see
 * {@link SampledGradientGrow}.
 *
 * @param exactCells the largest layer that is looked at as a whole, in cells, 0 or more
 */
public record GradientGrow(long exactCells) implements GrowRule {
  /** Twenty thousand million cells: minutes, with batches of 128. */
  public static final GradientGrow DEFAULT = new GradientGrow(20_000_000_000L);

  private static final int INFINITY = 0x7f80_0000;

  /** Checks the limit. */
  public GradientGrow {
    if (exactCells < 0) {
      throw new IllegalArgumentException("the limit of cells must be 0 or more: " + exactCells);
    }
  }

  @Override
  public int batches() {
    return 1;
  }

  @Override
  public void choose(GrowSituation situation, int count) {
    if (situation.layer().topology().cells() > exactCells) {
      SampledGradientGrow.DEFAULT.choose(situation, count);
    } else {
      strongest(situation, count, 0);
    }
  }

  /** Grows the free cells with the largest sums of gradients, older ones counting less. */
  static void strongest(GrowSituation situation, int count, double decay) {
    Signals signals = situation.signals();
    if (decay == 0) {
      largest(situation, count, signals::dense);
    } else {
      largest(situation, count, blocks -> signals.dense(decay, blocks));
    }
  }

  /** Grows the free cells with the largest numbers by absolute value, wherever these come from. */
  static void largest(GrowSituation situation, int count, Consumer<Signals.Blocks> source) {
    if (count == 0) {
      return;
    }
    try (TopCells best = new TopCells(count, situation.team().threads())) {
      Kernels kernels = KernelProvider.get();
      source.accept((worker, output, outputs, input, inputs, values) ->
          scan(situation, kernels, best, worker, output, outputs, input, inputs, values));
      best.finish(situation.grown());
    }
    situation.growAlso((int) (count - situation.grown().size()));
  }

  private static void scan(
      GrowSituation situation,
      Kernels kernels,
      TopCells best,
      int worker,
      int output,
      int outputs,
      int input,
      int inputs,
      Floats values) {
    int length = outputs * DenseGradient.PANEL;
    int at = 0;
    while ((at = (int) kernels.firstAtLeast(values, at, length, best.bound())) < length) {
      int bits = Float.floatToRawIntBits(values.get(at)) & Integer.MAX_VALUE;
      int i = at % DenseGradient.PANEL;
      long cell =
          (long) (output + at / DenseGradient.PANEL) * situation.layer().inputs() + input + i;
      if (i < inputs && bits <= INFINITY && situation.isFree(cell)) {
        best.offer(worker, cell, bits);
      }
      at++;
    }
  }
}
