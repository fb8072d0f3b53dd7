/** Charts, heat maps and animations, drawn once for pages, picture files and films. */
@NullMarked
package dev.rewire.picture;

import org.jspecify.annotations.NullMarked;
