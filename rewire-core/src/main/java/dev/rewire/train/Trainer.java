package dev.rewire.train;

import dev.rewire.dataset.Dataset;
import dev.rewire.layer.Compute;
import dev.rewire.network.Network;
import dev.rewire.network.NetworkPass;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains networks: epochs of shuffled batches, a test after each, and the evolution of the topology
 * when its schedule says so.
 *
 * <p>Same network, plan and data give the same bits, on any number of threads.
 */
public final class Trainer {
  private final TrainingPlan plan;
  private final List<TrainingListener> listeners = new ArrayList<>();

  /**
   * Makes a trainer.
   *
   * @param plan all settings
   */
  public Trainer(TrainingPlan plan) {
    this.plan = plan;
  }

  /**
   * Adds someone who hears what happens.
   *
   * @param listener called on the training thread
   * @return this
   */
  public Trainer listen(TrainingListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Trains a network in place.
   *
   * @param network changed
   * @param training samples to learn
   * @param test samples to measure with after each epoch; they teach nothing
   * @return one report an epoch
   * @throws DivergedException if the loss is no longer a finite number
   */
  public List<EpochReport> train(Network network, Dataset training, Dataset test) {
    return train(network, TrainingState.BEGINNING, training, test);
  }

  /**
   * Goes on with a training that was left: the same bits as if it had not been.
   *
   * @param network as it was at that moment, the optimizer's memory included; changed
   * @param state the rest of that moment
   * @param training the same samples in the same order
   * @param test samples to measure with after each epoch; they teach nothing
   * @return one report an epoch that ends from now on
   * @throws DivergedException if the loss is no longer a finite number
   * @throws IllegalArgumentException if the state does not fit the network or the samples
   */
  public List<EpochReport> train(
      Network network, TrainingState state, Dataset training, Dataset test) {
    NetworkPass.checkFits(network, training);
    NetworkPass.checkFits(network, test);
    if (training.size() == 0) {
      throw new IllegalArgumentException(training.name() + " has no samples to train on");
    }
    if (state.samples() >= training.size()) {
      throw new IllegalArgumentException(
          "a state after %d samples of an epoch does not fit %s, which has %d"
              .formatted(state.samples(), training.name(), training.size()));
    }
    try (Compute compute = new Compute(plan.threads())) {
      return new TrainingRun(plan, listeners, network, training, test, compute).epochs(state);
    }
  }
}
