/** The model file: safetensors with a documented header. */
@NullMarked
package dev.rewire.model;

import org.jspecify.annotations.NullMarked;
