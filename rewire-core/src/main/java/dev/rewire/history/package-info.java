/**
 * Which connections a network lost and got while it was trained: a file that grows, and its replay.
 */
@NullMarked
package dev.rewire.history;

import org.jspecify.annotations.NullMarked;
