package dev.rewire.benchmarks;

import dev.rewire.memory.Activations;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A random sparse layer and everything its kernels read and write. Independent of the library's own
 * topologies, so that a change there does not move the measurements of the kernels.
 *
 * @param inputs neurons before the layer
 * @param outputs neurons of the layer
 * @param rowStart first connection of each output, one more than outputs
 * @param column input of each connection, ascending in each row
 * @param start first transposed entry of each input, one more than inputs
 * @param target output of each transposed entry, ascending for each input
 * @param edge position of the weight of each transposed entry
 * @param weight one number a connection
 * @param velocity momentum of each weight
 * @param bias one number an output
 * @param x inputs, neuron-major
 * @param y room for the outputs
 * @param d gradient of the outputs
 * @param dx room for the gradient of the inputs
 */
public record SparseLayer(
    int inputs,
    int outputs,
    Ints rowStart,
    Ints column,
    Ints start,
    Ints target,
    Ints edge,
    Floats weight,
    Floats velocity,
    Floats bias,
    Activations x,
    Activations y,
    Activations d,
    Activations dx) {

  /**
   * Draws exactly {@code round(epsilon * (inputs + outputs))} distinct connections, all equally
   * likely, and fills everything with numbers between -1 and 1.
   *
   * @param shape for example {@code 784x1000}
   * @param epsilon connections for each neuron of both sides
   * @param batch samples
   * @return always the same layer for the same arguments
   */
  public static SparseLayer random(String shape, int epsilon, int batch) {
    int inputs = side(shape, 0);
    int outputs = side(shape, 1);
    SplittableRandom random = new SplittableRandom(42);
    long[] cells = cells(connections(shape, epsilon), inputs, outputs, random);
    int n = cells.length;

    int[] rowStart = new int[outputs + 1];
    int[] column = new int[n];
    int[] start = new int[inputs + 1];
    for (int e = 0; e < n; e++) {
      column[e] = (int) (cells[e] % inputs);
      rowStart[(int) (cells[e] / inputs) + 1]++;
      start[column[e] + 1]++;
    }
    Arrays.parallelPrefix(rowStart, Integer::sum);
    Arrays.parallelPrefix(start, Integer::sum);

    int[] next = Arrays.copyOf(start, inputs);
    int[] target = new int[n];
    int[] edge = new int[n];
    for (int e = 0; e < n; e++) {
      int k = next[column[e]]++;
      target[k] = (int) (cells[e] / inputs);
      edge[k] = e;
    }
    return new SparseLayer(
        inputs,
        outputs,
        Ints.of(rowStart),
        Ints.of(column),
        Ints.of(start),
        Ints.of(target),
        Ints.of(edge),
        filled(new Floats(n), random),
        new Floats(n),
        filled(new Floats(outputs), random),
        filled(new Activations(inputs, batch), random),
        new Activations(outputs, batch),
        filled(new Activations(outputs, batch), random),
        new Activations(inputs, batch));
  }

  /**
   * Returns how many connections {@link #random} draws.
   *
   * @param shape for example {@code 784x1000}
   * @param epsilon connections for each neuron of both sides
   * @return their number
   */
  public static int connections(String shape, int epsilon) {
    return Math.multiplyExact(epsilon, side(shape, 0) + side(shape, 1));
  }

  private static int side(String shape, int index) {
    return Integer.parseInt(shape.split("x", -1)[index]);
  }

  private static long[] cells(int count, int inputs, int outputs, SplittableRandom random) {
    long all = (long) inputs * outputs;
    if (count > all) {
      throw new IllegalArgumentException(count + " connections in " + all + " cells");
    }
    long[] cells = new long[0];
    while (cells.length < count) {
      long[] more = Arrays.copyOf(cells, count);
      for (int i = cells.length; i < count; i++) {
        more[i] = random.nextLong(all);
      }
      cells = Arrays.stream(more).sorted().distinct().toArray();
    }
    return cells;
  }

  private static Activations filled(Activations activations, SplittableRandom random) {
    filled(activations.values(), random);
    return activations;
  }

  private static Floats filled(Floats floats, SplittableRandom random) {
    for (long i = 0; i < floats.length(); i++) {
      floats.set(i, 2f * (random.nextInt() >>> 8) / (1 << 24) - 1f);
    }
    return floats;
  }
}
