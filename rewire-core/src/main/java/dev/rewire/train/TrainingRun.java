package dev.rewire.train;

import dev.rewire.dataset.Dataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One training of one network: the loop that {@link Trainer} starts. */
final class TrainingRun {
  private final TrainingPlan plan;
  private final List<TrainingListener> listeners;
  private final Network network;
  private final Dataset training;
  private final Dataset test;
  private final RandomStreams streams;
  private final NetworkPass pass;
  private final @Nullable NetworkEvolution evolution;
  private final int[] order;

  // Sums over the epoch so far.
  private double loss;
  private int correct;
  private int seen;

  TrainingRun(
      TrainingPlan plan,
      List<TrainingListener> listeners,
      Network network,
      Dataset training,
      Dataset test,
      Compute compute) {
    this.plan = plan;
    this.listeners = listeners;
    this.network = network;
    this.training = training;
    this.test = test;
    streams = new RandomStreams(plan.seed());
    network.layers().forEach(layer -> layer.prepare(plan.optimizer()));
    pass =
        new NetworkPass(
            network, compute, Math.min(plan.batch(), training.size()), true, plan.memory());
    order = new int[training.size()];
    Evolution rules = plan.evolution();
    evolution =
        rules == null
            ? null
            : new NetworkEvolution(rules, network, compute.team(), streams, listeners);
  }

  List<EpochReport> epochs() {
    try {
      return allEpochs();
    } finally {
      if (evolution != null) {
        evolution.close();
      }
    }
  }

  private List<EpochReport> allEpochs() {
    List<EpochReport> reports = new ArrayList<>();
    for (int epoch = 0; epoch < plan.epochs() && !stopped(); epoch++) {
      reports.add(epoch(epoch));
    }
    if (evolution != null && !stopped()) {
      evolution.growPending();
    }
    return reports;
  }

  private EpochReport epoch(int epoch) {
    Clock clock = new Clock();
    if (evolution != null) {
      evolution.growPending();
    }
    long evolving = clock.lap();
    boolean whole = steps(epoch);
    long connections = network.connections();
    long stepping = clock.lap();
    boolean last = epoch == plan.epochs() - 1;
    NetworkEvolution evolves = whole ? evolution : null;
    if (evolves != null && evolves.aroundTest()) {
      evolves.afterEpoch(epoch, last);
      evolving += clock.lap();
    }
    Evaluation evaluation = pass.evaluate(test);
    if (!Double.isFinite(evaluation.loss())) {
      throw diverged(epoch);
    }
    long testing = clock.lap();
    if (evolves != null && !evolves.aroundTest()) {
      evolves.afterEpoch(epoch, last);
      evolving += clock.lap();
    }
    EpochReport report =
        new EpochReport(
            epoch + 1,
            loss / seen,
            (double) correct / seen,
            evaluation,
            connections,
            evolution == null ? 0 : evolution.takeRewired(),
            stepping,
            evolving,
            testing);
    for (TrainingListener listener : listeners) {
      listener.onEpoch(network, report);
    }
    return report;
  }

  /** Returns whether the epoch came to its end. */
  private boolean steps(int epoch) {
    shuffle(streams.stream(Purpose.SHUFFLE, 0, epoch));
    loss = 0;
    correct = 0;
    seen = 0;
    Dataset samplesNow = training.inEpoch(streams, epoch);
    while (seen < order.length) {
      int samples = Math.min(pass.batch(), order.length - seen);
      double batchLoss = pass.train(samplesNow, order, seen, samples, plan.optimizer(), streams);
      if (!Double.isFinite(batchLoss)) {
        throw diverged(epoch);
      }
      loss += batchLoss;
      correct += pass.correct();
      seen += samples;
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).onStep(epoch + 1, seen, order.length, loss / seen);
      }
      if (seen < order.length) {
        if (stopped()) {
          return false;
        }
        if (evolution != null) {
          evolution.afterStep(epoch);
        }
      }
    }
    return true;
  }

  /** Fisher and Yates, always from the natural order, so that an epoch can be repeated alone. */
  private void shuffle(RandomGenerator random) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private boolean stopped() {
    for (int i = 0; i < listeners.size(); i++) {
      if (listeners.get(i).stop()) {
        return true;
      }
    }
    return false;
  }

  private DivergedException diverged(int epoch) {
    String where = "the outputs";
    for (SparseLayer layer : network.layers()) {
      if (!finite(layer.weight()) || !finite(layer.bias())) {
        where = "the weights of layer " + layer.index();
        break;
      }
    }
    return new DivergedException(
        ("training diverged: the loss is no longer a finite number at step %d (epoch %d), and %s"
                + " hold NaN or infinity; try a lower learning rate")
            .formatted(network.steps(), epoch + 1, where));
  }

  private static boolean finite(Floats values) {
    for (long i = 0; i < values.length(); i++) {
      if (!Float.isFinite(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Measures one stretch of time after another. */
  private static final class Clock {
    private long last = System.nanoTime();

    long lap() {
      long now = System.nanoTime();
      long lap = now - last;
      last = now;
      return lap;
    }
  }
}
