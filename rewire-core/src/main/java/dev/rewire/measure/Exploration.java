package dev.rewire.measure;

import dev.rewire.history.TopologyChange;
import dev.rewire.topology.LayerShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The exploration rate of in-time over-parameterisation (Liu et al., "Do we actually need dense
 * over-parameterization?", ICML 2021): R<sub>s</sub> = |&cup;<sub>t</sub> mask<sub>t</sub>| / N,
 * the share of all cells that have ever had a connection. It begins at the density and cannot
 * exceed 1.
 *
 * <p>Layers of up to 10<sup>9</sup> cells are counted exactly with one bit a cell; larger ones by
 * HyperLogLog in 16 KB with a standard error of 0.8 %. A change costs one step for each grown
 * connection.
 */
public final class Exploration implements Consumer<TopologyChange>, AutoCloseable {
  private final List<LayerShape> layers;
  private final List<CellSet> seen = new ArrayList<>();
  private final long[] births;

  /**
   * Begins before the first connection.
   *
   * @param layers of the network, from the input on
   */
  public Exploration(List<LayerShape> layers) {
    this(layers, false);
  }

  /** Estimates all layers where asked to, whatever their size. */
  Exploration(List<LayerShape> layers, boolean estimated) {
    this.layers = List.copyOf(layers);
    births = new long[layers.size()];
    layers.forEach(
        layer -> seen.add(estimated ? new CellSet.Estimated() : CellSet.of(layer.cells())));
  }

  /**
   * Counts the cells that a layer has got.
   *
   * @param change what happened
   */
  @Override
  public void accept(TopologyChange change) {
    CellSet set = seen.get(change.layer());
    for (long i = 0; i < change.grown().size(); i++) {
      set.add(change.grown().get(i));
    }
    births[change.layer()] += change.grown().size();
  }

  /**
   * Returns the exploration rate of a layer so far.
   *
   * @param layer its number
   * @return 0 to 1
   */
  public double rate(int layer) {
    return Math.min(1, explored(layer) / layers.get(layer).cells());
  }

  /**
   * Returns the exploration rate of the whole network so far.
   *
   * @return 0 to 1
   */
  public double rate() {
    double explored = 0;
    double cells = 0;
    for (int l = 0; l < layers.size(); l++) {
      explored += explored(l);
      cells += layers.get(l).cells();
    }
    return Math.min(1, explored / cells);
  }

  /**
   * Returns how many cells of a layer have ever had a connection.
   *
   * @param layer its number
   * @return 0 or more, an estimate unless the layer is exact
   */
  public double explored(int layer) {
    return seen.get(layer).count();
  }

  /**
   * Says whether a layer is counted exactly.
   *
   * @param layer its number
   * @return false for an estimate
   */
  public boolean exact(int layer) {
    return seen.get(layer).exact();
  }

  /**
   * Counts the connections of a layer that were born, those at the start included.
   *
   * @param layer its number
   * @return 0 or more
   */
  public long births(int layer) {
    return births[layer];
  }

  /**
   * Counts the births in cells that had had a connection before: all births without the cells that
   * were ever seen.
   *
   * @param layer its number
   * @return 0 or more, an estimate unless the layer is exact
   */
  public double rebirths(int layer) {
    return Math.max(0, births[layer] - explored(layer));
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    seen.forEach(CellSet::close);
  }
}
