/** The exchange format of sparse matrices. */
@NullMarked
package dev.rewire.data.matrixmarket;

import org.jspecify.annotations.NullMarked;
