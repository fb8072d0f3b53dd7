/** Handwriting-like digits that are drawn, not downloaded: the data set that is always there. */
@NullMarked
package dev.rewire.data.digits;

import org.jspecify.annotations.NullMarked;
