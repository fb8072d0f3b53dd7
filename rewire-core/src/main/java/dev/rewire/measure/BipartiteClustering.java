package dev.rewire.measure;

import dev.rewire.topology.Topology;

/**
 * How much the neighbourhoods of a layer's neurons overlap. A layer has no triangles, so the usual
 * clustering coefficient is 0 and says nothing. In its place:
 *
 * <ul>
 *   <li>Latapy, Magnien and Del Vecchio (Social Networks 30, 2008): for each neuron the mean, over
 *       the neurons of its side that share a neighbour with it, of |N(u) &cap; N(v)| / |N(u) &cup;
 *       N(v)|; then the mean over the neurons that have such partners.
 *   <li>Robins and Alexander (Computational and Mathematical Organization Theory 10, 2004): 4 times
 *       the number of 4-cycles over the number of paths of three connections. A layer of random
 *       connections has about its density, a complete one 1.
 * </ul>
 *
 * <p>Costs the paths of two connections: &Sigma; deg&sup2; over the neurons of both sides.
 *
 * @param inputs clustering of Latapy et al. of the input neurons, 0 to 1
 * @param outputs that of the output neurons, 0 to 1
 * @param cycles number of 4-cycles
 * @param threePaths number of paths of three connections
 */
public record BipartiteClustering(double inputs, double outputs, double cycles, double threePaths) {
  /**
   * Measures a layer.
   *
   * @param topology any
   * @return its clustering
   */
  public static BipartiteClustering of(Topology topology) {
    return of(Wiring.of(topology));
  }

  static BipartiteClustering of(Wiring wiring) {
    double threePaths = 0;
    for (int j = 0; j < wiring.outputs(); j++) {
      for (int e = wiring.inStart()[j]; e < wiring.inStart()[j + 1]; e++) {
        threePaths += (wiring.fanIn(j) - 1.0) * (wiring.fanOut(wiring.in()[e]) - 1.0);
      }
    }
    Side outputs = side(wiring);
    return new BipartiteClustering(
        side(wiring.turned()).clustering, outputs.clustering, outputs.cycles, threePaths);
  }

  private record Side(double clustering, double cycles) {}

  /** Looks at all pairs of output neurons that share an input. */
  private static Side side(Wiring wiring) {
    int[] shared = new int[wiring.outputs()];
    int[] touched = new int[wiring.outputs()];
    double clustering = 0;
    int neurons = 0;
    double cycles = 0;
    for (int u = 0; u < wiring.outputs(); u++) {
      int count = 0;
      for (int e = wiring.inStart()[u]; e < wiring.inStart()[u + 1]; e++) {
        int input = wiring.in()[e];
        for (int k = wiring.outStart()[input]; k < wiring.outStart()[input + 1]; k++) {
          int v = wiring.out()[k];
          if (shared[v]++ == 0) {
            touched[count++] = v;
          }
        }
      }
      double sum = 0;
      for (int t = 0; t < count; t++) {
        int v = touched[t];
        double common = shared[v];
        if (v != u) {
          sum += common / (wiring.fanIn(u) + wiring.fanIn(v) - common);
          cycles += common * (common - 1) / 2;
        }
        shared[v] = 0;
      }
      if (count > 1) {
        clustering += sum / (count - 1);
        neurons++;
      }
    }
    // Each pair was met twice.
    return new Side(neurons == 0 ? 0 : clustering / neurons, cycles / 2);
  }

  /**
   * Returns the clustering of Robins and Alexander.
   *
   * @return 0 to 1; 0 without paths of three connections
   */
  public double robinsAlexander() {
    return threePaths == 0 ? 0 : 4 * cycles / threePaths;
  }
}
