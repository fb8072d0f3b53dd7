/** The training loop, its settings, its listeners and the published presets. */
@NullMarked
package dev.rewire.train;

import org.jspecify.annotations.NullMarked;
