package dev.rewire.train;

import dev.rewire.network.Network;

/**
 * A moment at which training can be left and gone on with later: after a step and its evolution, or
 * between two epochs.
 */
public interface SafePoint {
  /**
   * Returns the network.
   *
   * @return as training will go on with it
   */
  Network network();

  /**
   * Returns the rest of what must be known to go on.
   *
   * @return a new record; what it refers to is valid until training goes on
   */
  TrainingState state();

  /**
   * Returns where training is without making a record.
   *
   * @return number of the epoch to go on in, from 0
   */
  int epoch();

  /**
   * Says whether an epoch has just ended.
   *
   * @return false within an epoch
   */
  boolean epochEnd();

  /**
   * Says whether training ends here: nobody will ask again.
   *
   * @return true after the last epoch, and when a listener asked to stop
   */
  boolean leaving();
}
