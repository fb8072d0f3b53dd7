package dev.rewire.evolution;

import dev.rewire.memory.Bits;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The connections of a layer that stay, both ways, for rules that follow them many times: a walk
 * over the layer itself would ask at each step whether that connection goes. Eight bytes a
 * connection and eight a neuron.
 *
 * <p>Neurons without such a connection are left out, and the others counted from 0 in their order:
 * a wiring that gathers at few neurons of a layer has most of them idle.
 */
final class SurvivingLinks {
  private final int[] inputNumber;
  private final int[] outputNumber;
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
    int[] rows = new int[outputs];
    int[] begin = new int[outputs + 1];
    int linked = 0;
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
      if (count > begin[linked]) {
        most = Math.max(most, count - begin[linked]);
        rows[linked++] = j;
        begin[linked] = count;
      }
    }
    outputNumber = Arrays.copyOf(rows, linked);
    rowStart = Arrays.copyOf(begin, linked + 1);
    int[] degree = new int[topology.inputs()];
    for (int input : kept) {
      degree[input]++;
    }
    inputNumber = IntStream.range(0, degree.length).filter(i -> degree[i] > 0).toArray();
    inputStart = new int[inputNumber.length + 1];
    int[] place = new int[degree.length];
    for (int i = 0; i < inputNumber.length; i++) {
      place[inputNumber[i]] = i;
      inputStart[i + 1] = inputStart[i] + degree[inputNumber[i]];
      most = Math.max(most, degree[inputNumber[i]]);
    }
    column = kept;
    for (int e = 0; e < column.length; e++) {
      column[e] = place[column[e]];
    }
    target = targets();
    inverseRoot = new double[most + 1];
    Arrays.setAll(inverseRoot, n -> n == 0 ? 0 : 1 / Math.sqrt(n));
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

  /** How many inputs have a link. */
  int inputs() {
    return inputStart.length - 1;
  }

  /** How many outputs have a link. */
  int outputs() {
    return rowStart.length - 1;
  }

  /** Of each input with a link its number in the layer, ascending. */
  int[] inputNumber() {
    return inputNumber;
  }

  /** Of each output with a link its number in the layer, ascending. */
  int[] outputNumber() {
    return outputNumber;
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

  /** How many links a neuron has at most. */
  int mostLinks() {
    return inverseRoot.length - 1;
  }

  /** {@code 1 / sqrt(n)} for as many links as a neuron has, and 0 for none. */
  double[] inverseRoot() {
    return inverseRoot;
  }
}
