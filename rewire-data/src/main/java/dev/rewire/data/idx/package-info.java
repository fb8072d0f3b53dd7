/** The IDX files of MNIST and of its relatives. */
@NullMarked
package dev.rewire.data.idx;

import org.jspecify.annotations.NullMarked;
