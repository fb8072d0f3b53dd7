/** Sparse samples in the text format of LIBSVM and SVMlight. */
@NullMarked
package dev.rewire.data.libsvm;

import org.jspecify.annotations.NullMarked;
