package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.Arrays;

/**
 * The connections of a layer that stay, both ways, for rules that follow them many times: a walk
 * over the layer itself would ask at each step whether that connection goes. Eight bytes a
 * connection.
 */
final class SurvivingLinks {
  private final int[] rowStart;
  private final int[] column;
  private final int[] inputStart;
  private final int[] target;
  private final double[] inverseRoot;

  SurvivingLinks(Topology topology, Bits dropped) {
    int outputs = topology.outputs();
    int connections = topology.connections();
    Ints starts = topology.rowStart();
    Ints columns = topology.column();
    rowStart = new int[outputs + 1];
    inputStart = new int[topology.inputs() + 1];
    int[] kept = new int[connections - (int) dropped.count(0, connections)];
    int count = 0;
    int most = 0;
    for (int j = 0; j < outputs; j++) {
      int end = starts.get(j + 1L);
      for (int e = starts.get(j); e < end; e++) {
        if (!dropped.get(e)) {
          kept[count++] = columns.get(e);
        }
      }
      rowStart[j + 1] = count;
      most = Math.max(most, count - rowStart[j]);
    }
    column = kept;
    for (int input : column) {
      inputStart[input + 1]++;
    }
    for (int i = 0; i < topology.inputs(); i++) {
      most = Math.max(most, inputStart[i + 1]);
      inputStart[i + 1] += inputStart[i];
    }
    target = targets();
    inverseRoot = new double[most + 1];
    Arrays.setAll(inverseRoot, degree -> degree == 0 ? 0 : 1 / Math.sqrt(degree));
  }

  private int[] targets() {
    int[] next = inputStart.clone();
    int[] targets = new int[column.length];
    for (int j = 0; j < outputs(); j++) {
      for (int e = rowStart[j]; e < rowStart[j + 1]; e++) {
        targets[next[column[e]]++] = j;
      }
    }
    return targets;
  }

  /** Counts the paths of three links that end in an output, there and back along one link too. */
  long paths() {
    long paths = 0;
    for (int z2 = 0; z2 < inputs(); z2++) {
      long here = 0;
      for (int k = inputStart[z2]; k < inputStart[z2 + 1]; k++) {
        here += outputDegree(target[k]);
      }
      paths += here * inputDegree(z2);
    }
    return paths;
  }

  int inputs() {
    return inputStart.length - 1;
  }

  int outputs() {
    return rowStart.length - 1;
  }

  int outputDegree(int output) {
    return rowStart[output + 1] - rowStart[output];
  }

  int inputDegree(int input) {
    return inputStart[input + 1] - inputStart[input];
  }

  /** Where the inputs of each output begin in {@link #column}, and where the last ones end. */
  int[] rowStart() {
    return rowStart;
  }

  /** Inputs, ascending for each output. */
  int[] column() {
    return column;
  }

  /** Where the outputs of each input begin in {@link #target}, and where the last ones end. */
  int[] inputStart() {
    return inputStart;
  }

  /** Outputs, ascending for each input. */
  int[] target() {
    return target;
  }

  /** {@code 1 / sqrt(n)} for as many links as a neuron has, and 0 for none. */
  double[] inverseRoot() {
    return inverseRoot;
  }
}
