/** Named, seeded streams of random numbers. */
@NullMarked
package dev.rewire.random;

import org.jspecify.annotations.NullMarked;
