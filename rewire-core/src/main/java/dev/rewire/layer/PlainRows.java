package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;

/**
 * Numbers as they are.
 *
 * @param rows of the neurons
 * @param count samples; what pads the last tile is not listed, whatever it is
 */
record PlainRows(Activations rows, int count) implements NeuronRows {
  private static final int PANEL = DenseGradient.PANEL;

  /** Bits of the least number above 0. */
  private static final int SMALLEST = 1;

  @Override
  public boolean turn(Kernels kernels, int tile, int first, int count, Floats panel) {
    if (count < PANEL) {
      panel.clear(0, (long) rows.width() * PANEL);
    }
    kernels.turn(rows.values(), rows.row(tile, first), count, rows.width(), panel, 0, PANEL);
    long end = (long) rows.width() * PANEL;
    return kernels.firstAtLeast(panel, 0, end, SMALLEST) < end;
  }

  @Override
  public int list(int tile, int unit, float factor, Floats value, Ints index, int at) {
    Floats values = rows.values();
    long row = rows.row(tile, unit);
    int samples = Math.min(rows.width(), count - tile * rows.width());
    int end = at;
    for (int b = 0; b < samples; b++) {
      float product = values.get(row + b) * factor;
      value.set(end, product);
      index.set(end, b);
      end += product != 0 ? 1 : 0;
    }
    return end;
  }
}
