/** What is chosen layer by layer: names of layers, patterns, and what holds where they match. */
@NullMarked
package dev.rewire.choice;

import org.jspecify.annotations.NullMarked;
