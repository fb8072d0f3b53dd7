package dev.rewire.measure;

import dev.rewire.history.TopologyChange;
import dev.rewire.topology.CellList;

/**
 * How much one update changed a layer. Costs one step for each connection that died or was born.
 *
 * @param layer its number
 * @param epoch number of the epoch, from 0
 * @param step training steps of the network until then
 * @param dropped connections that went
 * @param grown connections that came
 * @param returned cells that are in both: they lost their connection and got one at once
 * @param connections connections afterwards
 */
public record Churn(
    int layer, int epoch, long step, long dropped, long grown, long returned, int connections) {
  /**
   * Measures an update.
   *
   * @param change what happened
   * @return the numbers alone
   */
  public static Churn of(TopologyChange change) {
    CellList dropped = change.dropped();
    CellList grown = change.grown();
    long returned = 0;
    long g = 0;
    for (long d = 0; d < dropped.size(); d++) {
      while (g < grown.size() && grown.get(g) < dropped.get(d)) {
        g++;
      }
      returned += g < grown.size() && grown.get(g) == dropped.get(d) ? 1 : 0;
    }
    return new Churn(
        change.layer(),
        change.epoch(),
        change.step(),
        dropped.size(),
        grown.size(),
        returned,
        change.connections());
  }

  /**
   * Returns the share of the connections that are new: added / m.
   *
   * @return 0 to 1; 0 where there are no connections
   */
  public double rate() {
    return connections == 0 ? 0 : (double) grown / connections;
  }

  /**
   * Returns the share of the removed connections that came back at once. Cannistraci-Hebb training
   * stops rewiring a layer at 0.9.
   *
   * @return 0 to 1; 0 where nothing was removed
   */
  public double overlap() {
    return dropped == 0 ? 0 : (double) returned / dropped;
  }
}
