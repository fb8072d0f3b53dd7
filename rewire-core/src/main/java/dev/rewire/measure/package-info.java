/**
 * What a sparse topology looks like, in numbers: where it looks, how its degrees are distributed,
 * how far it is from another one, how it changes. See {@code docs/measures.md}.
 */
@NullMarked
package dev.rewire.measure;

import org.jspecify.annotations.NullMarked;
