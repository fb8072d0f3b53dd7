/** Numbers that change in the course of a training. */
@NullMarked
package dev.rewire.schedule;

import org.jspecify.annotations.NullMarked;
