package dev.rewire.benchmarks;

import dev.rewire.evolution.Evolution;
import dev.rewire.evolution.EvolutionWorkspace;
import dev.rewire.kernel.KernelProvider;
import dev.rewire.layer.SparseLayer;
import dev.rewire.random.RandomStreams;
import dev.rewire.schedule.Moment;

/** Measures a training step and an evolution of one layer, in a JVM of its own. */
public final class EvolutionRun {
  private static final Evolution SET = Evolution.set(Evolution.DEFAULT_ZETA);

  /** Evolutions in all that a layer goes through: the fastest of them counts. */
  private static final int LEAST = 20;

  private static final double SECONDS = 6;

  private EvolutionRun() {}

  /**
   * Reports seconds of {@code step} and {@code evolution}, the latter with the transposed index
   * that the next step needs.
   *
   * @param args layer, threads
   */
  public static void main(String[] args) {
    LayerProblem problem = LayerProblem.random(args[0]);
    int threads = Integer.parseInt(args[1]);
    try (RewireLayer rewire = new RewireLayer(problem, threads, KernelProvider.get());
        EvolutionWorkspace workspace = new EvolutionWorkspace(rewire.compute().team())) {
      Child.report("step", Stopwatch.fastest(rewire::step));
      double fastest = Double.POSITIVE_INFINITY;
      long begin = System.nanoTime();
      for (int update = 0; update < LEAST || Stopwatch.seconds(begin) < SECONDS; update++) {
        long start = System.nanoTime();
        evolve(rewire, update, workspace);
        fastest = Math.min(fastest, Stopwatch.seconds(start));
        // Weights of newborn connections must not stay 0: the next removal would find only them.
        rewire.step();
      }
      Child.report("evolution", fastest);
    }
  }

  private static void evolve(RewireLayer rewire, int update, EvolutionWorkspace workspace) {
    SparseLayer layer = rewire.layer();
    RandomStreams streams = new RandomStreams(5);
    SET.evolve(layer, Evolution.DEFAULT_ZETA, Moment.START, update, streams, workspace);
    layer.topology().index(rewire.compute().team());
  }
}
