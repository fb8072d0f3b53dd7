package dev.rewire.train;

import dev.rewire.evolution.Evolution;
import dev.rewire.layer.Compute;
import dev.rewire.layer.MemoryMode;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import org.jspecify.annotations.Nullable;

/**
 * How to train: immutable, each setting with a default that works.
 *
 * @param optimizer changes the parameters
 * @param evolution rewires the network, or null for a static topology
 * @param batch samples of a step, 1 or more
 * @param epochs passes over the data, 0 or more
 * @param seed of all random numbers
 * @param threads 1 or more; no result depends on it
 * @param memory what memory is spent on
 */
public record TrainingPlan(
    Optimizer optimizer,
    @Nullable Evolution evolution,
    int batch,
    int epochs,
    long seed,
    int threads,
    MemoryMode memory) {
  /** Checks the numbers. */
  public TrainingPlan {
    if (batch < 1 || epochs < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "batch and threads must be 1 or more, epochs 0 or more: %d, %d, %d"
              .formatted(batch, threads, epochs));
    }
  }

  /**
   * Says whether more epochs would have made another training from its first step on.
   *
   * @return true if a schedule of the optimizer or of the evolution ends with the run
   */
  public boolean followsRunLength() {
    return optimizer.followsRunLength() || (evolution != null && evolution.followsRunLength());
  }

  /**
   * The defaults: SGD with momentum, SET with ζ = 0.3, batches of 128, 20 epochs.
   *
   * @return a plan
   */
  public static TrainingPlan defaults() {
    return new TrainingPlan(
        Sgd.rate(0.1).momentum(0.9),
        Evolution.set(Evolution.DEFAULT_ZETA),
        128,
        20,
        0,
        Compute.defaultThreads(),
        MemoryMode.STANDARD);
  }

  /**
   * Sets the optimizer.
   *
   * @param optimizer changes the parameters
   * @return a copy
   */
  public TrainingPlan withOptimizer(Optimizer optimizer) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets the evolution.
   *
   * @param evolution rewires the network, or null for a static topology
   * @return a copy
   */
  public TrainingPlan withEvolution(@Nullable Evolution evolution) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets the batch size.
   *
   * @param batch samples of a step, 1 or more
   * @return a copy
   */
  public TrainingPlan withBatch(int batch) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets the number of epochs.
   *
   * @param epochs passes over the data, 0 or more
   * @return a copy
   */
  public TrainingPlan withEpochs(int epochs) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets the seed.
   *
   * @param seed any number
   * @return a copy
   */
  public TrainingPlan withSeed(long seed) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets the number of threads.
   *
   * @param threads 1 or more; no result depends on it
   * @return a copy
   */
  public TrainingPlan withThreads(int threads) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }

  /**
   * Sets what memory is spent on.
   *
   * @param memory standard, or lean for networks that would not fit otherwise
   * @return a copy
   */
  public TrainingPlan withMemory(MemoryMode memory) {
    return new TrainingPlan(optimizer, evolution, batch, epochs, seed, threads, memory);
  }
}
