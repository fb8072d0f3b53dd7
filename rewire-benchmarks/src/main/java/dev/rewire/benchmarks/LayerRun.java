package dev.rewire.benchmarks;

import dev.rewire.evolution.ConnectionTarget;
import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.evolution.GradientGrow;
import dev.rewire.evolution.GrowRule;
import dev.rewire.evolution.LastUpdate;
import dev.rewire.evolution.MagnitudeDrop;
import dev.rewire.evolution.NewbornState;
import dev.rewire.evolution.NewbornWeight;
import dev.rewire.evolution.RandomGrow;
import dev.rewire.evolution.SampledGradientGrow;
import dev.rewire.evolution.Timing;
import dev.rewire.evolution.UpdateSchedule;
import dev.rewire.layer.Activation;
import dev.rewire.layer.Compute;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.Signals;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Activations;
import dev.rewire.optimizer.Sgd;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;
import dev.rewire.topology.CellList;
import dev.rewire.topology.DistinctNumbers;
import dev.rewire.topology.Topology;
import java.util.List;
import java.util.SplittableRandom;

/** Evolves one large layer in a JVM of its own, twice. */
final class LayerRun {
  private static final int WIDTH = 100_000;
  private static final int CONNECTIONS = 4_000_000;

  private LayerRun() {}

  /**
   * Evolves.
   *
   * @param args how it grows, samples of the batch, threads
   */
  public static void main(String[] args) {
    GrowRule growth =
        switch (args[0]) {
          case "random" -> new RandomGrow();
          case "sampled-gradient" -> SampledGradientGrow.DEFAULT;
          default -> GradientGrow.DEFAULT;
        };
    int batch = Integer.parseInt(args[1]);
    try (Compute compute = new Compute(Integer.parseInt(args[2]));
        EvolutionWorkspace workspace = new EvolutionWorkspace(compute.team())) {
      SparseLayer layer = layer(compute);
      Activations gradient = draw(batch, 2);
      Signals signals =
          new Signals(
              compute, List.of(new Signals.Batch(draw(batch, 1), null, gradient, gradient, batch)));
      workspace.show(any -> signals);
      Evolution evolution = evolution(growth);
      Child.report("first", evolve(evolution, layer, 0, workspace));
      Child.report("second", evolve(evolution, layer, 1, workspace));
    }
    Child.report("peak", ScaleRun.peak());
  }

  private static double evolve(
      Evolution evolution, SparseLayer layer, int update, EvolutionWorkspace workspace) {
    long start = System.nanoTime();
    evolution.evolve(layer, 0.3, Moment.START, update, new RandomStreams(5), workspace);
    return Stopwatch.seconds(start);
  }

  private static SparseLayer layer(Compute compute) {
    Topology topology;
    try (DistinctNumbers numbers = new DistinctNumbers(compute.team());
        CellList cells = new CellList()) {
      numbers.draw((long) WIDTH * WIDTH, CONNECTIONS, 1, cells);
      topology = Topology.ofCells(WIDTH, WIDTH, cells, compute.team());
    }
    SparseLayer layer =
        SparseLayer.initialized(
            0,
            topology,
            List.of(),
            new Activation.Relu(),
            Dropout.NONE,
            new Initializer.Normal(0.1),
            new RandomStreams(3),
            compute.team());
    layer.prepare(Sgd.rate(0.1).momentum(0.9));
    return layer;
  }

  private static Activations draw(int batch, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Activations drawn = new Activations(WIDTH, batch);
    for (long i = 0; i < drawn.values().length(); i++) {
      drawn.values().set(i, (float) (random.nextDouble() - 0.5));
    }
    return drawn;
  }

  private static Evolution evolution(GrowRule growth) {
    return new Evolution(
        new MagnitudeDrop(),
        growth,
        new UpdateSchedule.EveryEpoch(0.3),
        new ConnectionTarget.Initial(),
        true,
        new NewbornWeight.KeepIfSameCell(),
        NewbornState.KEEP_IF_SAME_CELL,
        LastUpdate.SKIP,
        Timing.AFTER_TEST,
        true,
        1);
  }
}
