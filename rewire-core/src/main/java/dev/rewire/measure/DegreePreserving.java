package dev.rewire.measure;

import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A random layer in which every neuron has as many connections as before: the reference for what
 * degrees alone explain. Pairs of connections exchange their inputs, unless a connection would be
 * there twice (Maslov and Sneppen, Science 296, 2002); ten attempts for each connection.
 */
public final class DegreePreserving {
  private static final int ATTEMPTS = 10;

  private DegreePreserving() {}

  /**
   * Rewires a copy.
   *
   * @param topology the layer
   * @param random where chance comes from
   * @return a layer of the same degrees; takes some 60 bytes a connection while it is made
   */
  public static Topology rewired(Topology topology, RandomGenerator random) {
    int connections = topology.connections();
    int inputs = topology.inputs();
    long[] cells = new long[connections];
    Set<Long> taken = new HashSet<>(2 * connections);
    int e = 0;
    for (int j = 0; j < topology.outputs(); j++) {
      for (; e < topology.rowStart().get(j + 1L); e++) {
        cells[e] = (long) j * inputs + topology.column().get(e);
        taken.add(cells[e]);
      }
    }
    for (long attempt = 0; connections > 1 && attempt < (long) ATTEMPTS * connections; attempt++) {
      int a = random.nextInt(connections);
      int b = random.nextInt(connections);
      long newA = cells[a] - cells[a] % inputs + cells[b] % inputs;
      long newB = cells[b] - cells[b] % inputs + cells[a] % inputs;
      if (!taken.contains(newA) && !taken.contains(newB)) {
        taken.remove(cells[a]);
        taken.remove(cells[b]);
        taken.add(newA);
        taken.add(newB);
        cells[a] = newA;
        cells[b] = newB;
      }
    }
    Arrays.sort(cells);
    return Topology.ofCells(inputs, topology.outputs(), cells);
  }
}
