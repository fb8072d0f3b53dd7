/**
 * Pruning at initialisation: which connections a network begins with is decided by what each of all
 * cells is worth at the start, without an array of all cells.
 */
@NullMarked
package dev.rewire.saliency;

import org.jspecify.annotations.NullMarked;
