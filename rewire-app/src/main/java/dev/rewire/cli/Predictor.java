package dev.rewire.cli;

import dev.rewire.dataset.LoadedDataset;
import dev.rewire.layer.Compute;
import dev.rewire.metric.Scores;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.network.NetworkPass.PredictionListener;

/** Predicts a data set a batch at a time, so that memory does not grow with it. */
final class Predictor {
  private static final int BATCH = 256;

  private Predictor() {}

  /** On all threads; no result depends on their number. */
  static void predict(Network network, LoadedDataset data, PredictionListener listener) {
    predict(network, data, Compute.defaultThreads(), listener);
  }

  /** Measures what a network predicts. */
  static Scores scores(Network network, LoadedDataset data, int threads) {
    Scores scores =
        Scores.of(
            network.head(),
            network.outputs(),
            data.size(),
            network.loss().threshold(),
            network.loss().givesProbabilities());
    predict(network, data, threads, (sample, prediction) -> scores.add(data, sample, prediction));
    return scores;
  }

  private static void predict(
      Network network, LoadedDataset data, int threads, PredictionListener listener) {
    try (Compute compute = new Compute(threads)) {
      new NetworkPass(network, compute, Math.clamp(data.size(), 1, BATCH), false)
          .predict(data, listener);
    }
  }
}
