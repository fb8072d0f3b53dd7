package dev.rewire.cli;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.network.Network;

/** Predicts a data set a block at a time, so that memory does not grow with it. */
final class Predictor {
  private static final int BLOCK = 1024;

  private Predictor() {}

  /** Hears what the network says about each sample, in order. */
  @FunctionalInterface
  interface Listener {
    void predicted(int sample, float[] outputs, int best);
  }

  static void predict(Network network, InMemoryDataset data, Listener listener) {
    for (int from = 0; from < data.size(); from += BLOCK) {
      float[][] block = new float[Math.min(BLOCK, data.size() - from)][data.features()];
      for (int s = 0; s < block.length; s++) {
        for (int f = 0; f < data.features(); f++) {
          block[s][f] = data.feature(from + s, f);
        }
      }
      float[][] outputs = network.predict(block);
      for (int s = 0; s < block.length; s++) {
        listener.predicted(from + s, outputs[s], best(outputs[s]));
      }
    }
  }

  private static int best(float[] outputs) {
    int best = 0;
    for (int k = 1; k < outputs.length; k++) {
      if (outputs[k] > outputs[best]) {
        best = k;
      }
    }
    return best;
  }
}
