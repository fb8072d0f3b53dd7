/**
 * Flat arrays outside the heap, 64-byte aligned and addressed by {@code long}: the only kind of
 * storage that kernels see.
 */
@NullMarked
package dev.rewire.memory;

import org.jspecify.annotations.NullMarked;
