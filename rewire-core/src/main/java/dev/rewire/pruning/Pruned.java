package dev.rewire.pruning;

import dev.rewire.network.Network;

/**
 * A network with less in it.
 *
 * @param network the rest, in memory of its own
 * @param saved connections that stayed, against the rule, because without them no way would have
 *     led from the inputs to the outputs; mostly 0
 */
public record Pruned(Network network, int saved) {}
