package dev.rewire.measure;

import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;

/**
 * A topology in plain arrays, from both sides: 8 bytes a connection. Measures walk it in both
 * directions, and the layer itself must not keep a transposed index for their sake.
 *
 * @param inputs neurons on the input side
 * @param outputs neurons on the output side
 * @param inStart first entry of each output in {@code in}
 * @param in inputs of each output, ascending
 * @param outStart first entry of each input in {@code out}
 * @param out outputs of each input, ascending
 */
record Wiring(int inputs, int outputs, int[] inStart, int[] in, int[] outStart, int[] out) {
  static Wiring of(Topology topology) {
    int[] inStart = array(topology.rowStart());
    return of(topology.inputs(), inStart, array(topology.column()));
  }

  static Wiring of(int inputs, int[] inStart, int[] in) {
    int outputs = inStart.length - 1;
    int[] outStart = new int[inputs + 1];
    for (int input : in) {
      outStart[input + 1]++;
    }
    for (int i = 0; i < inputs; i++) {
      outStart[i + 1] += outStart[i];
    }
    int[] next = outStart.clone();
    int[] out = new int[in.length];
    for (int j = 0; j < outputs; j++) {
      for (int e = inStart[j]; e < inStart[j + 1]; e++) {
        out[next[in[e]]++] = j;
      }
    }
    return new Wiring(inputs, outputs, inStart, in, outStart, out);
  }

  private static int[] array(Ints values) {
    int[] array = new int[Math.toIntExact(values.length())];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  int connections() {
    return in.length;
  }

  int fanIn(int output) {
    return inStart[output + 1] - inStart[output];
  }

  int fanOut(int input) {
    return outStart[input + 1] - outStart[input];
  }

  /** The same graph with its sides exchanged. */
  Wiring turned() {
    return new Wiring(outputs, inputs, outStart, out, inStart, in);
  }
}
