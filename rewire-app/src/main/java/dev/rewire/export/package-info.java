/**
 * Networks for other programs: a layer as a sparse matrix, a network as a graph. Everything is
 * streamed: time proportional to the connections, no memory beyond the network.
 */
@NullMarked
package dev.rewire.export;

import org.jspecify.annotations.NullMarked;
