package dev.rewire.train;

import dev.rewire.layer.Signals;

/** Training batches that can be looked at again. */
interface Hindsight {
  /**
   * Sends a batch forward and, if asked, back through the network as it is now, without changing
   * it.
   *
   * @param back 0 for the last batch, 1 for the one before
   * @param gradients false for forward only
   * @return false, and nothing is done, if its epoch has no such batch
   */
  boolean look(int back, boolean gradients);

  /**
   * Shows what a layer has seen of it.
   *
   * @param layer its number
   * @return valid until the next look or step
   */
  Signals signals(int layer);
}
