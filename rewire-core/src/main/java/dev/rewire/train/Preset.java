package dev.rewire.train;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.ScipyDrop;
import dev.rewire.evolution.SignedMagnitudeDrop;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.MemoryMode;
import dev.rewire.loss.Loss;
import dev.rewire.neuron.SRelu;
import dev.rewire.optimizer.Sgd;
import dev.rewire.optimizer.WeightDecay;
import dev.rewire.schedule.Schedule;
import dev.rewire.topology.DensityAllocation;
import dev.rewire.topology.Sampler;
import java.util.List;
import java.util.Locale;

/** Settings by name: ours, and those of published implementations, each with its own ways. */
public enum Preset {
  /** What {@code rewire train} does when nobody says otherwise. */
  DEFAULT("784-1000-1000-1000-10 and the like, SET, He's weights by the actual fan-in") {
    @Override
    public Recipe recipe() {
      return new Recipe(
          List.of(1000, 1000, 1000),
          new DensityAllocation.Epsilon(20),
          Sampler.EXACT,
          true,
          List.of(),
          new Activation.Relu(),
          new Activation.Identity(),
          Dropout.NONE,
          null,
          null,
          new Loss.SoftmaxCrossEntropy(),
          ScalingKind.UNIT,
          TrainingPlan.defaults());
    }
  },

  /**
   * The MLP of the paper (Mocanu et al. 2018): ε = 20, ζ = 0.3, dropout 0.3, dense output, removal
   * without growth after the last epoch, SReLU. The paper does not state the initial weights: they
   * are ours, by the actual fan-in. It calls newborn weights small and random: they are Glorot's
   * for the dense layer, some five times smaller.
   */
  PAPER2018("the MLP of the SET paper") {
    @Override
    public Recipe recipe() {
      return new Recipe(
          List.of(1000, 1000, 1000),
          new DensityAllocation.Epsilon(20),
          Sampler.BERNOULLI,
          true,
          List.of(new SRelu()),
          new Activation.Identity(),
          new Activation.Identity(),
          Dropout.of(0.3),
          null,
          null,
          new Loss.SoftmaxCrossEntropy(),
          ScalingKind.GLOBAL,
          plan(
              sgd(0.01, 0.9, WeightDecay.coupled(2e-4)),
              new Evolution(
                  new SignedMagnitudeDrop(false),
                  new RandomGrow(),
                  new UpdateSchedule.EveryEpoch(0.3),
                  new ConnectionTarget.Initial(),
                  true,
                  new NewbornWeight.Drawn(new Initializer.GlorotUniform()),
                  NewbornState.ZERO,
                  LastUpdate.REMOVE_ONLY,
                  Timing.AFTER_TEST,
                  false,
                  1),
              100,
              500));
    }
  },

  /**
   * The SciPy implementation as published for lung.mat: sigmoid and squared error with its own
   * gradient, decay without the learning rate, draws with replacement, batches of 2.
   */
  SCIPY_LUNG("the SciPy implementation of SET on microarray data") {
    @Override
    public Recipe recipe() {
      return scipy(List.of(3000, 3000, 3000), 20, 0.01, 2, 100, Dropout.NONE, ScalingKind.STANDARD);
    }
  },

  /** The tutorial of IJCAI and ECML 2019 on Fashion-MNIST, its dropout included. */
  TUTORIAL_2019("the Fashion-MNIST tutorial of 2019") {
    @Override
    public Recipe recipe() {
      return scipy(
          List.of(1000, 1000, 1000),
          13,
          0.05,
          40,
          400,
          new Dropout(0.2, Dropout.Style.TUTORIAL_2019),
          ScalingKind.UNIT);
    }
  },

  /**
   * The tutorial of SCADS 2020 on Fashion-MNIST: softmax, uniform weights, a fixed output layer.
   */
  TUTORIAL_2020("the Fashion-MNIST tutorial of 2020") {
    @Override
    public Recipe recipe() {
      return new Recipe(
          List.of(1000, 1000, 1000),
          new DensityAllocation.Epsilon(13),
          Sampler.BERNOULLI,
          false,
          List.of(),
          new Activation.Relu(),
          new Activation.Identity(),
          Dropout.of(0.2),
          new Initializer.HeUniform(),
          null,
          new Loss.SoftmaxCrossEntropy(),
          ScalingKind.UNIT,
          plan(
              sgd(0.05, 0.9, new WeightDecay(WeightDecay.Kind.SCIPY, 2e-4, true)),
              scipyEvolution(false),
              40,
              400));
    }
  },

  /**
   * The network of synapses and of the study of regularisation on MNIST: 784-512-128-10, ε = 11,
   * removal before the test and growth after it, newborn connections never where one was removed.
   */
  KLEAR("784-512-128-10 of synapses, for the study of regularisation") {
    @Override
    public Recipe recipe() {
      return synapses(
          155,
          new UpdateSchedule.EveryEpoch(0.3),
          NewbornState.ZERO,
          LastUpdate.REMOVE_ONLY,
          Timing.AROUND_TEST);
    }
  },

  /**
   * The same network rewired within the epoch, as a later part of that study does: after each step
   * each sparse layer with probability 0.1. Newborn connections find the momentum that others left
   * behind, and all connections are there in the test.
   */
  EVOLNET("the same, rewired within the epoch with probability 0.1 a step and layer") {
    @Override
    public Recipe recipe() {
      return synapses(
          450,
          new UpdateSchedule.ByChance(0.1, Schedule.constant(0.3)),
          NewbornState.INHERITED,
          LastUpdate.SKIP,
          Timing.AFTER_TEST);
    }
  };

  private final String summary;

  Preset(String summary) {
    this.summary = summary;
  }

  /**
   * Returns all settings.
   *
   * @return a recipe to use or to change
   */
  public abstract Recipe recipe();

  /**
   * Returns the name used on the command line.
   *
   * @return for example {@code scipy-lung}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Says in a few words what this is.
   *
   * @return for help texts
   */
  public String summary() {
    return summary;
  }

  private static Recipe scipy(
      List<Integer> hidden,
      double epsilon,
      double rate,
      int batch,
      int epochs,
      Dropout dropout,
      ScalingKind scaling) {
    return new Recipe(
        hidden,
        new DensityAllocation.Epsilon(epsilon),
        Sampler.WITH_REPLACEMENT,
        false,
        List.of(),
        new Activation.Relu(),
        new Activation.ScipySigmoid(),
        dropout,
        new Initializer.Normal(0.1),
        null,
        new Loss.ScipySquaredError(),
        scaling,
        plan(
            sgd(rate, 0.9, new WeightDecay(WeightDecay.Kind.SCIPY, 2e-4, true)),
            scipyEvolution(true),
            batch,
            epochs));
  }

  private static Recipe synapses(
      int epochs, UpdateSchedule when, NewbornState newborn, LastUpdate last, Timing timing) {
    return new Recipe(
        List.of(512, 128),
        new DensityAllocation.Epsilon(11),
        Sampler.EXACT,
        true,
        List.of(),
        new Activation.Relu(),
        new Activation.Identity(),
        Dropout.NONE,
        new Initializer.Synapses(),
        new Initializer.TorchLinear(),
        new Loss.SoftmaxCrossEntropy(),
        ScalingKind.GLOBAL,
        plan(
            sgd(0.01, 0.5, WeightDecay.NONE),
            new Evolution(
                new SignedMagnitudeDrop(false),
                new RandomGrow(),
                when,
                new ConnectionTarget.Current(),
                false,
                new NewbornWeight.AsInitial(),
                newborn,
                last,
                timing,
                false,
                1),
            128,
            epochs));
  }

  private static Evolution scipyEvolution(boolean evolveOutput) {
    return new Evolution(
        new ScipyDrop(),
        new RandomGrow(),
        new UpdateSchedule.EveryEpoch(0.3),
        new ConnectionTarget.Current(),
        true,
        new NewbornWeight.AsInitial(),
        NewbornState.ZERO,
        LastUpdate.SKIP,
        Timing.AFTER_TEST,
        evolveOutput,
        1);
  }

  private static Sgd sgd(double rate, double momentum, WeightDecay decay) {
    return Sgd.rate(rate).momentum(momentum).weightDecay(decay);
  }

  private static TrainingPlan plan(Sgd sgd, Evolution evolution, int batch, int epochs) {
    return new TrainingPlan(
        sgd, evolution, batch, epochs, 0, Compute.defaultThreads(), MemoryMode.STANDARD);
  }
}
