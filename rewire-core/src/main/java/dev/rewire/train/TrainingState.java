package dev.rewire.train;

import dev.rewire.topology.CellList;
import java.util.List;

/**
 * Where a training is, beside its network: with both, and the same plan and data, training goes on
 * to the same bits as if it had never been left.
 *
 * <p>No generator of random numbers is in here: each stream begins anew at a name made of seed,
 * purpose, layer and round, and the rounds are the numbers below and the steps of the network.
 *
 * @param epoch number of the epoch to go on in, from 0
 * @param samples samples of it that have been trained on; 0 between two epochs
 * @param lossSum sum of their losses
 * @param correct how many of them were right
 * @param evolutions evolutions of the network so far: names the random numbers of the next one
 * @param rewired connections dropped since the last report
 * @param ended whether the evolution after the epoch before this one was that of the end of
 *     training, and so was withheld as {@link dev.rewire.evolution.LastUpdate} says
 * @param trainingNanos time of the steps of this epoch so far
 * @param evolutionNanos time of the evolutions of this epoch so far
 * @param pending layers that have lost connections and wait for new ones; live, see {@link
 *     PendingGrowth}
 * @param plateau what is known about the losses of earlier tests
 */
public record TrainingState(
    int epoch,
    int samples,
    double lossSum,
    int correct,
    long evolutions,
    long rewired,
    boolean ended,
    long trainingNanos,
    long evolutionNanos,
    List<PendingGrowth> pending,
    Plateau.State plateau) {
  /** Before the first step. */
  public static final TrainingState BEGINNING =
      new TrainingState(0, 0, 0, 0, 0, 0, false, 0, 0, List.of());

  /**
   * A layer that has lost connections and waits for new ones.
   *
   * @param layer its number
   * @param epoch number of the epoch of the removal, from 0
   * @param wanted connections after growth
   * @param forbidden cells where none may grow, ascending; it belongs to the training and is valid
   *     until that goes on
   * @param held whether they come only if training is made longer
   */
  public record PendingGrowth(int layer, int epoch, int wanted, CellList forbidden, boolean held) {}

  /** Checks the numbers and copies the list. */
  public TrainingState {
    if (epoch < 0 || samples < 0 || correct < 0 || correct > samples || evolutions < 0) {
      throw new IllegalArgumentException(
          "a training cannot be in epoch %d with %d of %d samples right after %d evolutions"
              .formatted(epoch, correct, samples, evolutions));
    }
    pending = List.copyOf(pending);
  }

  /**
   * A moment at which the learning rate has never been lowered.
   *
   * @param epoch number of the epoch to go on in, from 0
   * @param samples samples of it that have been trained on; 0 between two epochs
   * @param lossSum sum of their losses
   * @param correct how many of them were right
   * @param evolutions evolutions of the network so far
   * @param rewired connections dropped since the last report
   * @param ended whether the evolution before was that of the end of training
   * @param trainingNanos time of the steps of this epoch so far
   * @param evolutionNanos time of the evolutions of this epoch so far
   * @param pending layers that have lost connections and wait for new ones
   */
  public TrainingState(
      int epoch,
      int samples,
      double lossSum,
      int correct,
      long evolutions,
      long rewired,
      boolean ended,
      long trainingNanos,
      long evolutionNanos,
      List<PendingGrowth> pending) {
    this(
        epoch,
        samples,
        lossSum,
        correct,
        evolutions,
        rewired,
        ended,
        trainingNanos,
        evolutionNanos,
        pending,
        Plateau.State.START);
  }
}
