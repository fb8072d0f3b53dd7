package dev.rewire.layer;

import dev.rewire.kernel.Kernels;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.memory.SparseBatch;
import java.util.Arrays;

/**
 * Features of sparse samples.
 *
 * @param batch the features
 * @param width samples of a tile
 */
record SparseRows(SparseBatch batch, int width) implements NeuronRows {
  private static final int PANEL = DenseGradient.PANEL;

  @Override
  public boolean turn(Kernels kernels, int tile, int first, int count, Floats panel) {
    panel.clear(0, (long) width * PANEL);
    boolean alive = false;
    for (int i = 0; i < count; i++) {
      int end = batch.start()[first + i + 1];
      for (int k = begin(tile, first + i); k < end && sample(k, tile) < width; k++) {
        panel.set((long) sample(k, tile) * PANEL + i, batch.value()[k]);
        alive = true;
      }
    }
    return alive;
  }

  @Override
  public int list(int tile, int unit, float factor, Floats value, Ints index, int at) {
    int to = at;
    int end = batch.start()[unit + 1];
    for (int k = begin(tile, unit); k < end && sample(k, tile) < width; k++) {
      value.set(to, batch.value()[k] * factor);
      index.set(to++, sample(k, tile));
    }
    return to;
  }

  /** The first entry of a feature in a tile: samples ascend. */
  private int begin(int tile, int feature) {
    int[] start = batch.start();
    int place =
        Arrays.binarySearch(batch.sample(), start[feature], start[feature + 1], tile * width);
    return place < 0 ? -place - 1 : place;
  }

  private int sample(int entry, int tile) {
    return batch.sample()[entry] - tile * width;
  }
}
