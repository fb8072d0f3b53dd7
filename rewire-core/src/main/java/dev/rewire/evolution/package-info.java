/** Rewiring while training: what to drop, what to grow, when, and how dense. */
@NullMarked
package dev.rewire.evolution;

import org.jspecify.annotations.NullMarked;
