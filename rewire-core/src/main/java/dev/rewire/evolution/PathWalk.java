package dev.rewire.evolution;

/**
 * The scores of the cells of one output at a time by their paths of three connections, as {@link
 * PathScores} has them, but in time proportional to the paths alone: for layers in which they reach
 * few cells. Memory of one thread.
 */
final class PathWalk {
  private final int[] rowStart;
  private final int[] column;
  private final int[] inputStart;
  private final int[] target;
  private final double[] inverseRoot;
  private final SurvivingLinks links;

  /** Of each input its score so far, and the list of those that have one. */
  private final double[] scores;

  private final int[] inputs;
  private int touched;

  /** Of each output what its inputs count that v has, too, and the list of those that have some. */
  private final double[] common;

  private final int[] outputs;

  /** Of each input the outputs that it shares with z2, and the list. */
  private final int[] shared;

  private final int[] sharing;

  PathWalk(SurvivingLinks links) {
    this.links = links;
    rowStart = links.rowStart();
    column = links.column();
    inputStart = links.inputStart();
    target = links.target();
    inverseRoot = links.inverseRoot();
    scores = new double[links.inputs()];
    inputs = new int[links.inputs()];
    shared = new int[links.inputs()];
    sharing = new int[links.inputs()];
    common = new double[links.outputs()];
    outputs = new int[links.outputs()];
  }

  /** How many inputs have a score. */
  int touched() {
    return touched;
  }

  /** One of them, from 0 to below {@link #touched}. */
  int input(int place) {
    return inputs[place];
  }

  /** The score of an input, which is 0 from then on. */
  double take(int input) {
    double score = scores[input];
    scores[input] = 0;
    return score;
  }

  /** Begins with another output, after all scores have been taken. */
  void begin() {
    touched = 0;
  }

  /** Where the score is 0, the cell has a connection. */
  private void add(int input, double score) {
    if (scores[input] == 0 && score > 0) {
      inputs[touched++] = input;
    }
    scores[input] += score;
  }

  /** For each output z1 the sum over the common inputs with v; returns how many z1 have one. */
  private int common(int v, boolean byDegree) {
    int count = 0;
    for (int e = rowStart[v]; e < rowStart[v + 1]; e++) {
      int z2 = column[e];
      double part = byDegree ? inverseRoot[links.inputDegree(z2)] : 1;
      for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
        int z1 = target[k];
        if (z1 != v) {
          if (common[z1] == 0) {
            outputs[count++] = z1;
          }
          common[z1] += part;
        }
      }
    }
    return count;
  }

  /** Computes {@link PathGrow.Score#RA_L3}. */
  void allocation(int v) {
    int count = common(v, true);
    for (int i = 0; i < count; i++) {
      int z1 = outputs[i];
      double part = common[z1] * inverseRoot[links.outputDegree(z1)];
      common[z1] = 0;
      for (int e = rowStart[z1]; e < rowStart[z1 + 1]; e++) {
        add(column[e], part);
      }
    }
  }

  /** Computes {@link PathGrow.Score#CH3_L3}. */
  void external(int v) {
    int count = common(v, false);
    for (int e = rowStart[v]; e < rowStart[v + 1]; e++) {
      through(v, column[e]);
    }
    for (int i = 0; i < count; i++) {
      common[outputs[i]] = 0;
    }
  }

  /** All paths whose last connection comes from z2. */
  private void through(int v, int z2) {
    int found = 0;
    for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
      if (target[k] != v) {
        found = countShared(target[k], found);
      }
    }
    int degree = links.inputDegree(z2);
    for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
      int z1 = target[k];
      if (z1 != v) {
        // Of the links of z1, those to u and to inputs of v stay in the community: 1 + e1.
        double first = inverseRoot[links.outputDegree(z1) - (int) common[z1]];
        for (int e = rowStart[z1]; e < rowStart[z1 + 1]; e++) {
          int u = column[e];
          // The same for z2: its link to v, and those to outputs of u.
          add(u, u == z2 ? 0 : first * inverseRoot[degree - shared[u]]);
        }
      }
    }
    for (int i = 0; i < found; i++) {
      shared[sharing[i]] = 0;
    }
  }

  private int countShared(int z1, int found) {
    int count = found;
    for (int e = rowStart[z1]; e < rowStart[z1 + 1]; e++) {
      int u = column[e];
      if (shared[u]++ == 0) {
        sharing[count++] = u;
      }
    }
    return count;
  }
}
