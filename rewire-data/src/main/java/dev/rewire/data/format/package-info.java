/** What a reader of files is: the plug-in point for formats. */
@NullMarked
package dev.rewire.data.format;

import org.jspecify.annotations.NullMarked;
