/** Data sets by name or by path, and how those that are published get here. */
@NullMarked
package dev.rewire.data.catalogue;

import org.jspecify.annotations.NullMarked;
