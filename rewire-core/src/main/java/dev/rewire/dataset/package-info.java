/** Samples as a network reads them, whatever file they came from. */
@NullMarked
package dev.rewire.dataset;

import org.jspecify.annotations.NullMarked;
