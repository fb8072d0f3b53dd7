package dev.rewire.loss;

import dev.rewire.memory.Activations;

/** The samples of a tile behind the last one of the batch, which must not teach anything. */
final class Padding {
  private Padding() {}

  /** Who has the last sample clears what is behind it. */
  static void clear(Activations gradient, int batch, int to) {
    for (int b = batch; to == batch && b < gradient.samples(); b++) {
      for (int k = 0; k < gradient.units(); k++) {
        gradient.set(k, b, 0f);
      }
    }
  }
}
