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
    NetworkPass.checkFits(network, training);
    NetworkPass.checkFits(network, test);
    if (training.size() == 0) {
      throw new IllegalArgumentException(training.name() + " has no samples to train on");
    }
    try (Compute compute = new Compute(plan.threads())) {
      return new TrainingRun(plan, listeners, network, training, test, compute).epochs();
    }
  }
}
