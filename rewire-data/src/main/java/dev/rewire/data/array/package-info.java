/** Arrays with names, and how samples and classes are found among them. */
@NullMarked
package dev.rewire.data.array;

import org.jspecify.annotations.NullMarked;
