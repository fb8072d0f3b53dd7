/** A stack of sparse layers: build, predict, evaluate, save. */
@NullMarked
package dev.rewire.network;

import org.jspecify.annotations.NullMarked;
