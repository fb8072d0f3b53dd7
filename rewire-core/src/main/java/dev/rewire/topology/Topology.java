package dev.rewire.topology;

import dev.rewire.memory.Ints;
import dev.rewire.parallel.WorkerTeam;
import org.jspecify.annotations.Nullable;

/**
 * Which input neurons each output neuron is connected to: a sparse bipartite graph.
 *
 * <p>Connections are numbered by output neuron and, within it, by input neuron. Connection {@code
 * e} of output {@code j}, {@code rowStart[j] <= e < rowStart[j+1]}, comes from input {@code
 * column[e]}. The transposed index lists the same connections by input neuron: entry {@code k} of
 * input {@code i}, {@code inputStart[i] <= k < inputStart[i+1]}, goes to output {@code target[k]}
 * and is connection {@code edge[k]}, targets ascending. It is built when somebody asks for it.
 *
 * <p>A <em>cell</em> is a possible connection, numbered {@code output * inputs + input}. Memory is
 * 4 bytes a connection and 4 a neuron, and 8 more a connection with the transposed index; nothing
 * here is ever as large as the number of cells.
 *
 * <p>A topology never changes, but an evolution hands its memory on to its successor. From then on
 * it is retired, and what it would have to read from memory throws {@link IllegalStateException}.
 */
public final class Topology {
  /** The most connections of a layer: their numbers are ints. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  /** Numbers that are worth a part of their own to copy. */
  private static final long COPIED = 1 << 18;

  private final int inputs;
  private final int outputs;
  private final Ints rowStart;
  private final Ints column;

  /** The memory of {@link #column}, at least as long. */
  private final Ints columnBlock;

  private volatile @Nullable TransposedIndex index;

  /** Memory of a predecessor's index. */
  private @Nullable TransposedIndex spare;

  private volatile boolean retired;

  /**
   * Wraps sorted rows; nothing is copied.
   *
   * @param inputs neurons on the input side, 1 or more
   * @param outputs neurons on the output side, 1 or more
   * @param rowStart first connection of each output, {@code outputs + 1} ascending entries
   * @param column input of each connection, ascending and distinct within an output
   * @throws IllegalArgumentException if rows are not of this form
   */
  public Topology(int inputs, int outputs, Ints rowStart, Ints column) {
    this(inputs, outputs, rowStart, column, column);
    checkRows(inputs, outputs, rowStart, column);
  }

  private Topology(int inputs, int outputs, Ints rowStart, Ints column, Ints columnBlock) {
    checkSides(inputs, outputs);
    this.inputs = inputs;
    this.outputs = outputs;
    this.rowStart = rowStart;
    this.column = column;
    this.columnBlock = columnBlock;
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
    try (CellList list = new CellList();
        WorkerTeam alone = new WorkerTeam(1)) {
      list.clear(cells.length);
      list.values().copy(cells, 0, 0, cells.length);
      list.size(cells.length);
      Topology topology = ofCells(inputs, outputs, list, alone);
      checkRows(inputs, outputs, topology.rowStart, topology.column);
      return topology;
    }
  }

  /**
   * Builds a topology from its cells, on all threads of a team.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @param cells numbers of the connected cells, ascending and distinct; not checked
   * @param team threads to work on
   * @return the topology
   */
  public static Topology ofCells(int inputs, int outputs, CellList cells, WorkerTeam team) {
    checkSides(inputs, outputs);
    checkConnections(cells.size());
    Ints rowStart = new Ints(outputs + 1L);
    Ints column = new Ints(cells.size());
    new RowsOfCells(inputs, outputs, cells, rowStart, column).write(team);
    return new Topology(inputs, outputs, rowStart, column, column);
  }

  /**
   * Connects every input to every output: what other systems call a dense layer.
   *
   * @param inputs neurons on the input side
   * @param outputs neurons on the output side
   * @return the complete bipartite graph
   */
  public static Topology complete(int inputs, int outputs) {
    checkSides(inputs, outputs);
    checkConnections((long) inputs * outputs);
    Ints rowStart = new Ints(outputs + 1L);
    Ints column = new Ints((long) inputs * outputs);
    for (int i = 0; i < inputs; i++) {
      column.set(i, i);
    }
    for (int j = 1; j <= outputs; j++) {
      rowStart.set(j, j * inputs);
    }
    // Every row is like the first one; twice as many with each copy.
    long filled = inputs;
    while (filled < column.length()) {
      long count = Math.min(filled, column.length() - filled);
      column.copy(column, 0, filled, count);
      filled += count;
    }
    return new Topology(inputs, outputs, rowStart, column, column);
  }

  /**
   * Returns the same graph in memory of its own.
   *
   * @return a copy that no evolution of this one changes
   */
  public Topology copy() {
    checkAlive();
    Ints starts = new Ints(rowStart.length());
    starts.copy(rowStart, 0, 0, rowStart.length());
    Ints columns = new Ints(column.length());
    columns.copy(column, 0, 0, column.length());
    return new Topology(inputs, outputs, starts, columns, columns);
  }

  /**
   * Hands the memory of this topology on to another one of the same neurons, and retires this one.
   * Only where there are more connections than ever before, new memory is taken for them.
   *
   * @param rowStart first connection of each output; copied
   * @param column input of each connection, in a block that may be longer; copied
   * @param connections number of connections; rows are not checked
   * @param team threads to copy with
   * @return the successor, without a transposed index
   */
  public Topology rewired(Ints rowStart, Ints column, int connections, WorkerTeam team) {
    checkAlive();
    boolean fits = connections <= columnBlock.length();
    Ints block = fits ? columnBlock : new Ints(Math.min(MOST, connections + connections / 16L));
    copy(rowStart, this.rowStart, outputs + 1L, team);
    copy(column, block, connections, team);
    Topology successor =
        new Topology(inputs, outputs, this.rowStart, prefix(block, connections), block);
    successor.spare = index == null ? spare : index;
    retired = true;
    index = null;
    spare = null;
    return successor;
  }

  private static void copy(Ints from, Ints to, long count, WorkerTeam team) {
    int parts = Math.clamp(count / COPIED, 1, 64);
    if (parts == 1) {
      to.copy(from, 0, 0, count);
      return;
    }
    team.run(
        parts,
        (part, worker) -> {
          long first = count * part / parts;
          to.copy(from, first, first, count * (part + 1) / parts - first);
        });
  }

  /** Views the beginning of a block. */
  static Ints prefix(Ints block, long length) {
    return block.length() == length
        ? block
        : Ints.view(block.segment().asSlice(0, length * Integer.BYTES));
  }

  /**
   * Builds the transposed index, unless it is there already. Whoever will ask for it should call
   * this, because the accessors build it on one thread.
   *
   * @param team threads to build with
   */
  public void index(WorkerTeam team) {
    if (index == null) {
      build(team);
    }
  }

  private synchronized TransposedIndex build(WorkerTeam team) {
    checkAlive();
    TransposedIndex built = index;
    if (built == null) {
      built = TransposedIndex.of(inputs, rowStart, column, spare, team);
      spare = null;
      index = built;
    }
    return built;
  }

  private TransposedIndex index() {
    checkAlive();
    TransposedIndex built = index;
    if (built != null) {
      return built;
    }
    try (WorkerTeam alone = new WorkerTeam(1)) {
      return build(alone);
    }
  }

  /**
   * Says whether the transposed index is there.
   *
   * @return false until somebody asks for it
   */
  public boolean indexed() {
    return index != null;
  }

  private void checkAlive() {
    if (retired) {
      throw new IllegalStateException(
          "this topology has been rewired and its memory belongs to its successor; take a copy()"
              + " before");
    }
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
    checkAlive();
    return rowStart;
  }

  /**
   * Returns the input of each connection.
   *
   * @return one entry a connection; read only
   */
  public Ints column() {
    checkAlive();
    return column;
  }

  /**
   * Returns the first transposed entry of each input.
   *
   * @return {@code inputs + 1} entries; read only
   */
  public Ints inputStart() {
    return index().start();
  }

  /**
   * Returns the output of each transposed entry.
   *
   * @return one entry a connection; read only
   */
  public Ints target() {
    return index().target();
  }

  /**
   * Returns the number of each transposed entry's connection.
   *
   * @return one entry a connection; read only
   */
  public Ints edge() {
    return index().edge();
  }

  /**
   * Counts the connections that come into an output neuron.
   *
   * @param output 0 to {@code outputs - 1}
   * @return its in-degree
   */
  public int fanIn(int output) {
    checkAlive();
    return rowStart.get(output + 1L) - rowStart.get(output);
  }

  /**
   * Counts the connections that leave an input neuron.
   *
   * @param input 0 to {@code inputs - 1}
   * @return its out-degree
   */
  public int fanOut(int input) {
    Ints start = index().start();
    return start.get(input + 1L) - start.get(input);
  }

  /**
   * Finds the row of a connection, where rows follow each other without a gap.
   *
   * @param rowStart first connection of each row, and one past the last connection of all
   * @param connection its number, from 0
   * @return the last row that begins at or before it
   */
  public static int row(Ints rowStart, int connection) {
    int low = 0;
    int high = (int) rowStart.length() - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (rowStart.get(middle) <= connection) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /**
   * Finds a connection.
   *
   * @param input 0 to {@code inputs - 1}
   * @param output 0 to {@code outputs - 1}
   * @return its number, or -1 if the two are not connected
   */
  public int find(int input, int output) {
    checkAlive();
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
   * Checks everything that the class promises, the transposed index included. Takes time
   * proportional to the connections.
   *
   * @throws IllegalStateException with the first promise that is broken
   */
  public void checkInvariants() {
    TransposedIndex built = index();
    Ints inputStart = built.start();
    Ints target = built.target();
    Ints edge = built.edge();
    checkRows(inputs, outputs, rowStart, column);
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

  private static void checkSides(int inputs, int outputs) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a topology needs 1 neuron or more on each side: " + inputs + " x " + outputs);
    }
  }

  static void checkConnections(long connections) {
    if (connections > MOST) {
      throw new IllegalArgumentException(
          "a layer has at most " + MOST + " connections, not " + connections);
    }
  }

  private static void checkRows(int inputs, int outputs, Ints rowStart, Ints column) {
    if (rowStart.length() != outputs + 1L || rowStart.get(0) != 0) {
      throw new IllegalArgumentException(
          "row starts must be " + (outputs + 1L) + " numbers from 0: " + rowStart.length());
    }
    if (rowStart.get(outputs) != column.length()) {
      throw new IllegalArgumentException(
          "rows end at " + rowStart.get(outputs) + ", but columns are " + column.length());
    }
    for (int j = 0; j < outputs; j++) {
      int end = rowStart.get(j + 1L);
      if (end < rowStart.get(j) || end > column.length()) {
        throw new IllegalArgumentException(
            "row starts do not ascend to " + column.length() + " at output " + j);
      }
      checkRow(column, rowStart.get(j), end, j, inputs);
    }
  }

  private static void checkRow(Ints column, int from, int to, int output, int inputs) {
    int before = -1;
    for (int e = from; e < to; e++) {
      int input = column.get(e);
      if (input <= before || input >= inputs) {
        throw new IllegalArgumentException(
            "inputs of output " + output + " must ascend below " + inputs + ": " + input);
      }
      before = input;
    }
  }
}
