package dev.rewire.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.DropRule;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.TopologyUpdate;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;

/** Evolutions to try rules in, and what has to hold after each. */
final class Trial {
  static final List<Integer> THREADS = List.of(1, 2, 3, 7);
  static final RandomStreams STREAMS = new RandomStreams(17);

  private static final int SAMPLES = 3;

  private Trial() {}

  /** An evolution without surprises around two rules. */
  static Evolution evolution(
      DropRule drop, GrowRule grow, ConnectionTarget target, boolean mayReturn) {
    return new Evolution(
        drop,
        grow,
        new UpdateSchedule.EveryEpoch(0.3),
        target,
        mayReturn,
        new NewbornWeight.Zero(),
        NewbornState.ZERO,
        LastUpdate.FULL,
        Timing.AFTER_TEST,
        true,
        1);
  }

  /** What is done with threads and memory. */
  interface Work<T> {
    T in(EvolutionWorkspace workspace);
  }

  static <T> T with(int threads, Work<T> work) {
    try (Compute compute = new Compute(threads);
        EvolutionWorkspace workspace = new EvolutionWorkspace(compute.team())) {
      workspace.show(layer -> signals(compute, layer));
      return work.in(workspace);
    }
  }

  /** What a layer might have seen in two batches; some neurons are silent. */
  private static Signals signals(Compute compute, SparseLayer layer) {
    SplittableRandom random = new SplittableRandom(layer.inputs() * 7L + layer.outputs());
    List<Signals.Batch> batches = new ArrayList<>();
    for (int batch = 0; batch < 2; batch++) {
      batches.add(
          new Signals.Batch(
              draw(layer.inputs(), random),
              null,
              draw(layer.outputs(), random),
              draw(layer.outputs(), random),
              SAMPLES));
    }
    return new Signals(compute, batches);
  }

  private static Activations draw(int units, SplittableRandom random) {
    Activations drawn = new Activations(units, SAMPLES);
    for (int unit = 0; unit < units; unit++) {
      boolean silent = random.nextInt(5) == 0;
      for (int b = 0; b < SAMPLES; b++) {
        drawn.set(unit, b, silent ? 0f : (float) (random.nextDouble() - 0.5));
      }
    }
    return drawn;
  }

  static BitSet set(Bits bits) {
    BitSet set = new BitSet();
    for (int number = 0; number < bits.length(); number++) {
      set.set(number, bits.get(number));
    }
    return set;
  }

  /** Evolves a layer, and compares it with a map of its cells to which the same was done. */
  static void checkEvolution(Evolution evolution, double fraction, SparseLayer layer) {
    TreeMap<Long, Float> weights = byCell(layer.topology(), layer.weight());
    List<TreeMap<Long, Float>> states =
        List.of(layer.weightState()).stream()
            .map(state -> byCell(layer.topology(), state))
            .toList();
    with(
        2,
        workspace -> {
          TopologyUpdate update =
              evolution.evolve(layer, fraction, Moment.START, 0, STREAMS, workspace);
          layer.topology().checkInvariants();
          for (long cell : update.dropped().toArray()) {
            if (weights.remove(cell) == null) {
              fail("cell %d lost a connection that it did not have", cell);
            }
            states.forEach(state -> state.remove(cell));
          }
          for (long cell : update.grown().toArray()) {
            if (weights.put(cell, 0f) != null) {
              fail("cell %d got a connection that it had already", cell);
            }
            states.forEach(state -> state.put(cell, 0f));
          }
          return update.connections();
        });
    assertThat(byCell(layer.topology(), layer.weight()))
        .as("survivors keep their weights, newcomers begin with 0")
        .isEqualTo(weights);
    for (int slot = 0; slot < states.size(); slot++) {
      assertThat(byCell(layer.topology(), layer.weightState()[slot]))
          .as("survivors keep slot %d, newcomers begin with 0", slot)
          .isEqualTo(states.get(slot));
    }
  }

  private static TreeMap<Long, Float> byCell(Topology topology, Floats values) {
    TreeMap<Long, Float> byCell = new TreeMap<>();
    for (int j = 0; j < topology.outputs(); j++) {
      for (int e = topology.rowStart().get(j); e < topology.rowStart().get(j + 1L); e++) {
        byCell.put((long) j * topology.inputs() + topology.column().get(e), values.get(e));
      }
    }
    return byCell;
  }

  /** Each of them has to be refused with a sentence. */
  static void checkRefused(List<? extends Supplier<?>> illegal) {
    for (int i = 0; i < illegal.size(); i++) {
      Assertions.assertThatThrownBy(illegal.get(i)::get)
          .as("illegal arguments, number %d of the list", i)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .isNotBlank();
    }
  }
}
