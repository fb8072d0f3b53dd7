/** Layers without connections: what neurons do to their weighted sums before the activation. */
@NullMarked
package dev.rewire.neuron;

import org.jspecify.annotations.NullMarked;
