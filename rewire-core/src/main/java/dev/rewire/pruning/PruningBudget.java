package dev.rewire.pruning;

import dev.rewire.evolution.SmallestWeights;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.parallel.WorkerTeam;
import java.util.List;

/** How many connections of each layer stay when a network is pruned by magnitude. */
public sealed interface PruningBudget {
  /**
   * Counts.
   *
   * @param layers the layers that are pruned
   * @param output whether the last of them is the output layer of the network
   * @param team threads to work on
   * @return one number a layer, 0 to its connections
   */
  int[] kept(List<SparseLayer> layers, boolean output, WorkerTeam team);

  /**
   * The same density for each layer; one that is sparser already stays as it is.
   *
   * @param density share of the possible connections that stay, 0 to 1
   */
  record LayerDensity(double density) implements PruningBudget {
    /** Checks the density. */
    public LayerDensity {
      checkShare("density", density);
    }

    @Override
    public int[] kept(List<SparseLayer> layers, boolean output, WorkerTeam team) {
      return layers.stream()
          .mapToInt(layer ->
              (int)
                  Math.min(
                      Math.rint(density * layer.topology().cells()),
                      layer.topology().connections()))
          .toArray();
    }
  }

  /**
   * A density of all layers together, by one bound for their weights: layers with large weights
   * stay denser.
   *
   * @param density share of the possible connections of the pruned layers that stay, 0 to 1
   */
  record GlobalDensity(double density) implements PruningBudget {
    /** Checks the density. */
    public GlobalDensity {
      checkShare("density", density);
    }

    @Override
    public int[] kept(List<SparseLayer> layers, boolean output, WorkerTeam team) {
      double cells = 0;
      long connections = 0;
      for (SparseLayer layer : layers) {
        cells += layer.topology().cells();
        connections += layer.topology().connections();
      }
      long gone = Math.max(0, connections - (long) Math.rint(density * cells));
      int[] kept =
          SmallestWeights.counts(layers.stream().map(SparseLayer::weight).toList(), gone, team);
      for (int l = 0; l < kept.length; l++) {
        kept[l] = layers.get(l).topology().connections() - kept[l];
      }
      return kept;
    }
  }

  /**
   * A share of the connections that each layer has: what iterative pruning does round after round
   * (Frankle and Carbin 2019: 0.8, and 0.9 in the output layer).
   *
   * @param share of the connections that stay, 0 to 1
   * @param outputShare the same for the output layer, 0 to 1
   */
  record Survivors(double share, double outputShare) implements PruningBudget {
    /** Checks the shares. */
    public Survivors {
      checkShare("share of survivors", share);
      checkShare("share of survivors of the output layer", outputShare);
    }

    @Override
    public int[] kept(List<SparseLayer> layers, boolean output, WorkerTeam team) {
      int[] kept = new int[layers.size()];
      for (int l = 0; l < kept.length; l++) {
        boolean last = output && l == kept.length - 1;
        int connections = layers.get(l).topology().connections();
        kept[l] = (int) Math.rint((last ? outputShare : share) * connections);
      }
      return kept;
    }
  }

  /**
   * The threshold of Han et al. 2015: in each layer the weights below {@code quality * sigma} go,
   * where sigma is the standard deviation of the weights of the layer's connections.
   *
   * @param quality 0 or more; 0 keeps all, 1 about a third of normally distributed weights
   */
  record Deviations(double quality) implements PruningBudget {
    /** Checks the factor. */
    public Deviations {
      if (!(quality >= 0 && quality < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the threshold must be 0 or more standard deviations: " + quality);
      }
    }

    @Override
    public int[] kept(List<SparseLayer> layers, boolean output, WorkerTeam team) {
      return layers.stream().mapToInt(layer -> kept(layer.weight())).toArray();
    }

    private int kept(Floats weights) {
      double sum = 0;
      for (long e = 0; e < weights.length(); e++) {
        sum += weights.get(e);
      }
      double mean = sum / weights.length();
      double squares = 0;
      for (long e = 0; e < weights.length(); e++) {
        double distance = weights.get(e) - mean;
        squares += distance * distance;
      }
      double bound = quality * Math.sqrt(squares / weights.length());
      int below = 0;
      for (long e = 0; e < weights.length(); e++) {
        below += Math.abs(weights.get(e)) < bound ? 1 : 0;
      }
      return (int) weights.length() - below;
    }
  }

  private static void checkShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1: " + share);
    }
  }
}
