package dev.rewire.benchmarks;

import dev.rewire.layer.Activation;
import dev.rewire.layer.Dropout;
import dev.rewire.layer.Initializer;
import dev.rewire.layer.SparseLayer;
import dev.rewire.memory.Floats;
import dev.rewire.memory.Ints;
import dev.rewire.topology.Topology;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A random sparse matrix in CSR, for all sides alike. It is drawn here and not by the library, so
 * that a change there does not move what is measured.
 *
 * @param inputs neurons before the layer
 * @param outputs neurons of the layer
 * @param rowStart first connection of each output, one more than outputs
 * @param column input of each connection, ascending in each row
 * @param weight one number a connection
 */
public record Connections(int inputs, int outputs, int[] rowStart, int[] column, float[] weight) {

  /**
   * Draws distinct connections, all equally likely, with uniform weights whose variance is He's.
   *
   * @param inputs neurons before the layer
   * @param outputs neurons of the layer
   * @param count how many connections
   * @param random where chance comes from
   * @return the matrix
   */
  public static Connections random(int inputs, int outputs, int count, SplittableRandom random) {
    long[] cells = cells(count, (long) inputs * outputs, random);
    int[] rowStart = new int[outputs + 1];
    int[] column = new int[count];
    float[] weight = new float[count];
    double limit = Math.sqrt(6.0 * outputs / count);
    for (int e = 0; e < count; e++) {
      column[e] = (int) (cells[e] % inputs);
      rowStart[(int) (cells[e] / inputs) + 1]++;
      weight[e] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    Arrays.parallelPrefix(rowStart, Integer::sum);
    return new Connections(inputs, outputs, rowStart, column, weight);
  }

  private static long[] cells(int count, long all, SplittableRandom random) {
    if (count > all) {
      throw new IllegalArgumentException(count + " connections in " + all + " cells");
    }
    long[] cells = new long[0];
    if (count == all) {
      cells = new long[count];
      Arrays.setAll(cells, i -> i);
    }
    while (cells.length < count) {
      long[] more = Arrays.copyOf(cells, count);
      for (int i = cells.length; i < count; i++) {
        more[i] = random.nextLong(all);
      }
      cells = Arrays.stream(more).sorted().distinct().toArray();
    }
    return cells;
  }

  /**
   * Returns the number of connections.
   *
   * @return their number
   */
  public int count() {
    return column.length;
  }

  /**
   * Makes a layer of the library, its biases zero.
   *
   * @param index number of the layer
   * @param activation what follows the weighted sum
   * @return a layer with these connections and weights
   */
  public SparseLayer layer(int index, Activation activation) {
    Topology topology =
        count() == (long) inputs * outputs
            ? Topology.complete(inputs, outputs)
            : new Topology(inputs, outputs, Ints.of(rowStart), Ints.of(column));
    return new SparseLayer(
        index,
        topology,
        Floats.of(weight),
        new Floats(outputs),
        activation,
        Dropout.NONE,
        new Initializer.GlorotUniform());
  }

  /**
   * Writes the matrix with its zeros.
   *
   * @return one row an output
   */
  public float[] dense() {
    return spread(weight);
  }

  /**
   * Marks the connections.
   *
   * @return one row an output, 1 where there is a connection and 0 elsewhere
   */
  public float[] mask() {
    float[] ones = new float[count()];
    Arrays.fill(ones, 1f);
    return spread(ones);
  }

  private float[] spread(float[] values) {
    float[] dense = new float[Math.multiplyExact(inputs, outputs)];
    for (int j = 0; j < outputs; j++) {
      for (int e = rowStart[j]; e < rowStart[j + 1]; e++) {
        dense[j * inputs + column[e]] = values[e];
      }
    }
    return dense;
  }
}
