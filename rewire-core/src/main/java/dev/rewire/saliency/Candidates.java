package dev.rewire.saliency;

import dev.rewire.evolution.TopCells;
import dev.rewire.parallel.WorkerTeam;
import dev.rewire.topology.CellList;
import dev.rewire.topology.Connectivity;
import dev.rewire.topology.LayerShape;
import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of all layers that take part, numbered through the network, so that the best of them
 * can be chosen across layers: cell {@code c} of layer {@code l} is {@code first[l] + c}. A layer
 * that takes no part stays complete.
 */
final class Candidates {
  /** So that a cell and half of a score fit a long. */
  private static final long MOST = 1L << 46;

  private final List<LayerShape> shapes;
  private final int taking;
  private final long[] first;

  /**
   * Numbers the cells.
   *
   * @param shapes all layers
   * @param taking how many of them take part, from the input on
   */
  Candidates(List<LayerShape> shapes, int taking) {
    this.shapes = List.copyOf(shapes);
    this.taking = taking;
    first = new long[taking + 1];
    for (int l = 0; l < taking; l++) {
      first[l + 1] = Math.addExact(first[l], shapes.get(l).cells());
    }
    if (first[taking] > MOST) {
      throw new IllegalArgumentException(
          "the network has %,d cells to choose from, the most is %,d"
              .formatted(first[taking], MOST));
    }
  }

  /** How many layers take part. */
  int taking() {
    return taking;
  }

  /** The number of a layer's first cell. */
  long first(int layer) {
    return first[layer];
  }

  /** All cells. */
  long cells() {
    return first[taking];
  }

  /** The layer of a cell. */
  int layerOf(long cell) {
    int layer = 0;
    while (cell >= first[layer + 1]) {
      layer++;
    }
    return layer;
  }

  /**
   * What was chosen.
   *
   * @param topologies of all layers
   * @param reconnected how many connections were added so that no layer is cut off
   */
  record Chosen(List<Topology> topologies, int reconnected) {}

  /**
   * Makes topologies of the best cells. Where no way leads from the inputs to the outputs, one
   * connection makes one, and the worst of the chosen goes for it.
   */
  Chosen choose(TopCells best, WorkerTeam team) {
    List<Long> bridges = new ArrayList<>();
    try (CellList cells = new CellList();
        CellList added = new CellList();
        CellList all = new CellList()) {
      while (true) {
        best.finish(cells);
        added.clear(bridges.size());
        bridges.stream().sorted().forEach(added::add);
        all.union(cells, added);
        List<Topology> topologies = topologies(all, team);
        Connectivity connectivity = new Connectivity(topologies);
        int layer = connectivity.cutOff();
        if (layer < 0) {
          return new Chosen(topologies, bridges.size());
        }
        bridges.add(first[layer] + connectivity.bridge(layer));
        best.dropWorst();
      }
    }
  }

  /** Cuts a list of cells into layers. */
  List<Topology> topologies(CellList cells, WorkerTeam team) {
    List<Topology> topologies = new ArrayList<>();
    try (CellList own = new CellList()) {
      for (int l = 0; l < shapes.size(); l++) {
        LayerShape shape = shapes.get(l);
        if (l >= taking) {
          topologies.add(Topology.complete(shape.inputs(), shape.outputs()));
          continue;
        }
        long from = cells.lowerBound(first[l]);
        long to = cells.lowerBound(first[l + 1]);
        own.clear(to - from);
        for (long k = from; k < to; k++) {
          own.add(cells.get(k) - first[l]);
        }
        topologies.add(Topology.ofCells(shape.inputs(), shape.outputs(), own, team));
      }
    }
    return topologies;
  }
}
