package dev.rewire.evolution;

import dev.rewire.dataset.ImageShape;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.random.Purpose;
import dev.rewire.random.RandomStreams;
import dev.rewire.topology.CellList;
import dev.rewire.topology.DistinctNumbers;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A layer between removal and growth, and what helps a {@link GrowRule} to choose. The memory is
 * the evolution's and used again.
 */
public final class GrowSituation {
  private final WorkerTeam team;
  private final DistinctNumbers numbers;
  private final FreeCells cells;
  private final CellList grown;
  private final @Nullable ImageShape image;
  private SparseLayer layer;
  private RandomStreams streams = new RandomStreams(0);
  private long update;
  private @Nullable Signals signals;

  GrowSituation(
      WorkerTeam team,
      DistinctNumbers numbers,
      FreeCells cells,
      CellList grown,
      @Nullable ImageShape image,
      SparseLayer layer) {
    this.image = image;
    this.team = team;
    this.numbers = numbers;
    this.cells = cells;
    this.grown = grown;
    this.layer = layer;
  }

  void begin(SparseLayer layer, @Nullable Signals signals, long update, RandomStreams streams) {
    this.signals = signals;
    this.layer = layer;
    this.update = update;
    this.streams = streams;
  }

  /**
   * Returns the layer.
   *
   * @return with its connections of before, dropped ones too; not to be changed
   */
  public SparseLayer layer() {
    return layer;
  }

  /**
   * Says how the inputs of the layer lie in a picture.
   *
   * @return the shape, or null where they are no pixels
   */
  public @Nullable ImageShape image() {
    return layer.index() == 0 ? image : null;
  }

  /**
   * Returns the connections that go.
   *
   * @return their numbers; not to be changed
   */
  public Bits dropped() {
    return cells.dropped();
  }

  /**
   * Counts the cells where a connection may grow.
   *
   * @return 0 or more
   */
  public long free() {
    return cells.count();
  }

  /**
   * Says whether a connection may grow at a cell.
   *
   * @param cell {@code output * inputs + input}
   * @return false where one survives, or was dropped and may not return
   */
  public boolean isFree(long cell) {
    return cells.contains(cell);
  }

  /**
   * Counts the cells of one output neuron where a connection may grow.
   *
   * @param output the neuron
   * @return 0 to the inputs of the layer
   */
  public int free(int output) {
    return cells.count(output);
  }

  /**
   * Counts the connections of one output neuron that stay.
   *
   * @param output the neuron
   * @return 0 to the inputs of the layer
   */
  public int survivors(int output) {
    return cells.survivors(output);
  }

  /**
   * Returns the list to fill.
   *
   * @return empty at first, with room for all cells that are to grow
   */
  public CellList grown() {
    return grown;
  }

  /**
   * Adds random free cells to an empty {@link #grown}; each set of them is equally likely. They are
   * counted, not listed: ranks are drawn and turned into cells by one walk along the taken ones.
   *
   * @param count how many, 0 to {@link #free}
   */
  public void growAnywhere(int count) {
    numbers.draw(free(), count, key(), grown);
    cells.ofRanks(grown);
  }

  /**
   * Draws random free cells into a list of the rule's own; each set of them is equally likely. A
   * range of ranks can be drawn from, so that many cells are drawn some at a time.
   *
   * @param from first rank, 0 or more
   * @param to one past the last rank, at most {@link #free}
   * @param count how many, 0 to {@code to - from}
   * @param key seed of the random numbers
   * @param into becomes the cells, ascending
   */
  public void draw(long from, long to, int count, long key, CellList into) {
    numbers.draw(to - from, count, key, into);
    for (long k = 0; from > 0 && k < into.size(); k++) {
      into.values().set(k, into.get(k) + from);
    }
    cells.ofRanks(into);
  }

  /**
   * Adds random free cells to those that are in {@link #grown} already; each set of the others is
   * equally likely.
   *
   * @param count how many, 0 to {@link #free} less what is there
   */
  public void growAlso(int count) {
    if (count == 0) {
      return;
    }
    try (CellList more = new CellList();
        CellList both = new CellList()) {
      // Not the numbers of growAnywhere, which a rule may have used for its own.
      numbers.draw(free() - grown.size(), count, RandomStreams.mix(~key()), more);
      cells.ofRanksWithout(grown, more);
      both.union(grown, more);
      grown.copy(both);
    }
  }

  /**
   * Turns ranks into cells: 0 is the first free cell, 1 the second one.
   *
   * @param ranks below {@link #free}, ascending; replaced by the cells
   */
  public void ranksToCells(CellList ranks) {
    cells.ofRanks(ranks);
  }

  /**
   * Returns what the layer has seen in the last training batches, as many of them as there were, at
   * most {@link GrowRule#batches}: the network, as it is now, has looked at them again with the
   * dropout of then.
   *
   * @return inputs and gradients, the newest batch first
   */
  public Signals signals() {
    return EvolutionWorkspace.required(signals);
  }

  /**
   * Returns the threads to work on.
   *
   * @return the team of the training
   */
  public WorkerTeam team() {
    return team;
  }

  /**
   * Returns the seed of this growth's random numbers, for those that are counted.
   *
   * @return 64 well mixed bits
   */
  public long key() {
    return streams.key(Purpose.GROWTH, layer.index(), update);
  }

  /**
   * Opens this growth's stream of random numbers, for one thread.
   *
   * @return always from its beginning
   */
  public RandomGenerator random() {
    return streams.stream(Purpose.GROWTH, layer.index(), update);
  }
}
