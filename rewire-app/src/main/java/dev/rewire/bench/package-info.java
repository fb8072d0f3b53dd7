/** Measures this machine: where sparse beats dense, how near its limits, how many threads help. */
@NullMarked
package dev.rewire.bench;

import org.jspecify.annotations.NullMarked;
