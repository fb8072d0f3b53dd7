/**
 * Who is connected to whom: the immutable sparse graph between two layers of neurons, and the ways
 * to draw one.
 */
@NullMarked
package dev.rewire.topology;

import org.jspecify.annotations.NullMarked;
