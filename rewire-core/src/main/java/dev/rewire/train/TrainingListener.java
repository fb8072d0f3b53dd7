package dev.rewire.train;

import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.network.Evaluation;
import dev.rewire.network.Network;

/** Hears what happens while a network trains, always on the training thread. */
public interface TrainingListener {
  /**
   * Called after each training step.
   *
   * @param epoch number of the epoch, from 1
   * @param samples samples of this epoch so far
   * @param of samples of an epoch
   * @param meanLoss mean loss of the epoch so far
   */
  default void onStep(int epoch, int samples, int of, double meanLoss) {}

  /**
   * Called when a layer has been rewired.
   *
   * @param network after the change
   * @param update what changed
   */
  default void onTopologyUpdate(Network network, TopologyUpdate update) {}

  /**
   * Called when an evolution had left no way from the inputs to the outputs, and one connection was
   * added, beyond all targets, so that there is one; {@link #onTopologyUpdate} has told of it.
   *
   * @param network after the change
   * @param layer number of the layer that was cut off
   */
  default void onReconnection(Network network, int layer) {}

  /**
   * Called when a removal would have left no way from the inputs to the outputs, before it, and the
   * strongest connection of a way stays.
   *
   * @param network before the change
   * @param layer number of the layer that would have been cut off
   */
  default void onSparing(Network network, int layer) {}

  /**
   * Called when neurons have been taken out, between two epochs; {@link #onTopologyUpdate} does not
   * tell of the connections that went with them.
   *
   * @param network after the change
   * @param update what went
   */
  default void onNeuronUpdate(Network network, NeuronUpdate update) {}

  /**
   * Called after the test of a whole epoch, and before the evolution if that comes after the test:
   * the network is the one that was tested.
   *
   * @param network as it was tested
   * @param epoch number of the epoch, from 1
   * @param test the result
   */
  default void onTest(Network network, int epoch, Evaluation test) {}

  /**
   * Called at the end of each epoch, after test and evolution.
   *
   * @param network as it goes on
   * @param report what the epoch came to
   */
  default void onEpoch(Network network, EpochReport report) {}

  /**
   * Called at each moment at which training can be left and gone on with later: after each step but
   * the last of an epoch, and after {@link #onEpoch}.
   *
   * @param point the moment; valid during the call
   */
  default void onSafePoint(SafePoint point) {}

  /**
   * Asked after each step whether training should end now.
   *
   * @return true to stop, for example because the user pressed Ctrl-C
   */
  default boolean stop() {
    return false;
  }
}
