package dev.rewire.train;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LayerChoices;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Limits;
import dev.rewire.layer.MemoryMode;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Sgd;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How to train: immutable, each setting with a default that works.
 *
 * @param optimizer changes the parameters
 * @param evolution rewires the network, or null for a static topology
 * @param layerChoices layers that evolve in another way
 * @param batch samples of a step, 1 or more
 * @param epochs passes over the data, 0 or more
 * @param seed of all random numbers
 * @param threads 1 or more; no result depends on it
 * @param memory what memory is spent on
 * @param limits of gradients and weights
 * @param labelSmoothing share of the targets that is spread over all classes while training, 0 to
 *     below 1; tests see the targets as they are
 * @param plateau lowers the learning rate when the test no longer gets better, or null
 * @param neuronRemoval when hidden neurons are taken out, and which
 */
public record TrainingPlan(
    Optimizer optimizer,
    @Nullable Evolution evolution,
    LayerChoices layerChoices,
    int batch,
    int epochs,
    long seed,
    int threads,
    MemoryMode memory,
    Limits limits,
    double labelSmoothing,
    @Nullable Plateau plateau,
    NeuronRemoval neuronRemoval) {
  /** Checks the numbers. */
  public TrainingPlan {
    if (batch < 1 || epochs < 0 || threads < 1) {
      throw new IllegalArgumentException(
          "batch and threads must be 1 or more, epochs 0 or more: %d, %d, %d"
              .formatted(batch, threads, epochs));
    }
    if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
      throw new IllegalArgumentException(
          "label smoothing must be 0 or more and below 1: " + labelSmoothing);
    }
    if (plateau != null) {
      optimizer.scaled(plateau.factor());
    }
  }

  /**
   * A plan without limits, smoothing, plateau and removal of neurons.
   *
   * @param optimizer changes the parameters
   * @param evolution rewires the network, or null for a static topology
   * @param batch samples of a step, 1 or more
   * @param epochs passes over the data, 0 or more
   * @param seed of all random numbers
   * @param threads 1 or more; no result depends on it
   * @param memory what memory is spent on
   */
  public TrainingPlan(
      Optimizer optimizer,
      @Nullable Evolution evolution,
      int batch,
      int epochs,
      long seed,
      int threads,
      MemoryMode memory) {
    this(
        optimizer,
        evolution,
        LayerChoices.NONE,
        batch,
        epochs,
        seed,
        threads,
        memory,
        Limits.NONE,
        0,
        null,
        NeuronRemoval.NEVER);
  }

  /**
   * Says whether more epochs would have made another training from its first step on.
   *
   * @return true if a schedule of the optimizer or of the evolution ends with the run
   */
  public boolean followsRunLength() {
    return optimizer.followsRunLength() || layerChoices.followsRunLength(evolution);
  }

  /**
   * Returns how each layer evolves.
   *
   * @param layers of the network
   * @return one entry a layer; null where nothing moves
   * @throws IllegalArgumentException if a layer is named that does not exist
   */
  public List<@Nullable Evolution> evolutions(int layers) {
    return layerChoices.evolutions(evolution, layers);
  }

  /**
   * Says whether connections move in any layer.
   *
   * @return false if all of them stay where they are
   */
  public boolean evolves() {
    return layerChoices.evolve(evolution);
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
    return changed(draft -> draft.optimizer = optimizer);
  }

  /**
   * Sets the evolution.
   *
   * @param evolution rewires the network, or null for a static topology
   * @return a copy
   */
  public TrainingPlan withEvolution(@Nullable Evolution evolution) {
    return changed(draft -> draft.evolution = evolution);
  }

  /**
   * Sets which layers evolve in another way.
   *
   * @param layerChoices fractions and rules of layers
   * @return a copy
   */
  public TrainingPlan withLayerChoices(LayerChoices layerChoices) {
    return changed(draft -> draft.layerChoices = layerChoices);
  }

  /**
   * Sets the batch size.
   *
   * @param batch samples of a step, 1 or more
   * @return a copy
   */
  public TrainingPlan withBatch(int batch) {
    return changed(draft -> draft.batch = batch);
  }

  /**
   * Sets the number of epochs.
   *
   * @param epochs passes over the data, 0 or more
   * @return a copy
   */
  public TrainingPlan withEpochs(int epochs) {
    return changed(draft -> draft.epochs = epochs);
  }

  /**
   * Sets the seed.
   *
   * @param seed any number
   * @return a copy
   */
  public TrainingPlan withSeed(long seed) {
    return changed(draft -> draft.seed = seed);
  }

  /**
   * Sets the number of threads.
   *
   * @param threads 1 or more; no result depends on it
   * @return a copy
   */
  public TrainingPlan withThreads(int threads) {
    return changed(draft -> draft.threads = threads);
  }

  /**
   * Sets what memory is spent on.
   *
   * @param memory standard, or lean for networks that would not fit otherwise
   * @return a copy
   */
  public TrainingPlan withMemory(MemoryMode memory) {
    return changed(draft -> draft.memory = memory);
  }

  /**
   * Sets what a step may not exceed.
   *
   * @param limits of gradients and weights
   * @return a copy
   */
  public TrainingPlan withLimits(Limits limits) {
    return changed(draft -> draft.limits = limits);
  }

  /**
   * Sets how uncertain targets are made.
   *
   * @param labelSmoothing share of the targets that is spread over all classes, 0 to below 1
   * @return a copy
   */
  public TrainingPlan withLabelSmoothing(double labelSmoothing) {
    return changed(draft -> draft.labelSmoothing = labelSmoothing);
  }

  /**
   * Sets what lowers the learning rate.
   *
   * @param plateau when and how much, or null for never
   * @return a copy
   */
  public TrainingPlan withPlateau(@Nullable Plateau plateau) {
    return changed(draft -> draft.plateau = plateau);
  }

  /**
   * Sets when neurons are taken out.
   *
   * @param neuronRemoval when, and which
   * @return a copy
   */
  public TrainingPlan withNeuronRemoval(NeuronRemoval neuronRemoval) {
    return changed(draft -> draft.neuronRemoval = neuronRemoval);
  }

  private TrainingPlan changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.plan();
  }

  /** A plan whose settings can be changed one by one. */
  private static final class Draft {
    private Optimizer optimizer;
    private @Nullable Evolution evolution;
    private LayerChoices layerChoices;
    private int batch;
    private int epochs;
    private long seed;
    private int threads;
    private MemoryMode memory;
    private Limits limits;
    private double labelSmoothing;
    private @Nullable Plateau plateau;
    private NeuronRemoval neuronRemoval;

    Draft(TrainingPlan plan) {
      optimizer = plan.optimizer;
      evolution = plan.evolution;
      layerChoices = plan.layerChoices;
      batch = plan.batch;
      epochs = plan.epochs;
      seed = plan.seed;
      threads = plan.threads;
      memory = plan.memory;
      limits = plan.limits;
      labelSmoothing = plan.labelSmoothing;
      plateau = plan.plateau;
      neuronRemoval = plan.neuronRemoval;
    }

    TrainingPlan plan() {
      return new TrainingPlan(
          optimizer,
          evolution,
          layerChoices,
          batch,
          epochs,
          seed,
          threads,
          memory,
          limits,
          labelSmoothing,
          plateau,
          neuronRemoval);
    }
  }
}
