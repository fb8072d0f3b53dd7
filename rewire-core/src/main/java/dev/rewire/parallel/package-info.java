/** The fixed team of threads and the parts into which a layer's work is cut. Internal. */
@NullMarked
package dev.rewire.parallel;

import org.jspecify.annotations.NullMarked;
