package dev.rewire.benchmarks;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.Compute;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import java.util.stream.IntStream;

/** Measures whole training steps of the library, in a JVM of its own. */
public final class RewireSteps {
  private RewireSteps() {}

  /**
   * Reports losses and the seconds of a {@code step}.
   *
   * @param args {@code network} and its sparsity, or {@code layer} and its density, in per cent;
   *     threads
   */
  public static void main(String[] args) {
    int percent = Integer.parseInt(args[1]);
    int threads = Integer.parseInt(args[2]);
    if (args[0].equals("layer")) {
      layer(percent, threads);
    } else {
      network(StepProblem.random(percent), threads);
    }
  }

  /** One layer of 1000x1000: forward, both gradients, update. */
  private static void layer(int density, int threads) {
    LayerProblem problem = LayerProblem.random(1000, 1000, 10_000 * density);
    try (RewireLayer layer = new RewireLayer(problem, threads, KernelProvider.get())) {
      layer.check();
      Child.report("step", Stopwatch.fastest(layer::step));
    }
  }

  /** A step of the whole network, the batch taken from a data set in memory. */
  private static void network(StepProblem problem, int threads) {
    Network network = problem.network();
    InMemoryDataset data = problem.dataset();
    Optimizer first = Sgd.rate(StepProblem.CHECKED_RATE).momentum(StepProblem.MOMENTUM);
    network.layers().forEach(layer -> layer.prepare(first));
    int[] order = IntStream.range(0, data.size()).toArray();
    RandomStreams streams = new RandomStreams(0);
    int batch = LayerProblem.BATCH;
    try (Compute compute = new Compute(threads)) {
      NetworkPass pass = new NetworkPass(network, compute, batch, true);
      for (int s = 0; s < StepProblem.CHECKED_STEPS; s++) {
        int from = s % StepProblem.BATCHES * batch;
        double loss = pass.train(data, order, from, batch, first, streams) / batch;
        Child.report("loss " + s, loss);
      }
      Optimizer slow = Sgd.rate(StepProblem.RATE).momentum(StepProblem.MOMENTUM);
      int[] step = {0};
      Child.report(
          "step",
          Stopwatch.fastest(() -> {
            int from = step[0]++ % StepProblem.BATCHES * batch;
            pass.train(data, order, from, batch, slow, streams);
          }));
    }
  }
}
