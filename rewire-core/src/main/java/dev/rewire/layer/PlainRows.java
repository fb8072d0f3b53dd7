package dev.rewire.layer;

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

  @Override
  public boolean turn(int tile, int first, int count, Floats panel) {
    Floats values = rows.values();
    int width = rows.width();
    boolean alive = false;
    for (int i = 0; i < PANEL; i++) {
      long row = i < count ? rows.row(tile, first + i) : 0;
      long out = i;
      for (int b = 0; b < width; b++) {
        float value = i < count ? values.get(row + b) : 0f;
        alive |= value != 0;
        panel.set(out, value);
        out += PANEL;
      }
    }
    return alive;
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
