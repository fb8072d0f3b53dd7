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
import dev.rewire.memory.Bits;
import dev.rewire.network.Network;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.Connectivity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The evolution of all layers of a network in the course of a training: asks the schedule, lets one
 * layer after the other evolve on all threads, and keeps what was removed until it is time to grow.
 */
final class NetworkEvolution implements AutoCloseable {
  /** One entry a layer; null where nothing moves. Layers of one rule have equal ones. */
  private final List<@Nullable Evolution> evolutions;

  /** How a missing connection comes into a layer in which nothing moves. */
  private final Evolution any;

  /** Whether something may happen within an epoch. */
  private final boolean withinEpochs;

  private final Network network;
  private final EvolutionWorkspace workspace;
  private final RandomStreams streams;
  private final List<TrainingListener> listeners;
  private final Removal[] removals;

  /** Epochs of the whole training. */
  private final int epochs;

  /** What has to be looked at again for rules that ask for gradients. */
  private final SeenBatches seen;

  /** Those that evolve now. */
  private final List<SparseLayer> due = new ArrayList<>();

  /** Which layers have lost connections and wait for new ones. */
  private final boolean[] pending;

  /** Which have lost connections for good, unless training is made longer. */
  private final boolean[] held;

  /** Numbers the evolutions of this run: part of the name of their random numbers. */
  private long count;

  private long rewired;

  /**
   * Begins.
   *
   * @param evolutions one entry a layer, at least one of them not null
   */
  NetworkEvolution(
      List<@Nullable Evolution> evolutions,
      Network network,
      WorkerTeam team,
      RandomStreams streams,
      int epochs,
      List<TrainingListener> listeners,
      Hindsight hindsight) {
    this.epochs = epochs;
    seen = new SeenBatches(hindsight, network.layers().size());
    this.evolutions = evolutions;
    any = evolutions.stream().filter(Objects::nonNull).findFirst().orElseThrow();
    withinEpochs =
        evolutions.stream()
            .anyMatch(evolution -> evolution != null && evolution.when().withinEpochs());
    this.network = network;
    this.streams = streams;
    this.listeners = listeners;
    pending = new boolean[network.layers().size()];
    held = new boolean[pending.length];
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
    workspace.guard(this::spares);
    if (network.steps() == 0) {
      network.layers().stream()
          .filter(this::takesPart)
          .forEach(layer -> of(layer).drop().settle(layer, team));
    }
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

  /** Goes on after another one, of the same network with more neurons, in which nothing waits. */
  void follow(NetworkEvolution wider) {
    count = wider.count;
    rewired = wider.rewired;
  }

  /** What was withheld because training ended comes now, because it goes on. */
  void afterEpochThatWasLast(int epoch) {
    Predicate<Evolution> withheld = evolution -> evolution.last() == LastUpdate.SKIP;
    Moment moment = endOfEpoch(epoch);
    if (ask(moment, withheld.and(NetworkEvolution::aroundTest))) {
      remove(moment, false);
    }
    if (ask(moment, withheld.and(evolution -> !aroundTest(evolution)))) {
      evolve(moment);
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
  private static boolean aroundTest(Evolution evolution) {
    return evolution.timing() == Timing.AROUND_TEST;
  }

  private Moment endOfEpoch(int epoch) {
    return Moment.endOfEpoch(network.steps() - 1, epoch, epochs);
  }

  /** Whether {@link #afterStep} has to be called at all. */
  boolean withinEpochs() {
    return withinEpochs;
  }

  /**
   * Within an epoch: removal and growth at once, if the schedule says so.
   *
   * @param time epochs that are done, the part of this one included
   */
  void afterStep(int epoch, double time) {
    Moment moment = new Moment(network.steps() - 1, epoch, time, epochs, false);
    if (ask(moment, evolution -> evolution.when().withinEpochs())) {
      evolve(moment);
    }
  }

  /** At the end of an epoch, before the test: removal where growth waits until after it. */
  void beforeTest(int epoch, boolean last) {
    Moment moment = endOfEpoch(epoch);
    removeForGood(moment, last, NetworkEvolution::aroundTest);
    if (ask(moment, evolution -> aroundTest(evolution) && full(evolution, last))) {
      remove(moment, false);
    }
  }

  /** At the end of an epoch, after the test: removal and growth of the other rules. */
  void afterTest(int epoch, boolean last) {
    Moment moment = endOfEpoch(epoch);
    removeForGood(moment, last, evolution -> !aroundTest(evolution));
    if (ask(moment, evolution -> !aroundTest(evolution) && full(evolution, last))) {
      evolve(moment);
    }
  }

  /** Whether both removal and growth belong to the end of an epoch. */
  private static boolean full(Evolution evolution, boolean last) {
    return !last || evolution.last() == LastUpdate.FULL;
  }

  private void removeForGood(Moment moment, boolean last, Predicate<Evolution> which) {
    if (last && ask(moment, which.and(it -> it.last() == LastUpdate.REMOVE_ONLY))) {
      remove(moment, true);
    }
  }

  /** Asks the schedule about layers of some rules; returns whether any of them evolves now. */
  private boolean ask(Moment moment, Predicate<Evolution> which) {
    due.clear();
    for (SparseLayer layer : network.layers()) {
      Evolution evolution = evolutions.get(layer.index());
      if (evolution != null
          && which.test(evolution)
          && takesPart(layer)
          && evolution.isDue(layer, moment, streams)) {
        due.add(layer);
      }
    }
    return !due.isEmpty();
  }

  private Evolution of(SparseLayer layer) {
    Evolution evolution = evolutions.get(layer.index());
    return evolution == null ? any : evolution;
  }

  /** Looks at the last batches again, if rules of a phase ask for them. */
  private void look(SeenBatches.Phase phase) {
    Function<SparseLayer, Signals> signals = seen.look(phase, due, this::of);
    if (signals != null) {
      workspace.show(signals::apply);
    }
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
    look(SeenBatches.Phase.GROWTH);
    for (SparseLayer layer : due) {
      pending[layer.index()] = false;
      tell(of(layer).regrow(layer, removals[layer.index()], count, streams, workspace));
    }
    reconnect(removals[due.getFirst().index()].epoch());
    count++;
  }

  private void evolve(Moment moment) {
    look(SeenBatches.Phase.BOTH);
    for (LayerShare share : shares(moment)) {
      tell(of(share.layer()).evolve(share, moment, count, streams, workspace));
    }
    reconnect(moment.epoch());
    count++;
  }

  private void remove(Moment moment, boolean forGood) {
    look(SeenBatches.Phase.REMOVAL);
    for (LayerShare share : shares(moment)) {
      int l = share.layer().index();
      pending[l] = !forGood;
      held[l] = forGood;
      tell(of(share.layer()).remove(share, moment, count, streams, workspace, removals[l]));
    }
  }

  /** What happens to each layer that is due: those of one rule share among themselves. */
  private List<LayerShare> shares(Moment moment) {
    Map<Evolution, List<SparseLayer>> groups = new LinkedHashMap<>();
    for (SparseLayer layer : due) {
      groups.computeIfAbsent(of(layer), rule -> new ArrayList<>()).add(layer);
    }
    List<LayerShare> shares = new ArrayList<>();
    groups.forEach(
        (rule, layers) -> shares.addAll(rule.shares(layers, moment, streams, workspace)));
    return shares;
  }

  /** Where no way leads from the inputs to the outputs any more, one connection makes one. */
  private void reconnect(int epoch) {
    Connectivity connectivity = connectivity();
    for (int l = connectivity.cutOff(); l >= 0; l = connectivity.cutOff()) {
      SparseLayer layer = network.layers().get(l);
      long cell = connectivity.bridge(l);
      tell(of(layer).connect(layer, cell, epoch, count, streams, workspace));
      for (int i = 0; i < listeners.size(); i++) {
        listeners.get(i).onReconnection(network, l);
      }
      connectivity = connectivity();
    }
  }

  /**
   * Where a removal would leave no way from the inputs to the outputs, a connection of one stays.
   */
  private boolean spares(SparseLayer layer, Bits gone) {
    Connectivity connectivity = connectivity();
    int l = layer.index();
    int stays =
        connectivity.isReachedWithout(l, gone) ? -1 : connectivity.strongest(l, layer.weight());
    if (stays < 0) {
      return false;
    }
    gone.clear(stays);
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onSparing(network, l);
    }
    return true;
  }

  private Connectivity connectivity() {
    return new Connectivity(network.topologies());
  }

  private boolean takesPart(SparseLayer layer) {
    Evolution evolution = evolutions.get(layer.index());
    return evolution != null && evolution.includes(layer, layer == network.layers().getLast());
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
    seen.close();
    for (Removal removal : removals) {
      removal.close();
    }
  }
}
