package dev.rewire.topology;

import dev.rewire.memory.Ints;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which input neurons each output neuron is connected to: a sparse bipartite graph, immutable.
 *
 * <p>Connections are numbered by output neuron and, within it, by input neuron. Connection {@code
 * e} of output {@code j}, {@code rowStart[j] <= e < rowStart[j+1]}, comes from input {@code
 * column[e]}. The transposed index lists the same connections by input neuron: entry {@code k} of
 * input {@code i}, {@code inputStart[i] <= k < inputStart[i+1]}, goes to output {@code target[k]}
 * and is connection {@code edge[k]}, targets ascending.
 *
 * <p>A <em>cell</em> is a possible connection, numbered {@code output * inputs + input}. Memory is
 * 12 bytes a connection and 4 a neuron; nothing here is ever as large as the number of cells.
 */
public final class Topology {
  private final int inputs;
  private final int outputs;
  private final Ints rowStart;
  private final Ints column;
  private final Ints inputStart;
  private final Ints target;
  private final Ints edge;

  /**
   * Wraps sorted rows and builds the transposed index, in time proportional to the connections.
   *
   * @param inputs neurons on the input side, 1 or more
   * @param outputs neurons on the output side, 1 or more
   * @param rowStart first connection of each output, {@code outputs + 1} ascending entries
   * @param column input of each connection, ascending and distinct within an output
   * @throws IllegalArgumentException if rows are not of this form
   */
  public Topology(int inputs, int outputs, Ints rowStart, Ints column) {
    this(inputs, outputs, rowStart.toArray(), column.toArray());
  }

  /**
   * Copies sorted rows and builds the transposed index, in time proportional to the connections.
   *
   * <p>The work is done in Java arrays and copied out in one go: it is done once an evolution,
   * which is too seldom for the JIT to make element access to native memory cheap.
   *
   * @param inputs neurons on the input side, 1 or more
   * @param outputs neurons on the output side, 1 or more
   * @param rowStart first connection of each output, {@code outputs + 1} ascending entries
   * @param column input of each connection, ascending and distinct within an output
   * @throws IllegalArgumentException if rows are not of this form
   */
  public Topology(int inputs, int outputs, int[] rowStart, int[] column) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a topology needs 1 neuron or more on each side: " + inputs + " x " + outputs);
    }
    checkRows(inputs, outputs, rowStart, column);
    this.inputs = inputs;
    this.outputs = outputs;
    this.rowStart = Ints.of(rowStart);
    this.column = Ints.of(column);
    int[] start = new int[inputs + 1];
    for (int input : column) {
      start[input + 1]++;
    }
    for (int i = 0; i < inputs; i++) {
      start[i + 1] += start[i];
    }
    inputStart = Ints.of(start);
    int[] targets = new int[column.length];
    int[] edges = new int[column.length];
    for (int j = 0; j < outputs; j++) {
      for (int e = rowStart[j]; e < rowStart[j + 1]; e++) {
        int k = start[column[e]]++;
        targets[k] = j;
        edges[k] = e;
      }
    }
    target = Ints.of(targets);
    edge = Ints.of(edges);
  }

  /**
   * Builds a topology from its cells.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param cells numbers of the connected cells, ascending and distinct
   * @return the topology
   */
  public static Topology ofCells(int inputs, int outputs, long[] cells) {
    int[] rowStart = new int[outputs + 1];
    int[] column = new int[cells.length];
    int row = 0;
    for (int e = 0; e < cells.length; e++) {
      int output = Math.toIntExact(Math.floorDiv(cells[e], inputs));
      while (row < output) {
        rowStart[++row] = e;
      }
      column[e] = (int) (cells[e] - (long) output * inputs);
    }
    Arrays.fill(rowStart, row + 1, outputs + 1, cells.length);
    return new Topology(inputs, outputs, rowStart, column);
  }

  /**
   * Connects every input to every output: what other systems call a dense layer.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @return the complete bipartite graph
   */
  public static Topology complete(int inputs, int outputs) {
    int[] rowStart = new int[outputs + 1];
    int[] column = new int[Math.toIntExact((long) inputs * outputs)];
    for (int e = 0; e < column.length; e++) {
      column[e] = e % inputs;
    }
    for (int j = 1; j <= outputs; j++) {
      rowStart[j] = j * inputs;
    }
    return new Topology(inputs, outputs, rowStart, column);
  }

  /**
   * Returns the neurons on the input side.
   *
   * @return 1 or more
   */
  public int inputs() {
    return inputs;
  }

  /**
   * Returns the neurons on the output side.
   *
   * @return 1 or more
   */
  public int outputs() {
    return outputs;
  }

  /**
   * Returns the number of connections.
   *
   * @return 0 or more
   */
  public int connections() {
    return (int) column.length();
  }

  /**
   * Returns the number of possible connections.
   *
   * @return inputs times outputs
   */
  public long cells() {
    return (long) inputs * outputs;
  }

  /**
   * Returns the fraction of possible connections that exist.
   *
   * @return 0 to 1
   */
  public double density() {
    return (double) connections() / cells();
  }

  /**
   * Returns the first connection of each output.
   *
   * @return {@code outputs + 1} entries; read only
   */
  public Ints rowStart() {
    return rowStart;
  }

  /**
   * Returns the input of each connection.
   *
   * @return one entry a connection; read only
   */
  public Ints column() {
    return column;
  }

  /**
   * Returns the first transposed entry of each input.
   *
   * @return {@code inputs + 1} entries; read only
   */
  public Ints inputStart() {
    return inputStart;
  }

  /**
   * Returns the output of each transposed entry.
   *
   * @return one entry a connection; read only
   */
  public Ints target() {
    return target;
  }

  /**
   * Returns the number of each transposed entry's connection.
   *
   * @return one entry a connection; read only
   */
  public Ints edge() {
    return edge;
  }

  /**
   * Counts the connections that come into an output neuron.
   *
   * @param output 0 to {@code outputs - 1}
   * @return its in-degree
   */
  public int fanIn(int output) {
    return rowStart.get(output + 1L) - rowStart.get(output);
  }

  /**
   * Counts the connections that leave an input neuron.
   *
   * @param input 0 to {@code inputs - 1}
   * @return its out-degree
   */
  public int fanOut(int input) {
    return inputStart.get(input + 1L) - inputStart.get(input);
  }

  /**
   * Finds a connection.
   *
   * @param input 0 to {@code inputs - 1}
   * @param output 0 to {@code outputs - 1}
   * @return its number, or -1 if the two are not connected
   */
  public int find(int input, int output) {
    int low = rowStart.get(output);
    int high = rowStart.get(output + 1L) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int here = column.get(middle);
      if (here == input) {
        return middle;
      }
      if (here < input) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /**
   * Lists the cells of some connections.
   *
   * @param connections their numbers
   * @return the numbers of their cells, ascending
   */
  public long[] cells(BitSet connections) {
    long[] cells = new long[connections.cardinality()];
    int next = 0;
    int j = 0;
    for (int e = connections.nextSetBit(0); e >= 0; e = connections.nextSetBit(e + 1)) {
      while (rowStart.get(j + 1L) <= e) {
        j++;
      }
      cells[next++] = (long) j * inputs + column.get(e);
    }
    return cells;
  }

  /**
   * Checks everything that the class promises, the transposed index included. Takes time
   * proportional to the connections.
   *
   * @throws IllegalStateException with the first promise that is broken
   */
  public void checkInvariants() {
    checkRows(inputs, outputs, rowStart.toArray(), column.toArray());
    if (inputStart.get(0) != 0 || inputStart.get(inputs) != connections()) {
      throw new IllegalStateException("the transposed index does not cover all connections");
    }
    for (int i = 0; i < inputs; i++) {
      int before = -1;
      for (int k = inputStart.get(i); k < inputStart.get(i + 1L); k++) {
        int j = target.get(k);
        int e = edge.get(k);
        if (j <= before) {
          throw new IllegalStateException("targets of input " + i + " do not ascend at " + k);
        }
        before = j;
        if (column.get(e) != i || e < rowStart.get(j) || e >= rowStart.get(j + 1L)) {
          throw new IllegalStateException(
              "transposed entry " + k + " is not a connection from " + i + " to " + j);
        }
      }
    }
  }

  private static void checkRows(int inputs, int outputs, int[] rowStart, int[] column) {
    if (rowStart.length != outputs + 1L || rowStart[0] != 0) {
      throw new IllegalArgumentException(
          "row starts must be " + (outputs + 1L) + " numbers from 0: " + rowStart.length);
    }
    if (rowStart[outputs] != column.length) {
      throw new IllegalArgumentException(
          "rows end at " + rowStart[outputs] + ", but columns are " + column.length);
    }
    for (int j = 0; j < outputs; j++) {
      int end = rowStart[j + 1];
      if (end < rowStart[j] || end > column.length) {
        throw new IllegalArgumentException(
            "row starts do not ascend to " + column.length + " at output " + j);
      }
      int before = -1;
      for (int e = rowStart[j]; e < end; e++) {
        if (column[e] <= before || column[e] >= inputs) {
          throw new IllegalArgumentException(
              "inputs of output " + j + " must ascend below " + inputs + ": " + column[e]);
        }
        before = column[e];
      }
    }
  }
}
