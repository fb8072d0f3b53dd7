package dev.rewire.train;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The evolution of all layers of a network in the course of a training: asks the schedule, lets
 * each layer evolve on a thread of its own, and keeps what was removed until it is time to grow.
 */
final class NetworkEvolution {
  private final Evolution evolution;
  private final Network network;
  private final WorkerTeam team;
  private final RandomStreams streams;
  private final List<TrainingListener> listeners;
  private final Evolution.@Nullable Removal[] pending;

  /** Numbers the evolutions of this run: part of the name of their random numbers. */
  private long count;

  private long rewired;

  NetworkEvolution(
      Evolution evolution,
      Network network,
      WorkerTeam team,
      RandomStreams streams,
      List<TrainingListener> listeners) {
    this.evolution = evolution;
    this.network = network;
    this.team = team;
    this.streams = streams;
    this.listeners = listeners;
    pending = new Evolution.Removal[network.layers().size()];
  }

  /** Whether connections go before the test and come after it. */
  boolean aroundTest() {
    return evolution.timing() == Timing.AROUND_TEST;
  }

  /** Within an epoch: removal and growth at once, if the schedule says so. */
  void afterStep(int epoch) {
    double fraction = evolution.when().fraction(network.steps() - 1, epoch, false);
    if (fraction > 0) {
      evolve(fraction, epoch);
    }
  }

  /** At the end of an epoch: removal, and growth too unless it waits until after the test. */
  void afterEpoch(int epoch, boolean last) {
    double fraction = evolution.when().fraction(network.steps() - 1, epoch, true);
    if (fraction == 0 || (last && evolution.last() == LastUpdate.SKIP)) {
      return;
    }
    boolean removeOnly = last && evolution.last() == LastUpdate.REMOVE_ONLY;
    if (aroundTest() || removeOnly) {
      remove(fraction, epoch, removeOnly);
    } else {
      evolve(fraction, epoch);
    }
  }

  /** Growth that waited until after the test. */
  void growPending() {
    if (Arrays.stream(pending).anyMatch(Objects::nonNull)) {
      inParallel(layer -> {
        Evolution.Removal removal = pending[layer.index()];
        return removal == null ? null : evolution.regrow(layer, removal, count, streams);
      });
      Arrays.fill(pending, null);
      count++;
    }
  }

  private void evolve(double fraction, int epoch) {
    inParallel(layer ->
        takesPart(layer) ? evolution.evolve(layer, fraction, epoch, count, streams) : null);
    count++;
  }

  private void remove(double fraction, int epoch, boolean forGood) {
    inParallel(layer -> {
      if (!takesPart(layer)) {
        return null;
      }
      Evolution.Removal removal = evolution.remove(layer, fraction, epoch);
      pending[layer.index()] = forGood ? null : removal;
      return removal.update();
    });
  }

  private boolean takesPart(SparseLayer layer) {
    return evolution.includes(layer, layer == network.layers().getLast());
  }

  /** Layers do not depend on each other, so which thread takes which one does not matter. */
  private void inParallel(LayerChange change) {
    @Nullable TopologyUpdate[] updates = new TopologyUpdate[network.layers().size()];
    team.run(
        updates.length, (part, worker) -> updates[part] = change.apply(network.layers().get(part)));
    for (TopologyUpdate update : updates) {
      if (update != null) {
        rewired += update.dropped().length;
        for (TrainingListener listener : listeners) {
          listener.onTopologyUpdate(network, update);
        }
      }
    }
  }

  /** Returns how many connections were dropped since the last call. */
  long takeRewired() {
    long dropped = rewired;
    rewired = 0;
    return dropped;
  }

  @FunctionalInterface
  private interface LayerChange {
    @Nullable TopologyUpdate apply(SparseLayer layer);
  }
}
