/** A sparse layer, its activation function, its dropout and the initial values of its weights. */
@NullMarked
package dev.rewire.layer;

import org.jspecify.annotations.NullMarked;
