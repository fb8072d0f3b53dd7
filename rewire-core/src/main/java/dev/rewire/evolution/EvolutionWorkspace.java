package dev.rewire.evolution;

import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Scratch;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.CellList;
import dev.rewire.topology.DistinctNumbers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which layers evolve, one after the other, each on all threads: about 13 bytes for
 * each connection of the largest one when three in ten are replaced. It is taken when it is first
 * needed, used again for every layer and every evolution, and given back by {@link #close}.
 */
public final class EvolutionWorkspace implements AutoCloseable {
  /**
   * Connections and rows of a part, at least: some parts for each thread in a layer of 1000 x 1000,
   * so that one that comes late leaves little undone.
   */
  private static final int PART = 1 << 12;

  private static final CellList NONE = new CellList();

  private final WorkerTeam team;
  private final @Nullable ImageShape image;
  private final Bits marks = new Bits();
  private final Scratch scratch = new Scratch();
  private final CellList dropped = new CellList();
  private final CellList grown = new CellList();
  private final DistinctNumbers numbers;
  private final int[] survivors = new int[Parts.MOST];
  private Function<SparseLayer, @Nullable Signals> signals = layer -> null;
  private Guard guard = (layer, gone) -> false;
  private @Nullable Current current;

  /** Keeps networks in one piece while connections go that nothing comes for. */
  @FunctionalInterface
  public interface Guard {
    /**
     * Looks at what a removal will take.
     *
     * @param layer with all its connections
     * @param gone the connections that go; those that have to stay are taken out of it
     * @return whether anything was taken out
     */
    boolean spares(SparseLayer layer, Bits gone);
  }

  /** What exists once a layer has been seen. */
  private record Current(
      DropSituation drop, GrowSituation grow, FreeCells free, Rewiring rewiring) {}

  /**
   * Begins without memory.
   *
   * @param team threads to work on; not closed here
   */
  public EvolutionWorkspace(WorkerTeam team) {
    this(team, null);
  }

  /**
   * Begins without memory.
   *
   * @param team threads to work on; not closed here
   * @param image how the inputs of the first layer lie in a picture, or null if they are no pixels
   */
  public EvolutionWorkspace(WorkerTeam team, @Nullable ImageShape image) {
    this.team = team;
    this.image = image;
    numbers = new DistinctNumbers(team);
  }

  /**
   * Takes the memory for a layer at once. Without this it grows from layer to layer, and each time
   * old and new memory are there together.
   *
   * @param connections of the largest layer
   * @param outputs neurons of the layer that has most
   */
  public void reserve(long connections, long outputs) {
    marks.reset(connections);
    scratch.reserve(Rewiring.bytes(connections, outputs));
  }

  /**
   * Shows rules what layers have seen.
   *
   * @param signals asked for each layer that evolves; null where nobody has looked
   */
  public void show(Function<SparseLayer, @Nullable Signals> signals) {
    this.signals = signals;
  }

  /**
   * Sets who is asked before connections go that nothing comes for at once.
   *
   * @param guard asked for each layer
   */
  public void guard(Guard guard) {
    this.guard = guard;
  }

  static Signals required(@Nullable Signals signals) {
    if (signals == null) {
      throw new IllegalStateException(
          "this rule needs gradients, and no batch was looked at: batches() has to say so");
    }
    return signals;
  }

  /** The threads. */
  WorkerTeam team() {
    return team;
  }

  /**
   * Returns how much memory is held outside the heap.
   *
   * @return bytes
   */
  public long bytes() {
    return marks.bytes() + scratch.bytes() + dropped.bytes() + grown.bytes() + numbers.bytes();
  }

  /** Asks the rule what goes; returns how many connections stay. */
  int choose(
      DropRule rule,
      SparseLayer layer,
      double fraction,
      Moment moment,
      long update,
      RandomStreams streams) {
    DropSituation situation = current(layer).drop();
    situation.begin(layer, signals.apply(layer), moment, update, streams);
    rule.choose(situation, fraction);
    return countSurvivors(layer);
  }

  /** Asks the guard, after the rule, whether anything has to stay. */
  void spare(SparseLayer layer) {
    if (guard.spares(layer, marks)) {
      countSurvivors(layer);
    }
  }

  /** Begins without anything that goes. */
  int chooseNothing(SparseLayer layer) {
    marks.reset(layer.topology().connections());
    return countSurvivors(layer);
  }

  private int countSurvivors(SparseLayer layer) {
    Partition rows = Partition.byConnections(layer.topology().rowStart(), PART);
    return current(layer).rewiring().begin(layer, rows, survivors);
  }

  /** Asks the rule what comes. */
  void grow(
      GrowRule rule,
      SparseLayer layer,
      long missing,
      boolean mayReturn,
      @Nullable CellList forbidden,
      long update,
      RandomStreams streams) {
    Current now = current(layer);
    now.free()
        .begin(
            layer.topology(),
            now.rewiring().rows(),
            survivors,
            mayReturn,
            forbidden == null ? NONE : forbidden);
    GrowSituation situation = now.grow();
    situation.begin(layer, signals.apply(layer), update, streams);
    int count = (int) Math.clamp(missing, 0, Math.max(0, situation.free()));
    // A little more, for rules that draw with replacement.
    grown.clear(count + count / 16L + 64);
    rule.choose(situation, count);
  }

  void growNothing() {
    grown.clear(0);
  }

  /** Puts survivors and newcomers together. */
  TopologyUpdate apply(
      SparseLayer layer, Evolution evolution, int epoch, long update, RandomStreams streams) {
    current(layer).rewiring().apply(evolution, update, streams);
    return new TopologyUpdate(layer.index(), epoch, dropped, grown, layer.topology().connections());
  }

  Bits marks() {
    return marks;
  }

  private Current current(SparseLayer layer) {
    Current now = current;
    if (now == null) {
      Rewiring rewiring = new Rewiring(team, layer, marks, grown, dropped, scratch);
      FreeCells free = new FreeCells(team, marks, layer.topology(), rewiring.rows());
      now =
          new Current(
              new DropSituation(team, marks, scratch, layer),
              new GrowSituation(team, numbers, free, grown, image, layer),
              free,
              rewiring);
      current = now;
    }
    return now;
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    marks.close();
    scratch.close();
    dropped.close();
    grown.close();
    numbers.close();
  }
}
