package dev.rewire.evolution;

import dev.rewire.topology.CellList;

/**
 * What an evolution did to one layer.
 *
 * @param layer number of the layer
 * @param epoch number of the epoch, from 0
 * @param dropped cells that lost their connection, ascending; valid until the evolution goes on
 * @param grown cells that got one, ascending; a cell may be in both; valid as long
 * @param connections connections afterwards
 */
public record TopologyUpdate(
    int layer, int epoch, CellList dropped, CellList grown, int connections) {
  /**
   * Copies the lists, for those who look at them later.
   *
   * @return an update that shares nothing with the evolution
   */
  public TopologyUpdate keep() {
    CellList keptDropped = new CellList();
    keptDropped.copy(dropped);
    CellList keptGrown = new CellList();
    keptGrown.copy(grown);
    return new TopologyUpdate(layer, epoch, keptDropped, keptGrown, connections);
  }
}
