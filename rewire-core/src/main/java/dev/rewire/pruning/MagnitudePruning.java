package dev.rewire.pruning;

import dev.rewire.evolution.SmallestWeights;
import dev.rewire.layer.Compute;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.network.Network;
import dev.rewire.parallel.WorkerTeam;
import java.util.ArrayList;
import java.util.List;

/**
 * Pruning of a trained network at once (Han et al. 2015): of each layer the connections with the
 * smallest absolute weights go, of equal ones those with the lowest cells. The others keep their
 * weights to the bit, and what the optimizer remembers about them.
 *
 * <p>No layer is cut off: where no way would lead from the inputs to the outputs any more, the
 * strongest one there was stays, see {@link StrongestPath}, and in each layer the next smallest
 * connection goes instead, so that the count is the same as long as there is another one.
 *
 * @param budget how many stay in each layer
 * @param output whether the output layer is pruned, too
 */
public record MagnitudePruning(PruningBudget budget, boolean output) {
  /**
   * Prunes.
   *
   * @param network any; it is not changed
   * @return the smaller network
   */
  public Pruned prune(Network network) {
    try (WorkerTeam team = new WorkerTeam(Compute.defaultThreads())) {
      int pruned = network.layers().size() - (output ? 0 : 1);
      List<SparseLayer> layers = network.layers().subList(0, pruned);
      int[] kept = budget.kept(layers, output, team);
      List<Bits> marks = new ArrayList<>();
      for (SparseLayer layer : network.layers()) {
        int l = layer.index();
        int gone = l < pruned ? layer.topology().connections() - kept[l] : 0;
        Bits dropped = new Bits();
        SmallestWeights.mark(layer.weight(), gone, dropped, team);
        marks.add(dropped);
      }
      Network rest = rest(network, marks);
      int saved = 0;
      if (!StrongestPath.exists(rest)) {
        int[] path = StrongestPath.of(network);
        for (int l = 0; l < Math.min(pruned, path.length); l++) {
          saved += save(layers.get(l), path[l], marks.get(l));
        }
        rest = saved > 0 ? rest(network, marks) : rest;
      }
      marks.forEach(Bits::close);
      return new Pruned(rest, saved);
    }
  }

  private static Network rest(Network network, List<Bits> marks) {
    List<SparseLayer> layers = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      layers.add(LayerCut.without(layer, marks.get(layer.index())));
    }
    return network.withLayers(layers, network.steps());
  }

  /** Keeps a connection, and lets the smallest of those that stay go for it. */
  private static int save(SparseLayer layer, int edge, Bits dropped) {
    if (!dropped.get(edge)) {
      return 0;
    }
    int smallest = -1;
    for (int e = 0; e < layer.topology().connections(); e++) {
      boolean smaller =
          smallest < 0 || Math.abs(layer.weight().get(e)) < Math.abs(layer.weight().get(smallest));
      if (!dropped.get(e) && smaller) {
        smallest = e;
      }
    }
    dropped.clear(edge);
    if (smallest >= 0) {
      dropped.set(smallest);
    }
    return 1;
  }
}
