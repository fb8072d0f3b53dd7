/** What runs were in the course of their training, read back from what they wrote down. */
@NullMarked
package dev.rewire.trajectory;

import org.jspecify.annotations.NullMarked;
