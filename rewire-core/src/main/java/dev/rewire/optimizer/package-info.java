/** How a gradient changes a weight. */
@NullMarked
package dev.rewire.optimizer;

import org.jspecify.annotations.NullMarked;
