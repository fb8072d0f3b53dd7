package dev.rewire.layer;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.parallel.Partition;
import dev.rewire.parallel.RangeTask;
import dev.rewire.topology.Topology;

/**
 * The gradient of a layer's inputs where batch and layer are small: each group of output neurons
 * adds to inputs of its own, and these are added up in the order of the groups. The number of
 * groups is fixed, so the sums are the same on any number of threads.
 *
 * <p>This way a thread reads the weights of whole rows, and mostly of those that it also updates.
 * Where threads own inputs instead, each reads its piece of every row; lines of weights then lie in
 * all their caches, and the step of the optimizer waits for each line until the others have given
 * it up: it took three times as long as on one thread.
 */
final class SummedInputGradient extends InputGradient {
  /** A thread needs one at least; each costs one addition an input. */
  private static final int GROUPS = 8;

  /** Connections of an input at the least, so that adding up costs little beside them. */
  private static final int LEAST_FAN_OUT = 2 * GROUPS;

  /** Bytes of all inputs at the most: a group goes through them all, again and again. */
  private static final int MOST_BYTES = 1 << 17;

  private final RangeTask groupTask = this::addGroup;
  private final RangeTask sumTask = this::sum;
  private final Activations[] groups = new Activations[GROUPS];
  private final Partition inputs;
  private Partition outputs = Partition.equal(1, 1);

  SummedInputGradient(LayerPass pass, LayerPass before, Compute compute) {
    super(pass, before, compute);
    int units = result.units();
    long length = Activations.length(units, result.samples());
    Floats common = compute.common(length * (GROUPS - 1));
    groups[0] = result;
    for (int g = 1; g < GROUPS; g++) {
      groups[g] =
          Activations.view(
              Floats.view(
                  common.segment().asSlice((g - 1) * length * Float.BYTES, length * Float.BYTES)),
              units,
              result.samples());
    }
    inputs = Partition.equal(Math.ceilDiv(units, align()), (long) GROUPS * align());
  }

  /** Depends on the connections of the moment, so that a run that was stopped goes on as it was. */
  static boolean suits(Topology topology, Activations result) {
    return result.width() <= MemoryMode.SMALL_BATCH
        && Activations.length(result.units(), result.samples()) <= MOST_BYTES / Float.BYTES
        && topology.connections() >= (long) LEAST_FAN_OUT * topology.inputs();
  }

  @Override
  void cut(Topology topology) {
    outputs = Partition.groups(topology.rowStart(), GROUPS);
  }

  @Override
  void run() {
    compute.team().run(GROUPS, groupTask);
    compute.team().run(inputs.parts(), sumTask);
  }

  private void addGroup(int group, int worker) {
    Topology topology = layer.topology();
    Ints rowStart = topology.rowStart();
    Activations sums = groups[group];
    sums.values().clear();
    kernels.scatter(
        rowStart,
        rowStart,
        1,
        topology.column(),
        layer.weight(),
        gradient,
        sums,
        0,
        outputs.from(group),
        outputs.to(group));
  }

  private void sum(int part, int worker) {
    int from = inputs.from(part) * align();
    int to = Math.min(inputs.to(part) * align(), layer.inputs());
    for (int g = 1; g < GROUPS; g++) {
      kernels
          .norms()
          .add(result.values(), groups[g].values(), result.row(0, from), result.end(0, to));
    }
    before.throughActivation(from, to);
  }
}
