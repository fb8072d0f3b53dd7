package dev.rewire.train;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.LayerShare;
import dev.rewire.evolution.Removal;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.network.Network;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.Connectivity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The evolution of all layers of a network in the course of a training: asks the schedule, lets one
 * layer after the other evolve on all threads, and keeps what was removed until it is time to grow.
 */
final class NetworkEvolution implements AutoCloseable {
  private final Evolution evolution;
  private final Network network;
  private final EvolutionWorkspace workspace;
  private final RandomStreams streams;
  private final List<TrainingListener> listeners;
  private final Removal[] removals;

  /** Epochs of the whole training. */
  private final int epochs;

  /** What has to be looked at again for rules that ask for gradients. */
  private final Hindsight hindsight;

  /** Of each layer, copies of older batches, whose memory is used again. */
  private final List<List<Signals.Batch>> older = new ArrayList<>();

  /** Those that evolve now. */
  private final List<SparseLayer> due = new ArrayList<>();

  /** Which layers have lost connections and wait for new ones. */
  private final boolean[] pending;

  /** Which have lost connections for good, unless training is made longer. */
  private final boolean[] held;

  /** Numbers the evolutions of this run: part of the name of their random numbers. */
  private long count;

  private long rewired;

  NetworkEvolution(
      Evolution evolution,
      Network network,
      WorkerTeam team,
      RandomStreams streams,
      int epochs,
      List<TrainingListener> listeners,
      Hindsight hindsight) {
    this.epochs = epochs;
    this.hindsight = hindsight;
    this.evolution = evolution;
    this.network = network;
    this.streams = streams;
    this.listeners = listeners;
    pending = new boolean[network.layers().size()];
    held = new boolean[pending.length];
    network.layers().forEach(layer -> older.add(new ArrayList<>()));
    removals = new Removal[pending.length];
    Arrays.setAll(removals, layer -> new Removal());
    workspace = new EvolutionWorkspace(team, network.image());
    long connections = 0;
    long outputs = 0;
    for (SparseLayer layer : network.layers()) {
      if (takesPart(layer)) {
        connections = Math.max(connections, layer.topology().connections());
        outputs = Math.max(outputs, layer.outputs());
      }
    }
    workspace.reserve(connections, outputs);
  }

  /**
   * Goes on where an earlier run was.
   *
   * @param longer whether the end of that run is no longer the end
   */
  void restore(TrainingState state, boolean longer) {
    count = state.evolutions();
    rewired = state.rewired();
    for (TrainingState.PendingGrowth growth : state.pending()) {
      if (growth.layer() < 0 || growth.layer() >= pending.length) {
        throw new IllegalArgumentException(
            "the state speaks of layer " + growth.layer() + ", which the network does not have");
      }
      removals[growth.layer()].restore(growth.epoch(), growth.wanted(), growth.forbidden());
      pending[growth.layer()] = !growth.held() || longer;
      held[growth.layer()] = growth.held() && !longer;
    }
  }

  /** What was withheld because training ended comes now, because it goes on. */
  void afterEpochThatWasLast(int epoch) {
    if (evolution.last() == LastUpdate.SKIP) {
      afterEpoch(epoch, false);
    }
  }

  /** Evolutions so far. */
  long count() {
    return count;
  }

  /** Connections dropped since {@link #takeRewired}. */
  long rewired() {
    return rewired;
  }

  /** What waits to grow; the lists are those of the next growth. */
  List<TrainingState.PendingGrowth> pending() {
    List<TrainingState.PendingGrowth> growths = new ArrayList<>();
    for (int l = 0; l < pending.length; l++) {
      if (pending[l] || held[l]) {
        growths.add(
            new TrainingState.PendingGrowth(
                l, removals[l].epoch(), removals[l].wanted(), removals[l].forbidden(), held[l]));
      }
    }
    return growths;
  }

  /** Whether connections go before the test and come after it. */
  boolean aroundTest() {
    return evolution.timing() == Timing.AROUND_TEST;
  }

  /**
   * Within an epoch: removal and growth at once, if the schedule says so.
   *
   * @param time epochs that are done, the part of this one included
   */
  void afterStep(int epoch, double time) {
    if (evolution.when().withinEpochs()) {
      Moment moment = new Moment(network.steps() - 1, epoch, time, epochs, false);
      if (ask(moment)) {
        evolve(moment);
      }
    }
  }

  /** At the end of an epoch: removal, and growth too unless it waits until after the test. */
  void afterEpoch(int epoch, boolean last) {
    Moment moment = Moment.endOfEpoch(network.steps() - 1, epoch, epochs);
    if (!ask(moment) || (last && evolution.last() == LastUpdate.SKIP)) {
      return;
    }
    boolean removeOnly = last && evolution.last() == LastUpdate.REMOVE_ONLY;
    if (aroundTest() || removeOnly) {
      remove(moment, removeOnly);
    } else {
      evolve(moment);
    }
  }

  /** Asks the schedule about each layer; returns whether any of them evolves now. */
  private boolean ask(Moment moment) {
    due.clear();
    for (SparseLayer layer : network.layers()) {
      if (takesPart(layer) && evolution.isDue(layer, moment, streams)) {
        due.add(layer);
      }
    }
    return !due.isEmpty();
  }

  /** Looks at the last batches again, the newest one last: its signals stay in the passes. */
  private void look(int batches, List<SparseLayer> layers) {
    if (batches == 0) {
      return;
    }
    boolean outputs = evolution.grow().outputs();
    int back = batches - 1;
    while (back > 0 && !hindsight.look(back)) {
      back--;
    }
    int kept = back;
    for (; back > 0; back--) {
      if (back < kept) {
        hindsight.look(back);
      }
      for (SparseLayer layer : layers) {
        Signals.Batch batch = hindsight.signals(layer.index()).batches().getFirst();
        List<Signals.Batch> copies = older.get(layer.index());
        while (copies.size() < kept) {
          copies.add(batch.copy(null, outputs));
        }
        copies.set(back - 1, batch.copy(copies.get(back - 1), outputs));
      }
    }
    hindsight.look(0);
    workspace.show(
        layer -> hindsight.signals(layer.index()).with(older.get(layer.index()).subList(0, kept)));
  }

  /** Growth that waited until after the test. */
  void growPending() {
    due.clear();
    for (SparseLayer layer : network.layers()) {
      if (pending[layer.index()]) {
        due.add(layer);
      }
    }
    if (due.isEmpty()) {
      return;
    }
    look(evolution.grow().batches(), due);
    for (SparseLayer layer : due) {
      pending[layer.index()] = false;
      tell(evolution.regrow(layer, removals[layer.index()], count, streams, workspace));
    }
    reconnect(removals[due.getFirst().index()].epoch());
    count++;
  }

  private void evolve(Moment moment) {
    look(evolution.batches(), due);
    for (LayerShare share : evolution.shares(due, moment, streams, workspace)) {
      tell(evolution.evolve(share, moment, count, streams, workspace));
    }
    reconnect(moment.epoch());
    count++;
  }

  private void remove(Moment moment, boolean forGood) {
    look(evolution.drop().batches(), due);
    for (LayerShare share : evolution.shares(due, moment, streams, workspace)) {
      int l = share.layer().index();
      pending[l] = !forGood;
      held[l] = forGood;
      tell(evolution.remove(share, moment, count, streams, workspace, removals[l]));
    }
  }

  /** Where no way leads from the inputs to the outputs any more, one connection makes one. */
  private void reconnect(int epoch) {
    Connectivity connectivity = connectivity();
    for (int l = connectivity.cutOff(); l >= 0; l = connectivity.cutOff()) {
      SparseLayer layer = network.layers().get(l);
      long cell = connectivity.bridge(l);
      tell(evolution.connect(layer, cell, epoch, count, streams, workspace));
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).onReconnection(network, l);
      }
      connectivity = connectivity();
    }
  }

  private Connectivity connectivity() {
    return new Connectivity(network.layers().stream().map(SparseLayer::topology).toList());
  }

  private boolean takesPart(SparseLayer layer) {
    return evolution.includes(layer, layer == network.layers().getLast());
  }

  private void tell(TopologyUpdate update) {
    rewired += update.dropped().size();
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onTopologyUpdate(network, update);
    }
  }

  /** Returns how many connections were dropped since the last call. */
  long takeRewired() {
    long dropped = rewired;
    rewired = 0;
    return dropped;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    workspace.close();
    for (Removal removal : removals) {
      removal.close();
    }
  }
}
