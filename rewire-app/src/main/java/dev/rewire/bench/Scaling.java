package dev.rewire.bench;

import dev.rewire.dataset.InMemoryDataset;
import dev.rewire.layer.Compute;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkBuilder;
import dev.rewire.network.NetworkPass;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What more threads bring.
 *
 * @param runs what was measured
 */
public record Scaling(List<Run> runs) {
  private static final int INPUTS = 784;
  private static final int HIDDEN = 1000;
  private static final int CLASSES = 10;

  /**
   * One measurement.
   *
   * @param what the layer or network
   * @param kernel which part of it
   * @param threads that worked together
   * @param seconds it took
   */
  public record Run(String what, Kernel kernel, int threads, double seconds) {}

  /**
   * The runs of one curve.
   *
   * @param what the layer or network
   * @param kernel which part of it
   */
  public record Curve(String what, Kernel kernel) {}

  /** Copies the list. */
  public Scaling {
    runs = List.copyOf(runs);
  }

  /**
   * Sorts the runs into curves.
   *
   * @return for each layer and kernel its runs, threads ascending
   */
  public Map<Curve, List<Run>> curves() {
    Map<Curve, List<Run>> curves = new LinkedHashMap<>();
    for (Run run : runs) {
      curves
          .computeIfAbsent(new Curve(run.what(), run.kernel()), curve -> new ArrayList<>())
          .add(run);
    }
    return curves;
  }

  /** All counts up to eight, then doubled. */
  static List<Integer> counts(int most) {
    return IntStream.rangeClosed(1, most)
        .filter(n -> n <= 8 || n == most || Integer.bitCount(n) == 1)
        .boxed()
        .toList();
  }

  static Scaling run(Scope scope, List<Place> places, int most, Watch watch) {
    List<Run> runs = new ArrayList<>();
    List<Integer> counts = counts(most);
    int of = (places.size() + 1) * counts.size();
    int done = 0;
    for (Place place : places) {
      if (watch.stop()) {
        return new Scaling(runs);
      }
      String what = "layer of " + place.title();
      for (int threads : counts) {
        if (watch.stop()) {
          return new Scaling(runs);
        }
        watch.at("threads: %d, %s".formatted(threads, what), done++, of);
        try (Compute compute = new Compute(threads)) {
          LayerAtWork work = new LayerAtWork(place.layer(), compute, scope.batch());
          scope.timing().warmUp(work::step);
          for (Kernel kernel : Kernel.values()) {
            runs.add(
                new Run(what, kernel, threads, scope.timing().fastest(() -> kernel.run(work))));
          }
        }
      }
    }
    Network network = network(scope);
    for (int threads : counts) {
      if (watch.stop()) {
        return new Scaling(runs);
      }
      watch.at("threads: %d, network".formatted(threads), done++, of);
      try (Compute compute = new Compute(threads)) {
        runs.add(
            new Run(
                "network 784-1000-1000-10", Kernel.STEP, threads, step(network, compute, scope)));
      }
    }
    return new Scaling(runs);
  }

  private static Network network(Scope scope) {
    return new NetworkBuilder(INPUTS, InMemoryDataset.numbered(CLASSES))
        .hidden(HIDDEN, HIDDEN)
        .epsilon(scope.epsilon())
        .build();
  }

  private static double step(Network network, Compute compute, Scope scope) {
    Optimizer optimizer = Sgd.rate(1e-9).momentum(0.9);
    network.layers().forEach(layer -> layer.prepare(optimizer));
    NetworkPass pass = new NetworkPass(network, compute, scope.batch(), true);
    InMemoryDataset data = samples(scope.batch());
    int[] order = IntStream.range(0, data.size()).toArray();
    RandomStreams streams = new RandomStreams(1);
    Runnable work = () -> pass.train(data, order, 0, order.length, optimizer, streams);
    scope.timing().warmUp(work);
    return scope.timing().fastest(work);
  }

  private static InMemoryDataset samples(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[][] samples = new float[count][INPUTS];
    int[] labels = new int[count];
    for (int s = 0; s < count; s++) {
      labels[s] = s % CLASSES;
      for (int f = 0; f < INPUTS; f++) {
        samples[s][f] = (float) random.nextDouble();
      }
    }
    labels[count - 1] = CLASSES - 1;
    return InMemoryDataset.of("random samples", samples, labels);
  }
}
