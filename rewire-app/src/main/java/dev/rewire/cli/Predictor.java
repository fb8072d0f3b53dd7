package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.Network;

/** Predicts a data set a block at a time, so that memory does not grow with it. */
final class Predictor {
  private static final int MOST_SAMPLES = 1024;

  /** 16 MiB of features at a time, or a single sample. */
  private static final int MOST_FEATURES = 1 << 22;

  private Predictor() {}

  /** Hears what the network says about each sample, in order. */
  @FunctionalInterface
  interface Listener {
    void predicted(int sample, float[] outputs, int best);
  }

  static void predict(Network network, LoadedDataset data, Listener listener) {
    int most = Math.clamp(MOST_FEATURES / data.features(), 1, MOST_SAMPLES);
    for (int from = 0; from < data.size(); from += most) {
      float[][] block = new float[Math.min(most, data.size() - from)][];
      for (int s = 0; s < block.length; s++) {
        block[s] = data.sample(from + s);
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
