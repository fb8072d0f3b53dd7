/** Moments of a training on the disk: when they are written, which ones are kept. */
@NullMarked
package dev.rewire.checkpoint;

import org.jspecify.annotations.NullMarked;
