package dev.rewire.pruning;

import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.network.Network;
import dev.rewire.topology.Topology;
import java.util.Arrays;

/**
 * The way from an input to an output along which the product of the absolute weights is largest:
 * one connection a layer, found in time proportional to the connections.
 */
public final class StrongestPath {
  private StrongestPath() {}

  /**
   * Says whether any way leads from the inputs to the outputs.
   *
   * @param network any
   * @return false if a layer is cut off
   */
  public static boolean exists(Network network) {
    return of(network).length > 0;
  }

  /**
   * Finds the way; of several that are equally strong the one with the lowest cells.
   *
   * @param network any
   * @return the number of one connection a layer, from the input on, or nothing if there is no way
   */
  public static int[] of(Network network) {
    int layers = network.layers().size();
    int[][] last = new int[layers][];
    double[] strength = new double[network.inputs()];
    for (int l = 0; l < layers; l++) {
      SparseLayer layer = network.layers().get(l);
      last[l] = new int[layer.outputs()];
      strength = next(layer, strength, last[l]);
    }
    int neuron = strongest(strength);
    if (neuron < 0) {
      return new int[0];
    }
    int[] path = new int[layers];
    for (int l = layers - 1; l >= 0; l--) {
      path[l] = last[l][neuron];
      neuron = network.layers().get(l).topology().column().get(path[l]);
    }
    return path;
  }

  /** Logarithms, because products of many layers leave the range of numbers. */
  private static double[] next(SparseLayer layer, double[] before, int[] last) {
    Topology topology = layer.topology();
    Floats weight = layer.weight();
    double[] strength = new double[topology.outputs()];
    Arrays.fill(strength, Double.NEGATIVE_INFINITY);
    for (int j = 0; j < strength.length; j++) {
      int end = topology.rowStart().get(j + 1L);
      for (int e = topology.rowStart().get(j); e < end; e++) {
        double start = before[topology.column().get(e)];
        if (start > Double.NEGATIVE_INFINITY) {
          // A weight of 0 may grow again: it is a way, the weakest one.
          double reached =
              start + StrictMath.log(Math.max(Math.abs(weight.get(e)), Float.MIN_VALUE));
          if (reached > strength[j] || strength[j] == Double.NEGATIVE_INFINITY) {
            strength[j] = reached;
            last[j] = e;
          }
        }
      }
    }
    return strength;
  }

  private static int strongest(double[] strength) {
    int best = -1;
    for (int j = 0; j < strength.length; j++) {
      boolean reached = strength[j] > Double.NEGATIVE_INFINITY;
      if (reached && (best < 0 || strength[j] > strength[best])) {
        best = j;
      }
    }
    return best;
  }
}
