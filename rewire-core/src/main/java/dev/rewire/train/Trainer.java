package dev.rewire.train;

import dev.rewire.dataset.Dataset;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: epochs of shuffled batches, a test after each, and the evolution of the
 * topology when its schedule says so.
 *
 * <p>Same network, settings, data and seed give the same bits, on any number of threads.
 */
public final class Trainer {
  private final TrainingPlan plan;
  private final List<TrainingListener> listeners = new ArrayList<>();

  /**
   * Makes a trainer.
   *
   * @param plan all settings
   */
  public Trainer(TrainingPlan plan) {
    this.plan = plan;
  }

  /**
   * Adds someone who hears what happens.
   *
   * @param listener called on the training thread
   * @return this
   */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Trains a network in place.
   *
   * @param network changed
   * @param training samples to learn
   * @param test samples to measure with after each epoch; they teach nothing
   * @return one report an epoch
   * @throws DivergedException if the loss is no longer a finite number
   */
  public List<EpochReport> train(Network network, Dataset training, Dataset test) {
    NetworkPass.checkFits(network, training);
    NetworkPass.checkFits(network, test);
    if (training.size() == 0) {
      throw new IllegalArgumentException(training.name() + " has no samples to train on");
    }
    try (Compute compute = new Compute(plan.threads())) {
      return new Run(network, training, test, compute).epochs();
    }
  }

  /** One call of {@link #train}. */
  private final class Run {
    private final Network network;
    private final Dataset training;
    private final Dataset test;
    private final RandomStreams streams = new RandomStreams(plan.seed());
    private final NetworkPass pass;
    private final int[] order;
    private final List<Evolution.@Nullable Removal> pending = new ArrayList<>();
    private long evolutions;
    private long rewired;
    private double loss;
    private int correct;
    private int seen;

    Run(Network network, Dataset training, Dataset test, Compute compute) {
      this.network = network;
      this.training = training;
      this.test = test;
      network.layers().forEach(layer -> layer.prepare(plan.optimizer()));
      pass = new NetworkPass(network, compute, Math.min(plan.batch(), training.size()), true);
      order = IntStream.range(0, training.size()).toArray();
    }

    List<EpochReport> epochs() {
      List<EpochReport> reports = new ArrayList<>();
      for (int epoch = 0; epoch < plan.epochs() && !stopped(); epoch++) {
        reports.add(epoch(epoch));
      }
      return reports;
    }

    private EpochReport epoch(int epoch) {
      long begin = System.nanoTime();
      regrow();
      long evolving = System.nanoTime() - begin;
      rewired = 0;
      boolean whole = steps(epoch);
      long connections = network.connections();
      long trained = System.nanoTime();
      boolean last = epoch == plan.epochs() - 1;
      double fraction = whole ? fraction(epoch, true, last) : 0;
      Evolution evolution = plan.evolution();
      Evaluation evaluation;
      long tested;
      if (evolution != null && evolution.timing() == Timing.AROUND_TEST) {
        remove(evolution, epoch, fraction, last);
        long removed = System.nanoTime();
        evaluation = pass.evaluate(test);
        tested = System.nanoTime() - removed;
        evolving += removed - trained;
      } else {
        evaluation = pass.evaluate(test);
        tested = System.nanoTime() - trained;
        if (evolution != null) {
          evolve(evolution, epoch, fraction, last);
        }
        evolving += System.nanoTime() - trained - tested;
      }
      EpochReport report =
          new EpochReport(
              epoch + 1,
              loss / seen,
              (double) correct / seen,
              evaluation,
              connections,
              rewired,
              trained - begin,
              evolving,
              tested);
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
      while (seen < order.length) {
        int samples = Math.min(pass.batch(), order.length - seen);
        double batchLoss = pass.train(training, order, seen, samples, plan.optimizer(), streams);
        if (!Double.isFinite(batchLoss)) {
          throw diverged(epoch);
        }
        loss += batchLoss;
        correct += pass.correct();
        seen += samples;
        for (TrainingListener listener : listeners) {
          listener.onStep(epoch + 1, seen, order.length, loss / seen);
        }
        if (stopped()) {
          return false;
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

    private double fraction(int epoch, boolean epochEnd, boolean last) {
      Evolution evolution = plan.evolution();
      if (evolution == null || (last && evolution.last() == LastUpdate.SKIP)) {
        return 0;
      }
      return evolution.when().fraction(network.steps() - 1, epoch, epochEnd);
    }

    private void evolve(Evolution evolution, int epoch, double fraction, boolean last) {
      if (fraction > 0 && last && evolution.last() == LastUpdate.REMOVE_ONLY) {
        remove(evolution, epoch, fraction, true);
      } else if (fraction > 0) {
        for (SparseLayer layer : network.layers()) {
          if (evolution.includes(layer, layer == network.layers().getLast())) {
            publish(evolution.evolve(layer, fraction, epoch, evolutions, streams));
          }
        }
        evolutions++;
      }
    }

    private void remove(Evolution evolution, int epoch, double fraction, boolean last) {
      pending.clear();
      for (SparseLayer layer : network.layers()) {
        Evolution.Removal removal = null;
        if (fraction > 0 && evolution.includes(layer, layer == network.layers().getLast())) {
          removal = evolution.remove(layer, fraction, epoch);
          publish(removal.update());
        }
        pending.add(last && evolution.last() == LastUpdate.REMOVE_ONLY ? null : removal);
      }
    }

    private void regrow() {
      Evolution evolution = plan.evolution();
      for (int l = 0; l < pending.size() && evolution != null; l++) {
        Evolution.Removal removal = pending.get(l);
        if (removal != null) {
          publish(evolution.regrow(network.layers().get(l), removal, evolutions, streams));
        }
      }
      if (!pending.isEmpty()) {
        evolutions++;
        pending.clear();
      }
    }

    private void publish(TopologyUpdate update) {
      rewired += update.dropped().length;
      for (TrainingListener listener : listeners) {
        listener.onTopologyUpdate(network, update);
      }
    }

    private boolean stopped() {
      for (TrainingListener listener : listeners) {
        if (listener.stop()) {
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
          "training diverged: the loss is no longer a finite number at step %d (epoch %d), and %s hold NaN or infinity; try a lower learning rate"
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
  }
}
