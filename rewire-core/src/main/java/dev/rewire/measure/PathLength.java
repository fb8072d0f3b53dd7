package dev.rewire.measure;

import dev.rewire.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The mean shortest path between neurons of the whole network, its connections taken in both
 * directions: breadth-first search from some neurons, drawn without replacement, to all that they
 * reach. Costs one pass over the connections for each source.
 *
 * @param mean connections between two neurons that are joined; 0 where no two are
 * @param sources neurons that were started from
 * @param reached share of the pairs of a source and another neuron that are joined, 0 to 1
 */
public record PathLength(double mean, int sources, double reached) {
  /** Sources unless somebody says otherwise. */
  public static final int SOURCES = 100;

  /**
   * Measures a network.
   *
   * @param layers from the input on, each as wide as the next one expects
   * @param sources neurons to start from, 1 or more; all of them if there are no more
   * @param random where chance comes from
   * @return the mean over all pairs of a source and a neuron that it reaches
   */
  public static PathLength of(List<Topology> layers, int sources, RandomGenerator random) {
    if (sources < 1) {
      throw new IllegalArgumentException("sources must be 1 or more: " + sources);
    }
    Search search = new Search(layers.stream().map(Wiring::of).toList());
    int neurons = search.neurons();
    int[] order = new int[neurons];
    for (int i = 0; i < neurons; i++) {
      order[i] = i;
    }
    int count = Math.min(sources, neurons);
    double length = 0;
    double pairs = 0;
    for (int s = 0; s < count; s++) {
      int other = s + random.nextInt(neurons - s);
      int source = order[other];
      order[other] = order[s];
      int found = search.from(source);
      pairs += found - 1;
      length += search.sum;
    }
    double possible = (double) count * (neurons - 1);
    return new PathLength(
        pairs == 0 ? 0 : length / pairs, count, possible == 0 ? 1 : pairs / possible);
  }

  /** Neurons are numbered side by side, inputs first. */
  private static final class Search {
    private final List<Wiring> layers;
    private final int[] first;
    private final int[] sideOf;
    private final int[] distance;
    private final int[] queue;
    private int size;
    private double sum;

    Search(List<Wiring> layers) {
      this.layers = new ArrayList<>(layers);
      first = new int[layers.size() + 2];
      first[1] = layers.getFirst().inputs();
      for (int l = 0; l < layers.size(); l++) {
        first[l + 2] = Math.addExact(first[l + 1], layers.get(l).outputs());
      }
      sideOf = new int[neurons()];
      for (int side = 0; side <= layers.size(); side++) {
        Arrays.fill(sideOf, first[side], first[side + 1], side);
      }
      distance = new int[neurons()];
      queue = new int[neurons()];
    }

    int neurons() {
      return first[first.length - 1];
    }

    int from(int source) {
      Arrays.fill(distance, -1);
      size = 0;
      sum = 0;
      meet(source, 0);
      for (int at = 0; at < size; at++) {
        int here = queue[at];
        int side = sideOf[here];
        int neuron = here - first[side];
        sum += distance[here];
        if (side < layers.size()) {
          Wiring next = layers.get(side);
          meetAll(next.out(), next.outStart()[neuron], next.outStart()[neuron + 1], side + 1, here);
        }
        if (side > 0) {
          Wiring before = layers.get(side - 1);
          meetAll(
              before.in(), before.inStart()[neuron], before.inStart()[neuron + 1], side - 1, here);
        }
      }
      return size;
    }

    private void meetAll(int[] neighbours, int from, int to, int side, int here) {
      for (int k = from; k < to; k++) {
        meet(first[side] + neighbours[k], distance[here] + 1);
      }
    }

    private void meet(int neuron, int steps) {
      if (distance[neuron] < 0) {
        distance[neuron] = steps;
        queue[size++] = neuron;
      }
    }
  }
}
