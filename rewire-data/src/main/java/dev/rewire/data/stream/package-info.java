/** Data larger than memory: files that are mapped, and text that is turned into such files once. */
@NullMarked
package dev.rewire.data.stream;

import org.jspecify.annotations.NullMarked;
