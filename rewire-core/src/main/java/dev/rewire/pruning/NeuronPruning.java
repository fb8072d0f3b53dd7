package dev.rewire.pruning;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Bits;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Importance pruning (Curci et al. 2021): the importance of a hidden neuron is the sum of the
 * absolute weights that come into it, and the least important neurons of each hidden layer lose all
 * their inputs. They say {@code f(bias)} from then on, as in the published code; {@link Compaction}
 * takes them out.
 *
 * <p>The most important neurons of a layer always stay, also where all are alike, and so do the
 * neurons of the {@link StrongestPath} where no way would lead to the outputs any more. Layers
 * whose neurons depend on each other stay as they are, see {@link Compaction#isFree}.
 *
 * @param percentile neurons at or below this percentile of their layer go, above 0, below 1; the
 *     paper's is 0.2
 */
public record NeuronPruning(double percentile) {
  /** Checks the percentile. */
  public NeuronPruning {
    if (!(percentile > 0 && percentile < 1)) {
      throw new IllegalArgumentException(
          "the share of neurons to prune must be above 0 and below 1: " + percentile);
    }
  }

  /**
   * Measures the neurons of a layer.
   *
   * @param layer any
   * @return the sum of the absolute weights that come into each
   */
  public static double[] importance(SparseLayer layer) {
    Topology topology = layer.topology();
    Floats weight = layer.weight();
    double[] importance = new double[topology.outputs()];
    for (int j = 0; j < importance.length; j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        importance[j] += Math.abs(weight.get(e));
      }
    }
    return importance;
  }

  /**
   * Takes the inputs of the least important neurons away.
   *
   * @param network any; it is not changed
   * @return a network of the same neurons, some of them without inputs
   */
  public Pruned prune(Network network) {
    int hidden = network.layers().size() - 1;
    boolean[][] goes = new boolean[hidden][];
    for (int l = 0; l < hidden; l++) {
      goes[l] = least(network.layers().get(l));
    }
    Network rest = rest(network, goes);
    int saved = 0;
    if (!StrongestPath.exists(rest)) {
      int[] path = StrongestPath.of(network);
      for (int l = 0; l < Math.min(hidden, path.length); l++) {
        Topology topology = network.layers().get(l).topology();
        int neuron = Topology.row(topology.rowStart(), path[l]);
        saved += goes[l][neuron] ? topology.fanIn(neuron) : 0;
        goes[l][neuron] = false;
      }
      rest = rest(network, goes);
    }
    return new Pruned(rest, saved);
  }

  private boolean[] least(SparseLayer layer) {
    boolean[] goes = new boolean[layer.outputs()];
    if (Compaction.isFree(layer)) {
      double[] importance = importance(layer);
      double[] sorted = importance.clone();
      Arrays.sort(sorted);
      double bound = percentile(sorted);
      for (int j = 0; j < goes.length; j++) {
        goes[j] = importance[j] <= bound && importance[j] < sorted[sorted.length - 1];
      }
    }
    return goes;
  }

  /** Between two numbers it lies where NumPy's percentile does. */
  private double percentile(double[] sorted) {
    double place = percentile * (sorted.length - 1);
    int below = (int) place;
    double next = sorted[Math.min(below + 1, sorted.length - 1)];
    return sorted[below] + (place - below) * (next - sorted[below]);
  }

  private static Network rest(Network network, boolean[][] goes) {
    List<SparseLayer> layers = new ArrayList<>();
    for (SparseLayer layer : network.layers()) {
      boolean hidden = layer.index() < goes.length;
      layers.add(withoutInputs(layer, hidden ? goes[layer.index()] : new boolean[layer.outputs()]));
    }
    return network.withLayers(layers, network.steps());
  }

  private static SparseLayer withoutInputs(SparseLayer layer, boolean[] goes) {
    Topology topology = layer.topology();
    try (Bits dropped = new Bits()) {
      dropped.reset(topology.connections());
      for (int j = 0; j < goes.length; j++) {
        if (goes[j]) {
          int end = topology.rowStart().get(j + 1L);
          for (int e = topology.rowStart().get(j); e < end; e++) {
            dropped.set(e);
          }
        }
      }
      return LayerCut.without(layer, dropped);
    }
  }
}
