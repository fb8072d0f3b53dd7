/** Arrays in safetensors files. */
@NullMarked
package dev.rewire.data.safetensors;

import org.jspecify.annotations.NullMarked;
