/**
 * Event files for TensorBoard: their records, the few protocol buffer messages in them, and the
 * listener that writes them while a network trains.
 */
@NullMarked
package dev.rewire.tensorboard;

import org.jspecify.annotations.NullMarked;
