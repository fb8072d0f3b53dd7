package dev.rewire.measure;

import java.util.Arrays;

/**
 * A layer, or what is left of it when communities have become nodes: each node stands for some
 * input and output neurons. Edges between different nodes are listed from both ends; those within a
 * node move with it and change no comparison, so they are left out.
 *
 * @param start first edge of each node
 * @param neighbour of each edge
 * @param weight connections of each edge
 * @param inputDegree connections of a node's input neurons
 * @param outputDegree connections of a node's output neurons
 */
record CommunityGraph(
    int[] start, int[] neighbour, double[] weight, double[] inputDegree, double[] outputDegree) {
  /** Input neurons first, then output neurons. */
  static CommunityGraph of(Wiring wiring) {
    int nodes = wiring.inputs() + wiring.outputs();
    int edges = Math.multiplyExact(2, wiring.connections());
    int[] start = new int[nodes + 1];
    int[] neighbour = new int[edges];
    double[] weight = new double[edges];
    double[] inputDegree = new double[nodes];
    double[] outputDegree = new double[nodes];
    Arrays.fill(weight, 1);
    int at = 0;
    for (int i = 0; i < wiring.inputs(); i++) {
      for (int k = wiring.outStart()[i]; k < wiring.outStart()[i + 1]; k++) {
        neighbour[at++] = wiring.inputs() + wiring.out()[k];
      }
      start[i + 1] = at;
      inputDegree[i] = wiring.fanOut(i);
    }
    for (int j = 0; j < wiring.outputs(); j++) {
      for (int e = wiring.inStart()[j]; e < wiring.inStart()[j + 1]; e++) {
        neighbour[at++] = wiring.in()[e];
      }
      start[wiring.inputs() + j + 1] = at;
      outputDegree[wiring.inputs() + j] = wiring.fanIn(j);
    }
    return new CommunityGraph(start, neighbour, weight, inputDegree, outputDegree);
  }

  int nodes() {
    return start.length - 1;
  }

  /**
   * Moves nodes, one after another, to the community that gains most, until nobody moves.
   *
   * @param connections of the layer
   * @return community of each node, numbered from 0 in the order of their first nodes
   */
  int[] communities(double connections) {
    return new Moves(connections).settled();
  }

  /** Makes a node of each community. */
  CommunityGraph merged(int[] community) {
    int count = Arrays.stream(community).max().orElse(-1) + 1;
    int[] memberStart = new int[count + 1];
    for (int c : community) {
      memberStart[c + 1]++;
    }
    for (int c = 0; c < count; c++) {
      memberStart[c + 1] += memberStart[c];
    }
    int[] member = new int[community.length];
    int[] next = memberStart.clone();
    for (int node = 0; node < community.length; node++) {
      member[next[community[node]]++] = node;
    }
    int[] newStart = new int[count + 1];
    int[] newNeighbour = new int[neighbour.length];
    double[] newWeight = new double[neighbour.length];
    double[] newInput = new double[count];
    double[] newOutput = new double[count];
    double[] toCommunity = new double[count];
    int size = 0;
    for (int c = 0; c < count; c++) {
      int begin = size;
      for (int m = memberStart[c]; m < memberStart[c + 1]; m++) {
        int node = member[m];
        newInput[c] += inputDegree[node];
        newOutput[c] += outputDegree[node];
        for (int e = start[node]; e < start[node + 1]; e++) {
          int other = community[neighbour[e]];
          if (other != c && toCommunity[other] == 0) {
            newNeighbour[size++] = other;
          }
          toCommunity[other] += weight[e];
        }
      }
      toCommunity[c] = 0;
      for (int e = begin; e < size; e++) {
        newWeight[e] = toCommunity[newNeighbour[e]];
        toCommunity[newNeighbour[e]] = 0;
      }
      newStart[c + 1] = size;
    }
    return new CommunityGraph(
        newStart,
        Arrays.copyOf(newNeighbour, size),
        Arrays.copyOf(newWeight, size),
        newInput,
        newOutput);
  }

  private final class Moves {
    /** What a move must gain, so that rounding moves nobody to and fro. */
    private static final double LEAST_GAIN = 1e-9;

    private static final int MOST_SWEEPS = 100;

    private final double connections;
    private final int[] community = new int[nodes()];
    private final double[] inputs = inputDegree.clone();
    private final double[] outputs = outputDegree.clone();
    private final double[] toCommunity = new double[nodes()];
    private final int[] touched = new int[nodes()];

    Moves(double connections) {
      this.connections = connections;
      Arrays.setAll(community, node -> node);
    }

    int[] settled() {
      boolean moved = true;
      for (int sweep = 0; moved && sweep < MOST_SWEEPS; sweep++) {
        moved = false;
        for (int node = 0; node < community.length; node++) {
          moved |= move(node);
        }
      }
      return numbered();
    }

    private boolean move(int node) {
      int home = community[node];
      inputs[home] -= inputDegree[node];
      outputs[home] -= outputDegree[node];
      int count = 0;
      for (int e = start[node]; e < start[node + 1]; e++) {
        int c = community[neighbour[e]];
        if (toCommunity[c] == 0) {
          touched[count++] = c;
        }
        toCommunity[c] += weight[e];
      }
      int best = home;
      double most = gain(node, home) + LEAST_GAIN;
      for (int t = 0; t < count; t++) {
        double gain = gain(node, touched[t]);
        if (gain > most) {
          most = gain;
          best = touched[t];
        }
      }
      for (int t = 0; t < count; t++) {
        toCommunity[touched[t]] = 0;
      }
      inputs[best] += inputDegree[node];
      outputs[best] += outputDegree[node];
      community[node] = best;
      return best != home;
    }

    /** What the modularity gains by a node's joining, times the connections. */
    private double gain(int node, int c) {
      double expected = inputDegree[node] * outputs[c] + outputDegree[node] * inputs[c];
      return toCommunity[c] - expected / connections;
    }

    private int[] numbered() {
      int[] number = new int[community.length];
      Arrays.fill(number, -1);
      int count = 0;
      int[] numbered = new int[community.length];
      for (int node = 0; node < numbered.length; node++) {
        int c = community[node];
        if (number[c] < 0) {
          number[c] = count++;
        }
        numbered[node] = number[c];
      }
      return numbered;
    }
  }
}
