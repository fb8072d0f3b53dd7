/** The files of Weka. */
@NullMarked
package dev.rewire.data.arff;

import org.jspecify.annotations.NullMarked;
