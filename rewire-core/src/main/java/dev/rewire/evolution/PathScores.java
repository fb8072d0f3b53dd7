package dev.rewire.evolution;

import dev.rewire.kernel.KernelProvider;
import dev.rewire.kernel.Kernels;
import java.util.Arrays;

/**
 * The scores of all cells of some outputs by their paths of three connections, input {@code u} -
 * output {@code z1} - input {@code z2} - output {@code v}; memory of one thread. Cells that have a
 * connection get some number, too. Inputs and outputs are those that have a link, as {@link
 * SurvivingLinks} counts them.
 *
 * <p>With {@link PathGrow.Score#CH3_L3} a path counts {@code 1 / sqrt(1 + e1)} times {@code 1 /
 * sqrt(1 + e2)}. The first factor depends on z1 and v alone, and the second one, for a cell without
 * a connection, on z2 and u alone. So z2 comes outermost: its factors are the same for all outputs
 * that are looked at, and each of them adds up its factors of z1 along the paths through z2, one
 * addition a path, before these meet.
 */
final class PathScores {
  /** Numbers of a thread, about: 4 MB. */
  private static final int HELD = 1 << 19;

  private static final int MOST_ROWS = 256;

  private static final int SIDE = Kernels.SIDE_BY_SIDE;

  /** Where paths reach less than this share of the inputs, these are listed. */
  private static final int FEW = 8;

  private final SurvivingLinks links;
  private final int[] rowStart;
  private final int[] column;
  private final int[] inputStart;
  private final int[] target;
  private final double[] inverseRoot;

  /** One row an output that is looked at, one number an input. */
  private final double[][] scores;

  /** Links of z1 that do not lead to inputs of v: 1 + e1; 0 for v itself. */
  private final int[][] outside;

  /** Of each output the sum over its inputs that v has, too. */
  private final double[] common;

  /** Of each input the sum over z1 of the paths under way. */
  private final double[] sums;

  /** Of each input u its factor of z2, and the outputs that the two share. */
  private final double[] factors;

  private final int[] shared;

  /** Inputs that paths through z2 reach, where they are few. */
  private final int[] reached;

  private int few;

  /** Of {@link #SIDE} outputs together: sums of each input, factors of each z1, scores. */
  private final double[] sideSums;

  private final double[] sideFactors;
  private final double[][] sideRows = new double[SIDE][];

  /** Scores of no output, always 0, where there are fewer together. */
  private final double[][] nobody;

  private final Kernels kernels = KernelProvider.get();

  PathScores(SurvivingLinks links, int rows) {
    this.links = links;
    rowStart = links.rowStart();
    column = links.column();
    inputStart = links.inputStart();
    target = links.target();
    inverseRoot = links.inverseRoot();
    scores = new double[rows][links.inputs()];
    outside = new int[rows][links.outputs()];
    common = new double[links.outputs()];
    sums = new double[links.inputs()];
    factors = new double[links.inputs()];
    shared = new int[links.inputs()];
    reached = new int[links.inputs()];
    sideSums = new double[SIDE * links.inputs()];
    sideFactors = new double[SIDE * links.mostLinks()];
    nobody = new double[SIDE][links.inputs()];
  }

  /** How many outputs to look at together. */
  static int rows(SurvivingLinks links, int threads) {
    int fair = Math.ceilDiv(links.outputs(), 2 * threads);
    int held = HELD / Math.max(1, links.inputs() + links.outputs());
    return Math.clamp(Math.min(fair, held), 1, MOST_ROWS);
  }

  /**
   * Returns the scores of the cells of one output.
   *
   * @param row counted from the first output that was asked for; to be left full of zeros
   */
  double[] row(int row) {
    return scores[row];
  }

  /** Computes {@link PathGrow.Score#RA_L3} for the outputs of a range. */
  void allocation(int from, int to) {
    for (int v = from; v < to; v++) {
      double[] score = scores[v - from];
      addCommon(v);
      common[v] = 0;
      for (int z1 = 0; z1 < common.length; z1++) {
        double part = common[z1] / Math.sqrt(links.outputDegree(z1));
        for (int e = rowStart[z1]; common[z1] != 0 && e < rowStart[z1 + 1]; e++) {
          score[column[e]] += part;
        }
        common[z1] = 0;
      }
    }
  }

  /** Adds up what the inputs count that each output has in common with v. */
  private void addCommon(int v) {
    for (int e = rowStart[v]; e < rowStart[v + 1]; e++) {
      int z2 = column[e];
      double part = inverseRoot[links.inputDegree(z2)];
      for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
        common[target[k]] += part;
      }
    }
  }

  /** Computes {@link PathGrow.Score#CH3_L3} for the outputs of a range. */
  void external(int from, int to) {
    for (int v = from; v < to; v++) {
      countOutside(v, outside[v - from]);
    }
    for (int z2 = 0; z2 < links.inputs(); z2++) {
      int end = inputStart[z2 + 1];
      int first = Arrays.binarySearch(target, inputStart[z2], end, from);
      first = first < 0 ? -first - 1 : first;
      if (first < end && target[first] < to) {
        factors(z2);
        int last = first;
        while (last < end && target[last] < to) {
          last++;
        }
        int k = first;
        for (; few < 0 && k + 1 < last; k += SIDE) {
          together(z2, k, Math.min(k + SIDE, last), from);
        }
        for (; k < last; k++) {
          through(z2, outside[target[k] - from]);
          meet(scores[target[k] - from]);
        }
      }
    }
  }

  private void countOutside(int v, int[] rest) {
    for (int z1 = 0; z1 < rest.length; z1++) {
      rest[z1] = links.outputDegree(z1);
    }
    for (int e = rowStart[v]; e < rowStart[v + 1]; e++) {
      int z2 = column[e];
      for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
        rest[target[k]]--;
      }
    }
  }

  /** Of its links, the one to v and those to outputs of u stay in the community of the path. */
  private void factors(int z2) {
    int degree = links.inputDegree(z2);
    long paths = 0;
    for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
      paths += links.outputDegree(target[k]);
    }
    few = paths < links.inputs() / FEW ? 0 : -1;
    for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
      int z1 = target[k];
      if (few >= 0) {
        list(rowStart[z1], rowStart[z1 + 1]);
      } else {
        count(rowStart[z1], rowStart[z1 + 1]);
      }
    }
    if (few >= 0) {
      for (int i = 0; i < few; i++) {
        factor(reached[i], degree);
      }
    } else {
      for (int u = 0; u < shared.length; u++) {
        factor(u, degree);
      }
    }
  }

  private void factor(int u, int degree) {
    factors[u] = inverseRoot[degree - shared[u]];
    shared[u] = 0;
  }

  private void count(int from, int to) {
    for (int e = from; e < to; e++) {
      shared[column[e]]++;
    }
  }

  private void list(int from, int to) {
    for (int e = from; e < to; e++) {
      int u = column[e];
      if (shared[u]++ == 0) {
        reached[few++] = u;
      }
    }
  }

  /** Some outputs of z2, from {@code first} to below {@code last} in the list, side by side. */
  private void together(int z2, int first, int last, int from) {
    int begin = inputStart[z2];
    int end = inputStart[z2 + 1];
    Arrays.fill(sideFactors, 0, SIDE * (end - begin), 0);
    for (int l = 0; l < SIDE; l++) {
      sideRows[l] = first + l < last ? scores[target[first + l] - from] : nobody[l];
    }
    for (int l = 0; first + l < last; l++) {
      int[] rest = outside[target[first + l] - from];
      for (int k = begin; k < end; k++) {
        sideFactors[SIDE * (k - begin) + l] = inverseRoot[rest[target[k]]];
      }
    }
    kernels.addRows(rowStart, column, target, begin, end, sideFactors, sideSums);
    kernels.addProducts(sideSums, factors, sideRows);
  }

  /** Adds up the factors of z1 along all paths through z2. */
  private void through(int z2, int[] rest) {
    for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
      int z1 = target[k];
      add(inverseRoot[rest[z1]], rowStart[z1], rowStart[z1 + 1]);
    }
  }

  private void add(double factor, int from, int to) {
    for (int e = from; e < to; e++) {
      sums[column[e]] += factor;
    }
  }

  private void meet(double[] score) {
    if (few >= 0) {
      for (int i = 0; i < few; i++) {
        int u = reached[i];
        score[u] += sums[u] * factors[u];
        sums[u] = 0;
      }
    } else {
      meet(score, sums, factors);
    }
  }

  /** Arrays of its own, so that the compiler sees that it may take several inputs at once. */
  private static void meet(double[] score, double[] sums, double[] factors) {
    int inputs = Math.min(score.length, Math.min(sums.length, factors.length));
    for (int u = 0; u < inputs; u++) {
      score[u] += sums[u] * factors[u];
      sums[u] = 0;
    }
  }
}
