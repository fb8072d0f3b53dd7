/** What training minimises. */
@NullMarked
package dev.rewire.loss;

import org.jspecify.annotations.NullMarked;
