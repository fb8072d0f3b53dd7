package dev.rewire.history;

import dev.rewire.topology.CellList;

/**
 * One record of a history: what happened to one layer at one moment.
 *
 * @param layer its number
 * @param epoch number of the epoch, from 0; -1 for the connections at the start
 * @param step training steps of the network until then
 * @param connections connections afterwards
 * @param dropped cells that lost their connection, ascending; the reader's, valid until the next
 *     record
 * @param grown cells that got one, ascending; a cell may be in both; valid as long
 */
public record TopologyChange(
    int layer, int epoch, long step, int connections, CellList dropped, CellList grown) {
  /** The epoch of the connections at the start. */
  public static final int START = -1;
}
