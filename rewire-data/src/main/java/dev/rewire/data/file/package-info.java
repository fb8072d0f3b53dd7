/** Files as a stream of bytes, unpacked on the way. */
@NullMarked
package dev.rewire.data.file;

import org.jspecify.annotations.NullMarked;
