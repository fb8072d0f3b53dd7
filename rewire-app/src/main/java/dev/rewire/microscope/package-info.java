/** What a topology has become, moment by moment: read from a run or a model, in numbers. */
@NullMarked
package dev.rewire.microscope;

import org.jspecify.annotations.NullMarked;
