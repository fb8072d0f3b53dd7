package dev.rewire.evolution;

/**
 * What an evolution did to one layer.
 *
 * @param layer number of the layer
 * @param epoch number of the epoch, from 0
 * @param dropped cells that lost their connection, ascending
 * @param grown cells that got one, ascending; a cell may be in both
 * @param connections connections afterwards
 */
public record TopologyUpdate(int layer, int epoch, long[] dropped, long[] grown, int connections) {}
