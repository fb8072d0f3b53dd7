/**
 * Smaller networks out of finished ones: connections and neurons that matter little are really
 * taken away. Nothing here changes the network that it is given.
 */
@NullMarked
package dev.rewire.pruning;

import org.jspecify.annotations.NullMarked;
