package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.model.Fingerprint;
import dev.rewire.model.ModelFile;
import dev.rewire.network.Network;
import dev.rewire.optimizer.Optimizer;
import dev.rewire.optimizer.Optimizer.Role;
import dev.rewire.parallel.WorkerTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What an {@link Optimizer} has to keep to. Extend it, say how yours is made, and run it. Its
 * learning rate should be one that a parabola of curvature 1 can bear.
 */
public abstract class OptimizerContract {
  private static final int COUNT = 1000;
  private static final int STEPS = 5;

  /** For subclasses. */
  protected OptimizerContract() {}

  /**
   * Makes the optimizer.
   *
   * @return a new one each time, all alike
   */
  protected abstract Optimizer optimizer();

  /**
   * Lists arguments that the optimizer must refuse.
   *
   * @return calls that have to throw {@link IllegalArgumentException}; none by default
   */
  protected List<Supplier<Optimizer>> illegal() {
    return List.of();
  }

  /**
   * Says whether chance decides, by the number of a parameter.
   *
   * @return true if the same parameter goes another way at another place; false by default
   */
  protected boolean throwsDice() {
    return false;
  }

  /** Parameters and what is remembered about them. */
  private record Parameters(Floats value, Floats[] state) {
    static Parameters random(Optimizer optimizer) {
      SplittableRandom random = new SplittableRandom(3);
      Floats value = new Floats(COUNT);
      for (int i = 0; i < COUNT; i++) {
        value.set(i, i % 10 == 0 ? 0f : (float) random.nextGaussian());
      }
      return zeroState(optimizer, value);
    }

    static Parameters zeroState(Optimizer optimizer, Floats value) {
      Floats[] state = new Floats[optimizer.slots().size()];
      for (int slot = 0; slot < state.length; slot++) {
        state[slot] = new Floats(value.length());
      }
      return new Parameters(value, state);
    }

    /** The same in the order from the last to the first. */
    Parameters reversed() {
      Floats[] states = new Floats[state.length];
      for (int slot = 0; slot < states.length; slot++) {
        states[slot] = reverse(state[slot]);
      }
      return new Parameters(reverse(value), states);
    }

    void update(Optimizer optimizer, long step, Role role, Floats gradient, long from, long to) {
      optimizer.update(
          KernelProvider.get().descent(), step, role, gradient, value, state, from, to);
    }

    void checkSame(Parameters other, String what) {
      assertThat(value.toArray()).as("values, %s", what).isEqualTo(other.value.toArray());
      for (int slot = 0; slot < state.length; slot++) {
        assertThat(state[slot].toArray())
            .as("slot %d, %s", slot, what)
            .isEqualTo(other.state[slot].toArray());
      }
    }

    void checkFinite() {
      for (float number : value.toArray()) {
        assertThat(number).as("values").isFinite();
      }
      for (Floats slot : state) {
        for (float number : slot.toArray()) {
          assertThat(number).as("state").isFinite();
        }
      }
    }
  }

  private static Floats reverse(Floats values) {
    Floats reversed = new Floats(values.length());
    for (long i = 0; i < values.length(); i++) {
      reversed.set(i, values.get(values.length() - 1 - i));
    }
    return reversed;
  }

  /** Gradients of a step; every seventh is 0. */
  private static Floats gradient(long step, int count) {
    SplittableRandom random = new SplittableRandom(step);
    Floats gradient = new Floats(count);
    for (int i = 0; i < count; i++) {
      float drawn = (float) random.nextGaussian();
      gradient.set(i, i % 7 == 0 ? 0f : drawn);
    }
    return gradient;
  }

  private static Floats part(Floats all, int from, int to) {
    Floats part = new Floats(to - from);
    part.copy(all, from, 0, to - from);
    return part;
  }

  /** A few steps, all parameters at once. */
  private static Parameters stepped(Optimizer optimizer, Role role) {
    Parameters parameters = Parameters.random(optimizer);
    for (int step = 0; step < STEPS; step++) {
      parameters.update(optimizer, step, role, gradient(step, COUNT), 0, COUNT);
    }
    return parameters;
  }

  /** Slots have names of their own, always the same, that can stand in a model file. */
  @Test
  public final void slotsHaveNames() {
    List<String> slots = optimizer().slots();
    assertThat(slots).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_]+"));
    assertThat(optimizer().slots()).isEqualTo(slots);
  }

  /** Something is learned from gradients. */
  @Test
  public final void changesParameters() {
    for (Role role : Role.values()) {
      Optimizer optimizer = optimizer();
      assertThat(stepped(optimizer, role).value.toArray())
          .as("values after %d steps", STEPS)
          .isNotEqualTo(Parameters.random(optimizer).value.toArray());
    }
  }

  /** What lies before and after a run stays as it is; a run of nothing changes nothing. */
  @Test
  public final void changesItsRunAlone() {
    for (Role role : Role.values()) {
      for (int[] run : new int[][] {{137, 611}, {0, 1}, {999, 1000}, {64, 64}}) {
        Optimizer optimizer = optimizer();
        Parameters parameters = stepped(optimizer, role);
        Parameters before = stepped(optimizer, role);
        Floats gradient = gradient(STEPS, run[1] - run[0]);
        parameters.update(optimizer, STEPS, role, gradient, run[0], run[1]);
        for (int i = run[0]; i < run[1]; i++) {
          before.value.set(i, parameters.value.get(i));
          for (int slot = 0; slot < before.state.length; slot++) {
            before.state[slot].set(i, parameters.state[slot].get(i));
          }
        }
        parameters.checkSame(before, "outside the run %d to %d".formatted(run[0], run[1]));
      }
    }
  }

  /** Runs are cut anywhere and done by several threads at once. */
  @Test
  public final void anyCutGivesTheSameBits() {
    int[] cuts = {0, 1, 8, 72, 73, 200, 455, 900, 999, COUNT};
    for (Role role : Role.values()) {
      Optimizer optimizer = optimizer();
      Parameters parameters = Parameters.random(optimizer);
      try (WorkerTeam team = new WorkerTeam(3)) {
        for (int step = 0; step < STEPS; step++) {
          long now = step;
          Floats gradient = gradient(step, COUNT);
          team.run(
              cuts.length - 1,
              (part, worker) -> {
                int from = cuts[part];
                int to = cuts[part + 1];
                parameters.update(optimizer, now, role, part(gradient, from, to), from, to);
              });
        }
      }
      parameters.checkSame(stepped(optimizer, role), "in parts, on several threads");
    }
  }

  /** A parameter depends on itself, its gradient and its slots, not on its place or neighbours. */
  @Test
  public final void everyParameterIsAlone() {
    if (throwsDice()) {
      return;
    }
    for (Role role : Role.values()) {
      Optimizer optimizer = optimizer();
      Parameters parameters = Parameters.random(optimizer).reversed();
      for (int step = 0; step < STEPS; step++) {
        Floats gradient = reverse(gradient(step, COUNT));
        parameters.update(optimizer, step, role, gradient, 0, COUNT);
      }
      parameters.reversed().checkSame(stepped(optimizer, role), "in reversed order");
    }
  }

  /** The memory is in the slots: one optimizer serves all layers, and a run that goes on too. */
  @Test
  public final void remembersNothingItself() {
    Optimizer used = optimizer();
    for (Role role : Role.values()) {
      stepped(used, role);
    }
    for (Role role : Role.values()) {
      stepped(used, role).checkSame(stepped(optimizer(), role), "by an optimizer in use");
    }
  }

  /** Connections are born late, with a state of 0, a weight of 0, and may get no gradient. */
  @Test
  public final void newbornsBeginCleanly() {
    for (Role role : Role.values()) {
      for (long step : new long[] {0, 1, 1_000_000}) {
        Optimizer optimizer = optimizer();
        Parameters newborn = Parameters.zeroState(optimizer, new Floats(COUNT));
        newborn.update(optimizer, step, role, new Floats(COUNT), 0, COUNT);
        newborn.checkFinite();
        newborn.update(optimizer, step + 1, role, gradient(1, COUNT), 0, COUNT);
        newborn.checkFinite();
      }
    }
  }

  /** Down a parabola: the gradient of a parameter is the parameter. */
  @Test
  public final void goesDownhill() {
    for (Role role : Role.values()) {
      Optimizer optimizer = optimizer();
      Parameters parameters = Parameters.random(optimizer);
      double before = squares(parameters.value);
      for (int step = 0; step < 500; step++) {
        parameters.update(optimizer, step, role, parameters.value.duplicate(), 0, COUNT);
      }
      parameters.checkFinite();
      assertThat(squares(parameters.value)).as("sum of squares").isLessThan(before);
    }
  }

  private static double squares(Floats values) {
    double sum = 0;
    for (float value : values.toArray()) {
      sum += (double) value * value;
    }
    return sum;
  }

  /** What is remembered about a connection moves with it when the network rewires itself. */
  @Test
  public final void stateFollowsItsConnection() {
    for (Specimen specimen : Specimen.ALL) {
      SparseLayer layer = specimen.layer(optimizer());
      assertThat(layer.slots()).isEqualTo(optimizer().slots());
      Trial.checkEvolution(
          Trial.evolution(
              new MagnitudeDrop(), new RandomGrow(), new ConnectionTarget.Current(), true),
          0.3,
          layer);
    }
  }

  /**
   * A model file keeps the state, and training goes on from it with the same bits.
   *
   * @throws IOException if no temporary file can be written
   */
  @Test
  public final void trainingGoesOnFromAFile() throws IOException {
    Network network = SmallTraining.network();
    SmallTraining.train(SmallTraining.plan().withOptimizer(optimizer()), network);
    Path file = Files.createTempFile("contract", ".safetensors");
    try {
      ModelFile.write(network, file);
      Network again = ModelFile.read(file);
      List<Network> both = List.of(network, again);
      both.forEach(
          one -> SmallTraining.train(SmallTraining.plan().withOptimizer(optimizer()), one));
      assertThat(Fingerprint.of(again))
          .as("weights after going on from a file")
          .isEqualTo(Fingerprint.of(network));
    } finally {
      Files.delete(file);
    }
  }

  /** A whole training has the same bits on any number of threads. */
  @Test
  public final void trainsToTheSameBitsOnAnyNumberOfThreads() {
    SmallTraining.checkThreads(SmallTraining.plan().withOptimizer(optimizer()));
  }

  /** Arguments out of range are refused with a sentence. */
  @Test
  public final void refusesIllegalArguments() {
    Trial.checkRefused(illegal());
  }
}
