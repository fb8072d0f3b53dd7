package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.network.Network;
import java.util.stream.IntStream;

/** Predicts a data set a block at a time, so that memory does not grow with it. */
final class Predictor {
  private static final int MOST_SAMPLES = 1024;

  private Predictor() {}

  /** Hears what the network says about each sample, in order. */
  @FunctionalInterface
  interface Listener {
    void predicted(int sample, float[] outputs, int best);
  }

  static void predict(Network network, LoadedDataset data, Listener listener) {
    for (int from = 0; from < data.size(); from += MOST_SAMPLES) {
      int[] block = IntStream.range(from, Math.min(from + MOST_SAMPLES, data.size())).toArray();
      float[][] outputs = network.predict(data, block);
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
